"""No word of weight from the stem stands in the right options alone: it would be found by matching words."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import bank, wording
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """Items whose stem shares a word with every right option and with no wrong one."""
    for items, n, item in bank.option_items(course):
        right = [wording.content_words(option.text) for option in item.options if option.right]
        wrong = [wording.content_words(option.text) for option in item.options if not option.right]
        shared = wording.content_words(item.stem).intersection(*right).difference(*wrong) if right else set()
        if shared and wrong:
            shown = ", ".join(f"'{word}…'" for word in sorted(shared))
            what = f"{item.id}: {shown} is in the stem and only in the right option."
            yield items.file.problem(("items", n, "stem"), what, "Use it in a wrong option, too, or in none.")


RULE = Rule(
    code="keywords",
    why="If the question and one option share a word, it points to that option, whatever it says.",
    check=check,
    example=Example("grading/bank/tiny.yml", "Its owner", "Who owns the ladder", "only in the right option"),
    smells=True,
)
