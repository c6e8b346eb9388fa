from __future__ import annotations

from pathlib import Path

import pytest

from authoring import build, exemptions, rules
from authoring.exemptions import FILE
from authoring.problems import BadContent
from tests.authoring.author import BANK, LESSON, Author

HEAD = "format_version: 1\nexempt:\n"
SLIP = ("Ask the owner.", "Ask the owner anew.")


def exempts(author: Author, *lines: str) -> None:
    path = author.root / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def breaks_voice(author: Author) -> None:
    author.writes(LESSON, *SLIP)
    build.write(author.course())


@pytest.mark.parametrize("entry", [LESSON, "course/content/*.md"])
def test_what_a_listed_file_breaks_is_excused(author: Author, entry: str):
    breaks_voice(author)
    with pytest.raises(BadContent, match="'anew' sounds translated"):
        build.check(author.root)
    exempts(author, "  voice:", f'    - "{entry}"')
    assert build.check(author.root) == []


@pytest.mark.parametrize("lines", [("  voice:", f"    - {BANK}"), ("  terms:", f"    - {LESSON}")])
def test_another_file_or_rule_is_not_excused(author: Author, lines: tuple[str, ...]):
    breaks_voice(author)
    exempts(author, *lines)
    with pytest.raises(BadContent, match="'anew' sounds translated"):
        build.check(author.root)


def test_an_exemption_that_excuses_nothing_is_warned_of_and_stops_nothing(author: Author):
    exempts(author, "  voice:", f"    - {LESSON}", f"    - {BANK}")
    warned = build.check(author.root)
    assert [(problem.rule, problem.smells, problem.line) for problem in warned] == [
        ("exemptions", True, 4),
        ("exemptions", True, 5),
    ]
    assert warned[0].what == f"{LESSON} doesn't break 'voice' anymore."
    assert build.update(author.root) == []


def test_of_a_rule_that_did_not_run_nothing_is_said(author: Author):
    exempts(author, "  voice:", f"    - {LESSON}")
    assert build.check(author.root, [rule for rule in rules.RULES if rule.code != "voice"]) == []


def test_a_rule_that_there_is_not_excuses_nothing(author: Author):
    exempts(author, "  vioce:", f"    - {LESSON}")
    assert [problem.what for problem in build.check(author.root)] == [f"{LESSON} doesn't break 'vioce' anymore."]


def test_pruning_takes_out_what_is_not_needed_and_leaves_all_else_as_it_was(author: Author):
    breaks_voice(author)
    exempts(author, "  # why", "  terms:", f"    - {LESSON}", "  voice:", f"    - {LESSON}", f"    - {BANK}")
    found = exemptions.found(author.course())
    assert exemptions.prune(author.root, found) == 2
    assert (author.root / FILE).read_text(encoding="utf-8") == f"{HEAD}  # why\n  voice:\n    - {LESSON}\n"


def test_a_list_with_nothing_left_is_still_one(author: Author):
    exempts(author, "  voice:", f"    - {LESSON}")
    found = exemptions.found(author.course())
    assert exemptions.prune(author.root, found) == 1
    assert build.check(author.root) == []
    assert exemptions.counted(author.root) == ""


def test_what_is_excused_is_counted_by_rule_and_module(author: Author):
    breaks_voice(author)
    exempts(author, "  voice:", f"    - {LESSON}")
    assert exemptions.counted(author.root).startswith(f"1 exemption left in {FILE}; ")
    shown = exemptions.shown(author.root, exemptions.found(author.course()))
    assert shown.splitlines() == [f"1 fault excused by 1 exemption in {FILE}.", "      1  voice: tiny 1"]


def test_a_list_that_has_not_its_form_is_told(author: Author):
    exempts(author, "  voice: the lesson")
    with pytest.raises(BadContent, match="'voice' should be a list"):
        build.check(author.root)


def test_without_a_list_nothing_is_excused(small: Path):
    assert exemptions.counted(small) == ""
    assert exemptions.sort(small, [], []).entries == 0
