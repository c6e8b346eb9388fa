"""Nothing lies about that belongs to nothing: folders, banks, plans, teaching points and empty directives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from authoring.course import BANK, CONTENT, JOB_AIDS, PAGES, PRACTICE, REFRESHER, Course
from authoring.problems import Problem
from authoring.rule import Example, Rule

OTHER_PAGES = {*PAGES, "job-aids"}
"""Folders of content that are no module's."""

_OF_LESSONS = ("lesson.md", PRACTICE, REFRESHER)
_REMEDY = "The identifiers are in course/points.yml."


def check(course: Course) -> Iterator[Problem]:
    """Files and names that are left over."""
    content = course.root / CONTENT
    yield from _unlisted(course)
    for path in sorted(content.glob("*/scenarios/*.plan.yml")):
        if not path.with_name(path.name.replace(".plan.yml", ".yml")).is_file():
            yield Problem(path, 1, "This plan has no scenario beside it.", "Name it like its scenario, or delete it.")
    for entry in course.about.modules:
        if entry.part == "final":
            yield from _of_final(content / entry.slug)
    yield from _points(course)


def _unlisted(course: Course) -> Iterator[Problem]:
    """Folders, banks and job aids that are not in the course's lists."""
    modules = {entry.slug for entry in course.about.modules}
    aids = {entry.slug for entry in course.about.aids}
    folders = {path for path in (course.root / CONTENT).iterdir() if path.is_dir()}
    for paths, kind, known in (
        (folders, "module", modules | OTHER_PAGES),
        (set((course.root / BANK).glob("*.yml")), "module", modules),
        (set((course.root / JOB_AIDS).glob("*")), "job aid", aids),
    ):
        for path in sorted(paths):
            if path.stem not in known:
                what = f"No {kind} is called '{path.stem}'."
                yield Problem(path, 1, what, "Name it in course/course.yml, or delete it.")


def _of_final(folder: Path) -> Iterator[Problem]:
    """What only a module with a lesson has."""
    for path in (*(folder / name for name in _OF_LESSONS), *sorted(folder.glob("scenarios/*"))):
        if path.exists():
            yield Problem(path, 1, "The final has no lesson, so nobody sees this.", "Delete it.")


def _points(course: Course) -> Iterator[Problem]:
    """Points that modules claim and that are not there, or that two claim."""
    claimed: dict[str, str] = {}
    for n, entry in enumerate(course.about.modules):
        place = ("modules", n, "points")
        for point in entry.points:
            if point not in course.points:
                yield course.file.problem(
                    place, f"No teaching point '{point}'.", "The identifiers are in course/points.yml."
                )
            elif point in claimed:
                what = f"'{point}' already belongs to {claimed[point]}."
                yield course.file.problem(place, what, "Keep it in just one of them.")
            claimed.setdefault(point, entry.slug)


RULE = Rule(
    code="leftovers",
    why="Something deleted in one place and left in another confuses the next author, and may come back to life.",
    check=check,
    example=Example(
        "course/course.yml",
        "points: [ladder-asks,",
        "points: [ladder-axes, ladder-asks,",
        "No teaching point 'ladder-axes'",
    ),
    of_whole=True,
)
