from __future__ import annotations

from pathlib import Path

from authoring.problems import BadContent, Problem

FIRST = Problem(Path("a.yml"), 2, "It is wrong.", "Mend it.")
SECOND = Problem(Path("a.yml"), 10, "It is wrong, too.", "Mend it.")
THIRD = Problem(Path("b.yml"), 1, "It is missing.", "Write it.")


def test_a_problem_says_where_what_and_what_to_do():
    assert str(FIRST) == "a.yml:2: It is wrong.\n    Mend it."


def test_problems_stand_in_the_order_of_files_and_lines_each_once():
    bad = BadContent([THIRD, SECOND, FIRST, SECOND])
    assert bad.problems == [FIRST, SECOND, THIRD]
    assert str(bad).count("\n    ") == 3
