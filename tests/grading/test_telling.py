"""What instructors' commands say of a trainee whom they're given."""

from __future__ import annotations

import pytest

from grading.commands import telling
from grading.refused import Refused


def test_trainees_who_are_there_are_taken_and_none_means_everybody():
    assert telling.trainees(["ana"], {"ana", "ben"}) == {"ana"}
    assert telling.trainees(None, {"ana", "ben"}) is None


@pytest.mark.parametrize(
    ("id", "told"),
    [
        ("Ana", "There's nothing here from a trainee Ana. Did you mean ana?"),
        ("zoe", "There's nothing here from a trainee zoe."),
        ("a*", "The id 'a*' has * in it, which means something else to nbgrader. Use a different id."),
    ],
)
def test_a_trainee_who_is_not_there_is_refused_and_the_one_who_was_meant_is_named(id: str, told: str):
    with pytest.raises(Refused) as why:
        telling.trainees([id], {"ana", "ben"})
    assert str(why.value) == told
