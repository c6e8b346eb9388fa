"""Each module's check has as many items as the standards ask, of enough kinds to tell what somebody has learned."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import texts
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """Checks with too few items or too many, or of too few kinds."""
    asked = course.about.standards
    for module in course.modules:
        if module.entry.part != "module":
            continue
        items = module.bank.items
        if len(items) < asked.graded_items:
            what = f"The check has {len(items)} graded items; it needs {asked.graded_items} or more."
            yield module.bank.file.problem(("items",), what, "Write more, on what there's more to know about.")
        if len(items) > asked.most_items and texts.is_finished(module.bank.file):
            what = f"The check has {len(items)} graded items; {asked.most_items} is the most."
            yield module.bank.file.problem(("items",), what, "Keep those that are most worth asking.")
        kinds = sorted({item.kind for item in items})
        if len(kinds) < asked.kinds:
            what = f"The check has {len(kinds)} kinds of item ({', '.join(kinds)}); it needs {asked.kinds} or more."
            yield module.bank.file.problem(("items",), what, "Ask some of it in a different way; see CONTRIBUTING.md.")


RULE = Rule(
    code="checks",
    why="A few questions of one kind measure luck and habit more than what somebody would do.",
    check=check,
    example=Example("course/course.yml", "kinds: 2", "kinds: 3", "has 2 kinds of item"),
    of_whole=True,
)
