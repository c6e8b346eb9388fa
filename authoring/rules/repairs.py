"""What a choice repairs is an unsafe choice of the same story, and the choice that repairs it is a recovery."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.course import Course, Scenario
from authoring.problems import Problem
from authoring.rule import Example, Rule
from casebook.story import Choice, Story


def check(course: Course) -> Iterator[Problem]:
    """Repairs of choices that aren't there or aren't unsafe, and repairs by choices that put nothing right."""
    for module in course.modules:
        for scenario in module.stories():
            yield from _scenario(scenario)


def _scenario(scenario: Scenario) -> Iterator[Problem]:
    unsafe = _unsafe(scenario.story)
    for key, scene in scenario.story.scenes.items():
        for n, choice in enumerate(scene.choices):
            for what, remedy in _faults(choice, unsafe):
                yield scenario.problem(("scenes", key, "choices", n, "repairs"), what, remedy)


def _unsafe(story: Story) -> set[str]:
    return {f"{key}/{choice.id}" for key, scene in story.scenes.items() for choice in scene.choices if choice.unsafe}


def _faults(choice: Choice, unsafe: set[str]) -> Iterator[tuple[str, str]]:
    for name in choice.repairs:
        if name not in unsafe:
            named = ", ".join(sorted(unsafe)) or "none yet"
            yield (
                f"'{choice.id}' repairs '{name}', which isn't an unsafe choice.",
                f"The story's unsafe choices: {named}.",
            )
    if choice.repairs and choice.verdict != "recovery":
        yield f"'{choice.id}' repairs something but isn't a recovery.", "Write 'verdict: recovery', or take it out."


RULE = Rule(
    code="repairs",
    why="Whether somebody passes can depend on an unsafe choice that was fixed. A typo in its name would undo that.",
    check=check,
    example=Example(
        "course/content/tiny/scenarios/the-ladder.yml",
        "        verdict: sound\n        told: It stays dry.",
        "        verdict: recovery\n        repairs: [yard/ask]\n        told: It stays dry.",
        "which isn't an unsafe choice",
    ),
)
