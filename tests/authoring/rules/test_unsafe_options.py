from __future__ import annotations

from authoring.rules import unsafe_options
from tests.authoring.author import BANK, Author


def test_one_wrong_option_at_least_is_safe(author: Author):
    author.writes(BANK, "text: Its finder\n", "text: Its finder\n        unsafe: true\n")
    assert author.problems(unsafe_options.check) == []
    author.writes(BANK, "text: Its maker\n", "text: Its maker\n        unsafe: true\n")
    (problem,) = author.problems(unsafe_options.check)
    assert problem.what == "tiny-owner: every wrong option is unsafe."
