"""From the authors' texts to the files that are generated and committed; and whether those are true.

Nothing is generated from a course that breaks a rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from authoring import course as course_module
from authoring import coverage, exemptions, job_aids, notebooks, refresher, report_notebook, rules
from authoring.course import Course, JobAid, Module
from authoring.markup import Piece, Placed
from authoring.problems import BadContent, Problem
from authoring.rule import Rule
from casebook import records
from casebook.content import (
    AIDS_FOLDER,
    CONTENT_FOLDER,
    COURSE_FILE,
    FORMAT_VERSION,
    ITEMS_FILE,
    REFRESHER_FILE,
    Aid,
    Change,
    Outline,
)

MODULES = Path("course/modules")
SOURCE = Path("course/source")
_GENERATED = (MODULES, SOURCE)
"""The folders of which every file is generated."""
_BY_THEMSELVES = {
    coverage.PAGE: "course/points.yml, course/course.yml, the lessons, scenarios and banks",
    report_notebook.PAGE: "authoring/report_notebook.py and course/course.yml",
}
"""Generated files in folders whose other files are written by hand, and what makes them."""


def checked(root: Path, among: Iterable[Rule] = rules.RULES) -> Course:
    """The course under ``root``; raises :class:`BadContent` with everything in it that breaks a rule ``among`` these.

    What only smells does not stand in the way, and is told together with what is wrong.
    """
    return _judged(root, among)[0]


def check(root: Path, among: Iterable[Rule] = rules.RULES) -> list[Problem]:
    """Generated files that are missing, extra, or not what the texts say; and what smells in the texts.

    Raises :class:`BadContent` with everything that is wrong with them.
    """
    course, smells = _judged(root, among)
    return [*drift(course), *smells]


def _judged(root: Path, among: Iterable[Rule]) -> tuple[Course, list[Problem]]:
    """The course, and what smells in it, exemptions that excuse nothing among it."""
    course = course_module.read(root)
    found = exemptions.found(course, among)
    if any(not problem.smells for problem in found.left):
        raise BadContent(found.left)
    return course, [*found.left, *found.unneeded]


def outputs(course: Course) -> dict[Path, bytes]:
    """Every generated file of ``course``, by its path under the root."""
    files = {
        **{MODULES / f"{notebooks.PAGES[page]}.ipynb": notebooks.page(course, page) for page in course.pages},
        MODULES / CONTENT_FOLDER / COURSE_FILE: _outlines(course),
        MODULES / CONTENT_FOLDER / REFRESHER_FILE: notebooks.as_json(refresher.index(course)),
    }
    for module in course.modules:
        source = SOURCE / notebooks.check_folder(module)
        if module.has_lesson:
            files[MODULES / f"{notebooks.lesson_name(module)}.ipynb"] = notebooks.lesson(course, module)
            files[MODULES / CONTENT_FOLDER / f"{module.slug}.json"] = _content(course, module)
        files[source / f"{notebooks.check_name(module)}.ipynb"] = notebooks.check(course, module)
        files[source / ITEMS_FILE] = _items(module)
    for aid in course.aids:
        files[MODULES / _aid_path(aid)] = job_aids.page(course.about, aid)
    files[coverage.PAGE] = coverage.page(course)
    files[report_notebook.PAGE] = report_notebook.page(course)
    return files


def update(root: Path, among: Iterable[Rule] = rules.RULES) -> list[Path]:
    """Writes what is generated and deletes what no longer is, of a course that breaks no rule; what changed.

    Raises :class:`BadContent`.
    """
    return write(checked(root, among))


def write(course: Course) -> list[Path]:
    """The same, of a course as it was read: for whoever has checked it, or measures something else with it."""
    root, wanted = course.root, outputs(course)
    changed = []
    for path, data in wanted.items():
        target = root / path
        if not target.is_file() or target.read_bytes() != data:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            changed.append(path)
    for path in _present(root) - wanted.keys():
        (root / path).unlink()
        _leave_no_empty_folder((root / path).parent)
        changed.append(path)
    return sorted(changed)


def drift(course: Course) -> list[Problem]:
    """Generated files that are missing, extra, or not what the texts of ``course`` say."""
    root, wanted = course.root, outputs(course)
    present = _present(root)
    problems = []
    for path, data in wanted.items():
        texts = _texts(course, path)
        if path not in present:
            problems.append(Problem(root / path, 1, f"This file is missing. It's made from {texts}.", _RUN))
        elif (root / path).read_bytes() != data:
            what = f"This file doesn't match {texts}. It's generated: edit the text, not this file."
            problems.append(Problem(root / path, 1, what, _RUN))
    for path in sorted(present - wanted.keys()):
        problems.append(Problem(root / path, 1, "No text produces this file.", _RUN))
    return problems


def _leave_no_empty_folder(folder: Path) -> None:
    """A folder of course/source is a check, for nbgrader and for whoever lays the course out."""
    if not any(folder.iterdir()):
        folder.rmdir()


_RUN = "Run 'make update', and commit what it writes."


def _present(root: Path) -> set[Path]:
    """The files in the generated folders, but for what notebooks and nbgrader leave behind; and what lies by itself."""
    found = {path for path in _BY_THEMSELVES if (root / path).is_file()}
    for folder in _GENERATED:
        for path in (root / folder).rglob("*"):
            if path.is_file() and ".ipynb_checkpoints" not in path.parts and path.name != "answers.jsonl":
                found.add(path.relative_to(root))
    return found


def _texts(course: Course, path: Path) -> str:
    """The texts that make the generated file ``path``."""
    if path in _BY_THEMSELVES:
        return _BY_THEMSELVES[path]
    if path.name == REFRESHER_FILE:
        return "course/points.yml and each module's texts"
    if path.name == COURSE_FILE:
        return "course/course.yml and each module's texts"
    if path.parent.name == AIDS_FOLDER:
        return f"course/content/job-aids/{path.stem}.md and course/course.yml"
    for page, name in notebooks.PAGES.items():
        if path.stem == name:
            return f"course/content/{page}/lesson.md and course/course.yml"
    for module in course.modules:
        if module.slug in (path.parent.name, path.stem, path.stem[3:]):
            if SOURCE in path.parents:
                return f"course/content/{module.slug}/check.md and grading/bank/{module.slug}.yml"
            return f"course/content/{module.slug}/"
    return "course/course.yml"


def _content(course: Course, module: Module) -> bytes:
    stories = [scenario.story for scenario in module.scenarios]
    items = (*module.practice.items, *module.refresher.items)
    used = {p for item in items for p in item.points}
    used |= {p for item in items for part in item.parts() for p in part.points}
    used |= {p for s in stories for scene in s.scenes.values() for c in scene.choices for p in c.points}
    content: dict[str, Any] = {
        "format_version": FORMAT_VERSION,
        "module": module.slug,
        "title": module.entry.title,
        # A list, for the course's order is kept and JSON is written sorted.
        "points": [{"id": k, "name": p.name, "text": p.text} for k, p in course.points.items() if k in used],
        "practice": [records.dump(item) for item in module.practice.items],
        "refresher": [records.dump(item) for item in module.refresher.items],
        "stories": [records.dump(story) for story in stories],
    }
    return notebooks.as_json(content)


def _outlines(course: Course) -> bytes:
    """What the start page tells of each module and each job aid."""
    modules = [
        Outline(
            slug=module.slug,
            title=module.entry.title,
            minutes=module.entry.minutes,
            check_minutes=module.entry.check_minutes,
            lesson=f"{notebooks.lesson_name(module)}.ipynb" if module.has_lesson else "",
            check=f"{notebooks.check_folder(module)}/{notebooks.check_name(module)}.ipynb",
            steps=_placed(module.lesson, "practice", "scenario"),
            items=_placed(module.check, "item", "slot"),
            slots={slot: tuple(item.id for item in variants) for slot, variants in module.slots().items()},
        )
        for module in course.modules
    ]
    aids = [Aid(aid.entry.slug, aid.entry.title, aid.entry.about, str(_aid_path(aid))) for aid in course.aids]
    listed = {"modules": [records.dump(each) for each in modules], "aids": [records.dump(each) for each in aids]}
    listed["changes"] = [records.dump(Change(each.on, each.what)) for each in course.about.changes]
    return notebooks.as_json({"format_version": FORMAT_VERSION, **listed})


def _aid_path(aid: JobAid) -> PurePosixPath:
    """Where a job aid's page lies, from the start page."""
    return PurePosixPath(AIDS_FOLDER, f"{aid.entry.slug}.html")


def _placed(text: tuple[Piece, ...], *names: str) -> tuple[str, ...]:
    """What a text places by directives of these names, in its order."""
    return tuple(piece.id for piece in text if isinstance(piece, Placed) and piece.name in names)


def _items(module: Module) -> bytes:
    """The items' public part, in the check's order, of slots all variants: nothing of it tells right from wrong."""
    public: dict[str, list[dict[str, Any]]] = {}
    for item in module.bank.items:
        public.setdefault(item.slot or item.id, []).append(item.public())
    return notebooks.as_json(
        {
            "format_version": FORMAT_VERSION,
            "module": module.slug,
            "title": module.entry.title,
            "items": [shown for question in _placed(module.check, "item", "slot") for shown in public[question]],
        }
    )
