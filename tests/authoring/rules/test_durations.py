from __future__ import annotations

import pytest

from authoring.rules import durations
from tests.authoring.author import COURSE, Author


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("check_minutes: [0, 10]", "check_minutes: [5, 10]", "The check takes 1 minutes; it should take 5 to 10."),
        ("final_slots: 2", "final_slots: 2, final_minutes: 0", "The check takes 1 minutes; 0 is the most."),
        ("final_slots: 2", "final_slots: 2, course_minutes: 14", "The course takes 15 minutes; 14 is the most."),
    ],
)
def test_what_takes_too_long_or_not_long_enough_is_named(author: Author, old: str, new: str, said: str):
    author.writes(COURSE, old, new)
    assert [problem.what for problem in author.problems(durations.check)] == [said]
