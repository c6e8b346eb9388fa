"""The minutes told of a story are what the rule in :mod:`authoring.minutes` makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import minutes, texts
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.rules.roads import can_be_played


def check(course: Course) -> Iterator[Problem]:
    """Stories whose minutes are not what reading and thinking take."""
    for scenario in texts.finished_stories(course):
        if can_be_played(scenario) and scenario.story.minutes != minutes.story(scenario):
            takes = minutes.story(scenario)
            what = f"{scenario.story.title} takes about {takes} minute{'' if takes == 1 else 's'}."
            yield scenario.problem(("minutes",), what, f"Write 'minutes: {takes}'.")


RULE = Rule(
    code="story-minutes",
    why="Somebody with ten minutes left starts a ten-minute story, and should be able to finish it.",
    check=check,
    example=Example(
        "course/content/tiny/scenarios/the-ladder.yml", "minutes: 1", "minutes: 5", "takes about 1 minute."
    ),
)
