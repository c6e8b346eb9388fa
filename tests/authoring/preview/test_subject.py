from __future__ import annotations

import pytest

from authoring import new
from authoring.preview import subject
from authoring.problems import BadContent, Refused
from authoring.rule import Rule
from authoring.rules import RULES
from casebook.kinds import KINDS
from casebook.kinds.base import Item
from casebook.story import Story
from tests.authoring.author import BANK, COURSE, PLAN, POINTS, PRACTICE, STORY, Author

SLIPS = [rule for rule in RULES if rule.example.file in (BANK, COURSE, PLAN, PRACTICE, STORY)]


def test_an_item_is_found_in_practice_or_in_the_bank(author: Author):
    practice, graded = (subject.item(author.root, "tiny", name) for name in ("tiny-p-who", "tiny-owner"))
    assert (practice.path, practice.is_graded) == (author.root / PRACTICE, False)
    assert (graded.path, graded.is_graded) == (author.root / BANK, True)


def test_everything_of_a_module_is_found(author: Author):
    names = [one.name for one in subject.every(author.root, "tiny")]
    assert names == ["the-ladder", "tiny-p-who", "tiny-p-which", "tiny-r-wet", "tiny-owner", "tiny-return"]
    assert list(subject.every(author.root, "later")) == []


def test_what_there_is_not_is_refused_with_what_there_is(author: Author):
    with pytest.raises(Refused, match=r"no item 'tiny'.\n.*ITEM= and one of: tiny-p-who, .*tiny-return"):
        subject.item(author.root, "tiny", "tiny")
    with pytest.raises(Refused, match=r"no scenario 'rake'.\n.*SCENARIO= and one of: the-ladder"):
        subject.scenario(author.root, "tiny", "rake")
    with pytest.raises(Refused, match="has none yet"):
        subject.scenario(author.root, "later", "rake")


def test_a_file_that_cannot_be_read_may_have_had_the_item(author: Author):
    (author.root / PRACTICE).write_text("items: [", encoding="utf-8")
    with pytest.raises(BadContent, match="This isn't YAML"):
        subject.item(author.root, "tiny", "tiny-p-who")
    assert subject.item(author.root, "tiny", "tiny-owner").name == "tiny-owner"


def test_a_draft_that_is_placed_nowhere_is_shown_whole(author: Author):
    for one in subject.every(author.root, "tiny"):
        look = subject.look(one)
        assert isinstance(look.shown, Story if one.is_scenario else Item)
        assert look.shown.id == one.name
        assert (look.problems, look.elsewhere) == ((), ())


@pytest.mark.parametrize("where", ["practice", "refresher", "bank"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_what_was_just_made_from_a_template_is_shown(author: Author, kind: str, where: str):
    new.item(author.root, "tiny", "tiny-new", kind, where)
    look = subject.look(subject.item(author.root, "tiny", "tiny-new"))
    assert look.shown is not None
    assert [(problem.rule, problem.remedy) for problem in look.problems] == [("unfinished", "Write what it asks for.")]
    assert look.elsewhere == ()


def test_a_scenario_just_made_from_its_template_can_be_played(author: Author):
    new.scenario(author.root, "tiny", "the-rake")
    look = subject.look(subject.scenario(author.root, "tiny", "the-rake"))
    assert isinstance(look.shown, Story)
    assert [problem.rule for problem in look.problems] == ["unfinished"]


@pytest.mark.parametrize("rule", SLIPS, ids=lambda rule: rule.code)
def test_what_is_wrong_with_one_item_or_story_is_shown_and_with_a_whole_is_not(author: Author, rule: Rule):
    author.writes(rule.example.file, rule.example.old, rule.example.new)
    looks = [subject.look(one) for one in subject.every(author.root, "tiny")]
    found = [problem for look in looks for problem in (*look.problems, *look.elsewhere)]
    assert any(problem.rule == rule.code for problem in found) is not rule.of_whole


def test_an_item_with_a_problem_of_form_is_not_shown_and_others_are(author: Author):
    author.writes(BANK, "stem: Who", "stam: Who")
    spoilt, other = (subject.look(subject.item(author.root, "tiny", name)) for name in ("tiny-owner", "tiny-return"))
    assert spoilt.shown is None
    assert [problem.line for problem in spoilt.problems] == [3, author.line(BANK, "stam: Who")]
    assert other.shown is not None
    assert (other.problems, len(other.elsewhere)) == ((), 2)


def test_what_breaks_a_rule_is_shown_and_said(author: Author):
    author.writes(BANK, "marks: 3", "marks: 3.2")
    look = subject.look(subject.item(author.root, "tiny", "tiny-return"))
    assert look.shown is not None
    assert [(p.line, p.what) for p in look.problems] == [
        (author.line(BANK, "marks: 3.2"), "tiny-return: 'marks' has to be a whole or a half number.")
    ]


def test_a_story_that_cannot_be_played_is_not_shown(author: Author):
    author.writes(STORY, "go: street", "go: stret")
    look = subject.look(subject.scenario(author.root, "tiny", "the-ladder"))
    assert look.shown is None
    assert "There's no scene 'stret'." in [problem.what for problem in look.problems]


@pytest.mark.parametrize("file", [STORY, PLAN, POINTS, COURSE])
def test_a_file_that_is_no_yaml_is_said(author: Author, file: str):
    ladder = subject.scenario(author.root, "tiny", "the-ladder")
    (author.root / file).write_text("a: [1\n", encoding="utf-8")
    look = subject.look(ladder)
    assert look.shown is None
    assert [problem.file for problem in look.problems] == [author.root / file]
    assert author.root / file in ladder.files


def test_an_item_that_lost_its_name_is_missed(author: Author):
    one = subject.item(author.root, "tiny", "tiny-owner")
    author.writes(BANK, "id: tiny-owner", "id: tiny-lender")
    look = subject.look(one)
    assert look.shown is None
    assert [problem.what for problem in look.problems] == ["There's no item 'tiny-owner' here anymore."]
