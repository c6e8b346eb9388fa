"""What is previewed, and how it now stands in its files: whole, or with what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from authoring import course as course_module
from authoring import rules, yamlfile
from authoring.course import BANK, CONTENT, COURSE, POINTS, PRACTICE, REFRESHER, Items, Scenario
from authoring.problems import BadContent, Problem, Refused
from authoring.rules.roads import can_be_played
from authoring.yamlfile import YamlFile
from casebook.content import Point
from casebook.kinds.base import Item
from casebook.story import Story


@dataclass(frozen=True)
class Subject:
    """An item or a scenario by its name; ``path`` is the file that it stands in."""

    root: Path
    module: str
    name: str
    path: Path

    @property
    def is_scenario(self) -> bool:
        """Whether it is a scenario, and not an item."""
        return self.path.parent.name == "scenarios"

    @property
    def is_graded(self) -> bool:
        """Whether it is an item of a check."""
        return not self.is_scenario and self.path.name not in (PRACTICE, REFRESHER)

    @property
    def own_files(self) -> tuple[Path, ...]:
        """The file that it stands in, and its plan."""
        plan = (self.path.with_suffix(".plan.yml"),) if self.is_scenario else ()
        return (self.path, *plan)

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that what is shown depends on."""
        return (*self.own_files, self.root / POINTS, self.root / COURSE)


@dataclass(frozen=True)
class Look:
    """A subject as it stands: ``shown`` where it can be; the ``problems`` in it, and ``elsewhere`` in its file."""

    shown: Item | Story | None
    points: dict[str, Point] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    elsewhere: tuple[Problem, ...] = ()


def scenario(root: Path, module: str, name: str) -> Subject:
    """The scenario of this name; :class:`Refused` where there is none."""
    path = root / CONTENT / module / "scenarios" / f"{name}.yml"
    if not path.is_file():
        known = [one.name for one in every(root, module) if one.is_scenario]
        raise Refused(f"The module '{module}' has no scenario '{name}'.", _choose("SCENARIO", known))
    return Subject(root, module, name, path)


def item(root: Path, module: str, name: str) -> Subject:
    """The item of this name, in practice or in the bank; :class:`Refused` where there is none.

    :class:`BadContent` where a file cannot be read, so that nobody knows.
    """
    problems: list[Problem] = []
    for path in _item_files(root, module):
        try:
            names = _names(path)
        except BadContent as bad:
            problems += bad.problems
            continue
        if name in names:
            return Subject(root, module, name, path)
    if problems:
        raise BadContent(problems)
    known = [one.name for one in every(root, module) if not one.is_scenario]
    raise Refused(f"The module '{module}' has no item '{name}'.", _choose("ITEM", known))


def every(root: Path, module: str) -> Iterator[Subject]:
    """Every scenario and item of a module, in the order of its files; what cannot be read is left out."""
    for path in sorted((root / CONTENT / module / "scenarios").glob("*.yml")):
        if not path.name.endswith(".plan.yml"):
            yield Subject(root, module, path.stem, path)
    for path in _item_files(root, module):
        try:
            names = _names(path)
        except BadContent:
            continue
        yield from (Subject(root, module, name, path) for name in names if name)


def look(subject: Subject) -> Look:
    """The subject as its files now have it."""
    course, found = course_module.excerpt(subject.root, subject.module, subject.path)
    if course is None:
        return Look(None, problems=tuple(found))
    if not found:  # with an item left out, a rule would tell the wrong lines
        found = [problem for problem in rules.problems(course, rules.OF_ONE) if problem.file in subject.own_files]
    points = {key: Point(point.name, point.text) for key, point in course.points.items()}
    (module,) = course.modules
    if subject.is_scenario:
        (shown,) = module.scenarios
        return Look(shown.story if can_be_played(shown) else None, points, tuple(found))
    items = next(items for items in module.items() if items.file.path == subject.path and items.items)
    return _item(subject, items, points, found)


def _item(subject: Subject, items: Items, points: dict[str, Point], found: Sequence[Problem]) -> Look:
    lines = _lines(items.file, subject.name)
    if lines is None:
        what = f"There's no item '{subject.name}' here anymore."
        return Look(
            None, points, (Problem(subject.path, 1, what, "Give it its id again, or preview a different one."),)
        )
    own = [problem for problem in found if problem.file != subject.path or problem.line in lines]
    shown = next((item for item in items.items if item.id == subject.name), None)
    playable = all(can_be_played(story) for story in _stories(items, shown))
    others = [problem for problem in found if problem not in own]
    return Look(shown if playable else None, points, tuple(own), tuple(others))


def _stories(items: Items, item: Item | None) -> Iterator[Scenario]:
    return (story for story in items.stories() if story.item is item)


def _lines(file: YamlFile, name: str) -> range | None:
    """The lines of ``file`` that the item ``name`` stands on."""
    names = _ids(file)
    if name not in names:
        return None
    n = names.index(name)
    begin = file.line(("items", n))
    return range(begin, file.line(("items", n + 1)) if n + 1 < len(names) else 10**9)


def _item_files(root: Path, module: str) -> list[Path]:
    folder = root / CONTENT / module
    paths = (folder / PRACTICE, folder / REFRESHER, root / BANK / f"{module}.yml")
    return [path for path in paths if path.is_file()]


def _names(path: Path) -> list[str]:
    return _ids(yamlfile.read(path))


def _ids(file: YamlFile) -> list[str]:
    """The ids of a file's items, each in its place."""
    items: Any = file.data.get("items")
    return [str(one.get("id", "")) if isinstance(one, dict) else "" for one in items] if isinstance(items, list) else []


def _choose(variable: str, known: Sequence[str]) -> str:
    return f"Write {variable}= and one of: {', '.join(known)}." if known else "It has none yet: see CONTRIBUTING.md."
