from __future__ import annotations

import pytest

from authoring import course, new, rules
from casebook.kinds import KINDS
from tests.authoring.author import BANK, CHECK, COURSE, LESSON, POINTS, PRACTICE, START, STORY, Author, Slip

WAITS = "'TODO' is still to be written"
SLIPS = [
    Slip(START, "Welcome.", "Welcome TODO", WAITS, "Welcome TODO"),
    Slip(LESSON, "teaches} ladder-asks", "teaches} TODO ladder-asks", WAITS, "## Asking"),
    Slip(CHECK, ":::{item} tiny-owner", "TODO\n\n:::{item} tiny-owner", WAITS, "TODO"),
    Slip(BANK, "stem: Who", "stem: FIXME who", "tiny-owner: 1 text still to be written ('FIXME')", "stem: FIXME"),
    Slip(PRACTICE, "text: ", "text: todo ", "tiny-p-who: 1 text still to be written ('todo')", "text: todo"),
    Slip(STORY, "why: Wet", "why: TBD, wet", "the-ladder: 1 text still to be written ('TBD')", "why: TBD"),
    Slip(POINTS, "text: A ladder", "text: XXX A ladder", "points.yml: 1 text still to be written", "text: XXX"),
    Slip(BANK, "points: [", "points: [TODO, ", "1 teaching point still to be named ('TODO')", "points: [TODO"),
]


def test_in_a_draft_nobody_is_told_to_make_it_one(author: Author):
    author.writes(STORY, "why: Wet", "why: TODO, wet")
    (problem,) = rules.problems(author.course())
    assert problem.remedy == "Write what it asks for, or set the module's 'ready: false'."
    author.writes(COURSE, "ready: true", "ready: false")
    (problem,) = rules.problems(course.read(author.root, only="tiny"))
    assert problem.remedy == "Write what it asks for."


@pytest.mark.parametrize("judged", ["", "judged_from: 1, "], ids=["few", "enough to judge"])
def test_what_is_still_to_be_written_is_judged_by_no_other_rule(author: Author, judged: str):
    author.writes(COURSE, "kinds: 2,", f"kinds: 2, {judged}")
    before = rules.problems(author.course())
    for kind in KINDS:
        new.item(author.root, "tiny", f"practice-{kind}", kind, "practice")
        new.item(author.root, "tiny", f"one-{kind}", kind, "bank")
        new.item(author.root, "tiny", f"other-{kind}", kind, "bank")
    new.scenario(author.root, "tiny", "the-rake")
    added = [problem for problem in rules.problems(author.course()) if problem not in before]
    assert {problem.rule for problem in added} == {"placing", "unfinished"}
