"""Over the course, the sound choice is not the first, nor the longest, more often than chance has it."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean

from authoring import texts
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.rules.best_choice import REMEDY, WAYS, decisions


def check(course: Course) -> Iterator[Problem]:
    """A course of scenarios in which place or length points at the sound choice."""
    stories = list(texts.finished_stories(course))
    scenes = [scene for scenario in stories for scene in decisions(scenario)]
    if len(scenes) < course.about.standards.judged_from:
        return
    chance = fmean(sum(choice.verdict == "sound" for choice in scene.choices) / len(scene.choices) for scene in scenes)
    for way, pick in WAYS.items():
        share = fmean(pick(scene).verdict == "sound" for scene in scenes)
        if share > chance + course.about.standards.margin:
            what = f"Over {len(scenes)} decisions, the {way} choice is sound in {share:.0%}; chance is {chance:.0%}."
            yield stories[0].problem(("scenes",), what, REMEDY)


RULE = Rule(
    code="best-choices",
    why="If the first choice is sound in one story, people will click it in the next, and be right.",
    check=check,
    example=Example("course/course.yml", "kinds: 2,", "kinds: 2, judged_from: 2,", "the first choice is sound in 100%"),
    of_whole=True,
)
