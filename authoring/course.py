"""The whole course as its authors wrote it: read once, shaped, with every problem kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal, TypeAlias, TypeVar

from authoring import markup, schema, yamlfile
from authoring.markup import Piece
from authoring.problems import BadContent, Problem
from authoring.yamlfile import Place, YamlFile
from casebook.kinds import KINDS
from casebook.kinds.base import Item
from casebook.kinds.simulation import SimulationItem
from casebook.story import Story, Walk

COURSE = Path("course/course.yml")
CONTENT = Path("course/content")
BANK = Path("grading/bank")
POINTS = Path("course/points.yml")
JOB_AIDS = Path("course/content/job-aids")
PAGES = ("start", "refresher", "glossary")
"""The pages that are no module's: ``course/content/<name>/lesson.md``, and the kind of text that each is."""
GLOSSARY = "glossary"
"""The page that a course may do without."""
PRACTICE = "practice.yml"
REFRESHER = "refresher.yml"
"""A module's items that only the refresher asks. A module may do without."""

T = TypeVar("T")
_Read: TypeAlias = tuple[YamlFile, T]
_CLOSED = {"extra": "forbid"}


@dataclass(frozen=True)
class PointEntry:
    """A teaching point. ``part`` is the part of the section that it is from.

    ``safety`` marks the points where people get hurt when an officer gets them wrong: banks ask them most.
    ``look_up`` marks the points that only say where something can be looked up: the final may leave them out.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    id: str
    part: str
    name: str
    text: str
    safety: bool = False
    look_up: bool = False


@dataclass(frozen=True)
class PointsFile:
    """``course/points.yml``."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    points: tuple[PointEntry, ...]


Part = Literal["module", "capstone", "final"]
"""What an entry of the list is to the course.

A ``module`` teaches, practises and settles teaching points of its own, and is measured by all that finished modules
must have. The ``capstone`` brings the modules together: a short lesson, and a check. The ``final`` has no lesson: its
check asks one variant of each of its slots (``Item.slot``).
"""


@dataclass(frozen=True)
class ObjectiveEntry:
    """What an officer can do after a module: a verb and its object, and the teaching points that it takes."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    can: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class ModuleEntry:
    """One line of the list of modules. ``minutes`` is the lesson's (none: 0), ``check_minutes`` the check's.

    ``points`` are the teaching points that are this module's to teach, practise and settle; ``objectives`` say what an
    officer can do with them. ``pass_mark`` is the check's own, where it is not the course's.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    slug: str
    title: str
    ready: bool
    part: Part = "module"
    minutes: int = 0
    check_minutes: int = 0
    points: tuple[str, ...] = ()
    objectives: tuple[ObjectiveEntry, ...] = ()
    pass_mark: float | None = None


@dataclass(frozen=True)
class Standards:
    """What finished content is measured by. A small course that only tests use asks for less."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    graded_items: int = 8
    """How many questions a module's check has, at least."""
    most_items: int = 8
    """How many it has, at most."""
    kinds: int = 4
    """The fewest kinds of item in a check."""
    check_minutes: tuple[int, int] = (6, 10)
    """How long a module's check takes: the fewest minutes and the most."""
    final_slots: int = 24
    """How many slots the final assessment has."""
    final_minutes: int = 25
    """The most minutes that the final takes."""
    course_minutes: int = 360
    """The most minutes that lessons, checks, capstone and final take together."""
    refreshed_by: int = 3
    """How many questions the refresher has for each teaching point, at least."""
    settled_by: int = 1
    """How many graded items settle each teaching point, at least."""
    applied: int = 1
    """How many of these are applied to a case, at least."""
    objectives: tuple[int, int] = (2, 4)
    """How many objectives a module's lesson begins with: the fewest and the most."""
    repeated: int = 3
    """How many questions of one check (slots of the final) may settle the same teaching point."""
    safety_asked: int = 3
    """How many questions of the checks and slots of the final settle each safety point, at least."""
    safety_share: float = 1 / 3
    """The share of a bank's questions that settle a safety point, at least."""
    unsafe_items: int = 2
    """How many questions of a check offer something unsafe, at least."""
    unsafe_slots: int = 8
    """How many slots of the final offer something unsafe in every variant, at least."""
    case_words: int = 60
    """The most words in an item's case."""
    case_people: int = 2
    """The most people in an item's case."""
    guide_share: float = 0.1
    """The share of a bank's items that may name the guide in case or question; one may in any bank."""
    margin: float = 0.15
    """How far above chance a guesser by wording may come: 0.15 is fifteen points."""
    judged_from: int = 20
    """How many items (or decisions) it takes before shares are judged: of fewer, chance says more than the author."""
    grade: float = 10.0
    """The school grade up to which the course's prose may read."""


@dataclass(frozen=True)
class AidEntry:
    """A job aid: a page to print. ``about`` says when to take it out, in one line."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    slug: str
    title: str
    about: str


@dataclass(frozen=True)
class ChangeEntry:
    """A change of what is taught, for whoever comes back: the day (as 2026-11-30), and what is other now."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    on: str
    what: str


@dataclass(frozen=True)
class HelpEntry:
    """Somebody to turn to: ``who`` they are, and ``how`` to reach them."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    who: str
    how: str


@dataclass(frozen=True)
class CourseFile:
    """``course/course.yml``."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    title: str
    subtitle: str
    pass_mark: float
    modules: tuple[ModuleEntry, ...]
    standards: Standards = Standards()
    aids: tuple[AidEntry, ...] = ()
    contact_hours: float = 0
    """What a certificate says of the time that the course takes."""
    changes: tuple[ChangeEntry, ...] = ()
    help: tuple[HelpEntry, ...] = ()
    """At the foot of every page that a trainee sees."""


@dataclass(frozen=True)
class PlanFile:
    """``<scenario>.plan.yml``."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    scenario: str
    walks: tuple[Walk, ...]


@dataclass(frozen=True)
class Scenario:
    """A story and the walks through it, with the files and the places in them where both stand.

    A simulation's story and walks stand in its ``item``.
    """

    story: Story
    walks: tuple[Walk, ...]
    file: YamlFile
    plan_file: YamlFile
    place: Place = ()
    plan_place: Place = ("walks",)
    item: Item | None = None

    def problem(self, way: Place, what: str, remedy: str) -> Problem:
        """A problem at ``way`` from the story's beginning."""
        return self.file.problem((*self.place, *way), what, remedy)

    def plan_problem(self, way: Place, what: str, remedy: str) -> Problem:
        """A problem at ``way`` from the walks' beginning."""
        return self.plan_file.problem((*self.plan_place, *way), what, remedy)


@dataclass(frozen=True)
class Items:
    """The items of one file, in order."""

    file: YamlFile
    items: tuple[Item, ...]

    def stories(self) -> Iterator[Scenario]:
        """The stories of its simulations."""
        for n, item in enumerate(self.items):
            for m, planned in enumerate(item.stories if isinstance(item, SimulationItem) else ()):
                at = ("items", n, "stories", m)
                file = self.file
                yield Scenario(planned.story, planned.walks, file, file, (*at, "story"), (*at, "walks"), item)


@dataclass(frozen=True)
class Module:
    """A module: its entry, its number in the course, its texts, items and scenarios."""

    entry: ModuleEntry
    number: int
    lesson_path: Path
    lesson: tuple[Piece, ...]
    check_path: Path
    check: tuple[Piece, ...]
    practice: Items
    refresher: Items
    bank: Items
    scenarios: tuple[Scenario, ...]

    @property
    def slug(self) -> str:
        """The module's permanent name."""
        return self.entry.slug

    @property
    def has_lesson(self) -> bool:
        """Whether there is a lesson before its check."""
        return self.entry.part != "final"

    def slots(self) -> dict[str, tuple[Item, ...]]:
        """The slots of its check, in the bank's order, each with its variants."""
        found: dict[str, tuple[Item, ...]] = {}
        for item in self.bank.items:
            if item.slot is not None:
                found[item.slot] = (*found.get(item.slot, ()), item)
        return found

    def items(self) -> tuple[Items, ...]:
        """Its files of items: practice, refresher and bank."""
        return (self.practice, self.refresher, self.bank)

    def stories(self) -> Iterator[Scenario]:
        """Every story of the module: its scenarios, and those of its simulations."""
        yield from self.scenarios
        yield from self.practice.stories()
        yield from self.refresher.stories()
        yield from self.bank.stories()


@dataclass(frozen=True)
class JobAid:
    """A job aid: its entry and its text."""

    entry: AidEntry
    path: Path
    text: tuple[Piece, ...]


@dataclass(frozen=True)
class Page:
    """A page that is no module's, and its text."""

    path: Path
    text: tuple[Piece, ...]


@dataclass(frozen=True)
class Course:
    """Everything that authors wrote."""

    root: Path
    file: YamlFile
    about: CourseFile
    points_file: YamlFile
    points: dict[str, PointEntry]
    modules: tuple[Module, ...]
    pages: dict[str, Page] = field(default_factory=dict)
    """The pages that are no module's, by their names (:data:`PAGES`)."""
    aids: tuple[JobAid, ...] = ()

    def item_files(self) -> Iterator[Items]:
        """Every file of items: practice, refresher and bank."""
        for module in self.modules:
            yield from module.items()


@dataclass
class _Reader:
    """Reads on after a problem, so that an author sees them all at once."""

    root: Path
    problems: list[Problem] = field(default_factory=list)

    def shaped(self, kind: type[T], file: YamlFile) -> T | None:
        record, problems = schema.shape(kind, file)
        self.problems += problems
        return record

    def yaml(self, path: Path) -> YamlFile | None:
        try:
            return yamlfile.read(path)
        except BadContent as bad:
            self.problems += bad.problems
            return None

    def text(self, path: Path, kind: str) -> tuple[Piece, ...]:
        try:
            return tuple(markup.read(path, kind))
        except BadContent as bad:
            self.problems += bad.problems
            return ()

    def record(self, path: Path, kind: type[T]) -> _Read[T] | None:
        file = self.yaml(path)
        record = self.shaped(kind, file) if file else None
        return (file, record) if file and record is not None else None


def read(root: Path, only: str | None = None) -> Course:
    """The course under ``root``; raises :class:`BadContent` where any of it does not have its form.

    Modules that are not given out yet are left out. ``only`` names one module that is read alone, also as a draft.
    """
    reader = _Reader(root)
    about, points = _lists(reader)
    pages = {name: _page(reader, name) for name in PAGES if name != GLOSSARY or _page_path(root, name).is_file()}
    modules = _modules(reader, about, only) if about else ()
    aids = _aids(reader, about[1]) if about and only is None else ()
    if reader.problems or about is None or points is None:
        raise BadContent(reader.problems)
    return _course(root, about, points, modules, pages, aids)


def listed(root: Path) -> CourseFile:
    """The list of modules, drafts included; raises :class:`BadContent` where it does not have its form."""
    reader = _Reader(root)
    about = reader.record(root / COURSE, CourseFile)
    if reader.problems or about is None:
        raise BadContent(reader.problems)
    return about[1]


def excerpt(root: Path, slug: str, path: Path) -> tuple[Course | None, list[Problem]]:
    """A course of one file alone, of items or a scenario, of the module ``slug``; and what is wrong with its form.

    The module may be a draft, and all else in it may be broken. Items without their form are left out; ``None``
    where nothing is left.
    """
    reader = _Reader(root)
    about, points = _lists(reader)
    entries = _entries(reader, about, slug) if about else []
    if path.parent.name == "scenarios":
        scenario = _scenario(reader, path)
        items = Items(scenario.file, ()) if scenario else None
    else:
        scenario, items = None, _items(reader, path)
    if about is None or points is None or items is None or not entries:
        return None, reader.problems
    ((number, entry),) = entries
    others = Items(items.file, ())
    folder = root / CONTENT / slug
    module = Module(
        entry=entry,
        number=number,
        lesson_path=folder / "lesson.md",
        lesson=(),
        check_path=folder / "check.md",
        check=(),
        practice=items if path.name == PRACTICE else others,
        refresher=items if path.name == REFRESHER else others,
        bank=others if path.name in (PRACTICE, REFRESHER) else items,
        scenarios=(scenario,) if scenario else (),
    )
    return _course(root, about, points, (module,)), reader.problems


def _page(reader: _Reader, name: str) -> Page:
    path = _page_path(reader.root, name)
    return Page(path, reader.text(path, name))


def _page_path(root: Path, name: str) -> Path:
    return root / CONTENT / name / "lesson.md"


def _lists(reader: _Reader) -> tuple[_Read[CourseFile] | None, _Read[PointsFile] | None]:
    about = reader.record(reader.root / COURSE, CourseFile)
    return about, reader.record(reader.root / POINTS, PointsFile)


def _course(
    root: Path,
    about: _Read[CourseFile],
    points: _Read[PointsFile],
    modules: tuple[Module, ...],
    pages: dict[str, Page] | None = None,
    aids: tuple[JobAid, ...] = (),
) -> Course:
    return Course(
        root=root,
        file=about[0],
        about=about[1],
        points_file=points[0],
        points={point.id: point for point in points[1].points},
        modules=modules,
        pages=pages or {},
        aids=aids,
    )


def _aids(reader: _Reader, about: CourseFile) -> tuple[JobAid, ...]:
    folder = reader.root / JOB_AIDS
    return tuple(
        JobAid(entry, path, reader.text(path, "aid")) for entry in about.aids for path in [folder / f"{entry.slug}.md"]
    )


def _modules(reader: _Reader, about: _Read[CourseFile], only: str | None) -> tuple[Module, ...]:
    modules = (_module(reader, entry, number) for number, entry in _entries(reader, about, only))
    return tuple(module for module in modules if module)


def _entries(reader: _Reader, about: _Read[CourseFile], only: str | None) -> list[tuple[int, ModuleEntry]]:
    """The entries of the modules that are given out, or of the one that is asked for; each with its number."""
    file, listed = about
    numbered = enumerate(listed.modules, start=1)
    found = [(n, entry) for n, entry in numbered if (entry.ready if only is None else entry.slug == only)]
    if only is not None and not found:
        known = ", ".join(entry.slug for entry in listed.modules)
        reader.problems.append(file.problem(("modules",), f"There's no module '{only}'.", f"Name one of: {known}."))
    return found[:1] if only is not None else found


def _module(reader: _Reader, entry: ModuleEntry, number: int) -> Module | None:
    folder = reader.root / CONTENT / entry.slug
    lesson_path, check_path = folder / "lesson.md", folder / "check.md"
    lesson = reader.text(lesson_path, "lesson") if entry.part != "final" else ()
    check = reader.text(check_path, "check")
    practice = _practice(reader, entry, folder / PRACTICE)
    refresher = _refresher(reader, entry, folder / REFRESHER)
    bank = _items(reader, reader.root / BANK / f"{entry.slug}.yml")
    paths = sorted(p for p in (folder / "scenarios").glob("*.yml") if not p.name.endswith(".plan.yml"))
    scenarios = [_scenario(reader, path) for path in paths if entry.part != "final"]
    if practice is None or refresher is None or bank is None or None in scenarios:
        return None
    return Module(
        entry=entry,
        number=number,
        lesson_path=lesson_path,
        lesson=lesson,
        check_path=check_path,
        check=check,
        practice=practice,
        refresher=refresher,
        bank=bank,
        scenarios=tuple(scenario for scenario in scenarios if scenario),
    )


def _practice(reader: _Reader, entry: ModuleEntry, path: Path) -> Items | None:
    """The practice items. Only a module must have some."""
    if entry.part == "final" or (entry.part == "capstone" and not path.exists()):
        return Items(yamlfile.empty(path), ())
    return _items(reader, path)


def _refresher(reader: _Reader, entry: ModuleEntry, path: Path) -> Items | None:
    """What only the refresher asks of a module; none where there is no such file."""
    if entry.part != "module" or not path.exists():
        return Items(yamlfile.empty(path), ())
    return _items(reader, path)


def _items(reader: _Reader, path: Path) -> Items | None:
    file = reader.yaml(path)
    if file is None:
        return None
    if file.data.get("format_version") != schema.FORMAT_VERSION:
        what = f"The file's 'format_version' isn't {schema.FORMAT_VERSION}."
        reader.problems.append(file.problem(("format_version",), what, "Start with 'format_version: 1'."))
    unknown = file.data.keys() - {"format_version", "items"}
    for key in sorted(unknown):
        reader.problems.append(file.problem((key,), f"'{key}' isn't a key here.", "Take it out."))
    raw = file.data.get("items")
    if not isinstance(raw, list):
        reader.problems.append(file.problem(("items",), "'items' should be a list.", "Write '- id: …' under it."))
        return None
    items = [_item(reader, file, n) for n in range(len(raw))]
    return Items(file, tuple(item for item in items if item))


def _item(reader: _Reader, file: YamlFile, n: int) -> Item | None:
    raw = file.data["items"][n]
    kind = KINDS.get(str(raw.get("kind"))) if isinstance(raw, dict) else None
    if kind is None:
        what = f"Item {n + 1} has no known 'kind'."
        reader.problems.append(file.problem(("items", n, "kind"), what, f"Kinds: {', '.join(KINDS)}."))
        return None
    item, problems = schema.shape(kind.record, file, ("items", n))
    reader.problems += problems
    if item is None:
        return None
    for fault in kind.faults(item):
        reader.problems.append(file.problem(("items", n), f"{item.id}: {fault}.", "Correct the item."))
    return item


def _scenario(reader: _Reader, path: Path) -> Scenario | None:
    story = reader.record(path, Story)
    plan = reader.record(path.with_suffix(".plan.yml"), PlanFile)
    if story is None or plan is None:
        return None
    return Scenario(story[1], plan[1].walks, story[0], plan[0])
