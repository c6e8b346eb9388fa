from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from authoring import new
from authoring.preview import key, subject
from authoring.preview.session import Session
from casebook import static
from casebook.kinds import KINDS
from tests.authoring.author import BANK, PRACTICE, STORY, Author

VISIBLE = "SECRET-FEEDBACK"


@pytest.fixture
def story(author: Author, tmp_path: Path) -> Session:
    return Session(subject.scenario(author.root, "tiny", "the-ladder"), tmp_path / "desk")


@pytest.fixture
def item(author: Author, tmp_path: Path) -> Session:
    return Session(subject.item(author.root, "tiny", "tiny-return"), tmp_path / "desk")


def state(session: Session) -> dict[str, Any]:
    found = session.state()
    assert found is not None
    return found


def shown(session: Session) -> str:
    return static.to_text(state(session)["panel"]["view"])


def done(session: Session, **event: Any) -> dict[str, Any]:
    answer = session.event({"number": "n-1", **event})
    assert answer is not None
    assert (answer["reply"]["type"], answer["reply"]["number"]) == ("done", "n-1")
    return answer


def test_a_page_that_has_seen_the_newest_is_told_nothing(story: Session, author: Author):
    seen = state(story)["version"]
    assert story.state(seen) is None
    author.writes(STORY, "It starts to rain.", "It starts to snow.")
    assert story.state(seen) is not None


def test_the_path_played_stays_when_the_story_is_edited(story: Session, author: Author):
    state(story)
    done(story, type="begin")
    done(story, type="choose", step=0, choice="ask")
    assert "It starts to rain." in shown(story)
    author.writes(STORY, "It starts to rain.", "It starts to snow.")
    assert "It starts to snow." in shown(story)
    assert "You: Ask Ada for it." in shown(story)


def test_answers_stay_when_the_item_is_edited(item: Session, author: Author):
    state(item)
    view = done(item, type="answer", given={"choices": ["a"]})["view"]
    assert view["given"] == {"choices": ["a"]}
    author.writes(BANK, "text: Tell Ada", "text: Tell her")
    after = state(item)["panel"]["view"]
    assert after["given"] == {"choices": ["a"]}
    assert "Tell her" in static.to_text(after)


def test_what_cannot_be_shown_leaves_the_last_good_state_with_the_problems(story: Session, author: Author):
    before = state(story)
    author.writes(STORY, "asks: What do you do?", "askes: What do you do?")
    after = state(story)
    assert (after["panel"], after["stale"], before["stale"]) == (before["panel"], True, False)
    line = author.line(STORY, "askes: What do you do?")
    assert {"where": f"{STORY}, line {line}", "what": "'askes' isn't a key here."}.items() <= after["problems"][
        0
    ].items()
    author.writes(STORY, "askes: What do you do?", "asks: What now?")
    assert (state(story)["problems"], state(story)["stale"]) == ([], False)


def test_there_is_no_panel_while_nothing_could_be_shown_yet(story: Session, author: Author):
    author.writes(STORY, "people:", "people: [")
    assert (state(story)["panel"], state(story)["author"]) == (None, None)
    assert story.event({"type": "begin"}) is None


def test_a_graded_item_is_shown_without_its_key_and_the_author_has_it_beside(item: Session):
    assert VISIBLE not in str(state(item)["panel"])
    assert VISIBLE in str(state(item)["author"])


def test_practice_is_checked_as_in_a_lesson(author: Author, tmp_path: Path):
    session = Session(subject.item(author.root, "tiny", "tiny-p-who"), tmp_path / "desk")
    state(session)
    assert done(session, type="check", given={"choice": "b"})["reply"]["feedback"]["said"] == "That's right."
    author.writes(PRACTICE, "right: true", "right: perhaps")
    assert state(session)["stale"] is True


def test_what_was_answered_is_forgotten_on_demand_and_kept_nowhere_else(item: Session, author: Author, tmp_path: Path):
    state(item)
    done(item, type="answer", given={"choices": ["a"]})
    assert [path.parent for path in tmp_path.rglob("answers.jsonl")] == [tmp_path / "desk"]
    item.anew()
    assert state(item)["panel"]["view"]["given"] is None
    assert list(author.root.rglob("answers.jsonl")) == []


def test_an_event_that_is_none_is_refused_in_plain_words(item: Session):
    state(item)
    answer = item.event({"type": "answer", "given": {"choices": ["z"]}})
    assert answer is not None
    assert answer["reply"]["type"] == "refused"


@pytest.mark.parametrize("where", ["practice", "bank"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_has_a_panel_and_a_key(author: Author, tmp_path: Path, kind: str, where: str):
    new.item(author.root, "tiny", "tiny-new", kind, where)
    session = Session(subject.item(author.root, "tiny", "tiny-new"), tmp_path / "desk")
    assert "TODO" in shown(session)
    assert state(session)["author"]["rows"]
    (problem,) = state(session)["problems"]
    assert "still to be written" in problem["what"]


@pytest.mark.parametrize("part", [(key, "of"), (subject, "look")], ids=["the key", "the look"])
def test_what_nobody_thought_of_is_no_traceback(item: Session, monkeypatch: pytest.MonkeyPatch, part: tuple[Any, str]):
    def broken(_shown: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(*part, broken)
    assert [problem["what"] for problem in state(item)["problems"]] == ["This can't be shown."]
