"""A new kind of item is one new file and one line: a toy of existing controls goes all the way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import nbformat
import pytest

from authoring.problems import BadContent
from casebook import answers, content, kinds, static, view
from casebook.answers import Answer
from casebook.content import Point
from casebook.desk import Desk
from casebook.kinds.base import Example, Field, Given, Item, Outcome, Part, Remark, pairs, refuse, shown
from casebook.widgets.item import ItemPanel, PracticePanel
from grading import bank
from grading.graded_notebook import rebuilt
from grading.scoring import Scorer
from tests import kinds_course
from tests.kinds_course import MARKS, SLUG

# What would stand in casebook/kinds/odd.py.


@dataclass(frozen=True, kw_only=True)
class Thing(Part):
    odd: bool = False


@dataclass(frozen=True, kw_only=True)
class OddItem(Item):
    lists: ClassVar[dict[str, tuple[int, int]]] = {"things": (3, 4)}
    things: tuple[Thing, ...]

    def public(self) -> dict[str, Any]:
        return {**super().public(), "things": shown(self.things)}

    def outcome(self, given: Given | None) -> Outcome:
        if given is not None:
            refuse(ODD.problem(self.public(), given))
        picked = (given or {}).get("odd")
        remarks = tuple(
            Remark(
                part=thing.text,
                did="You called this odd" if thing.id == picked else "You let this be",
                wanted="it is odd" if thing.odd else "it is not odd",
                picked=thing.id == picked,
                right=(thing.id == picked) == thing.odd,
                why=thing.feedback,
                points=thing.points or self.points,
            )
            for thing in self.things
        )
        return Outcome(float(all(remark.right for remark in remarks)), remarks)


class Odd:
    name = "odd"
    record = OddItem
    hint = "Choose the odd one."
    manual = False

    def fields(self, public: Mapping[str, Any]) -> tuple[Field, ...]:
        return (Field("odd", "one", options=pairs(public["things"]), layout="row"),)

    def problem(self, public: Mapping[str, Any], given: Given) -> str | None:
        known = {thing["id"] for thing in public["things"]}
        return None if set(given) == {"odd"} and given["odd"] in known else "That is not one of them."

    def faults(self, item: OddItem) -> list[str]:
        return [] if sum(thing.odd for thing in item.things) == 1 else ["exactly one thing is odd"]

    def examples(self) -> tuple[OddItem, tuple[Example, ...]]:
        things = (
            Thing(id="a", text="A ladder", feedback="It climbs."),
            Thing(id="b", text="A *stair*", feedback="It climbs too."),
            Thing(id="c", text="A well", odd=True, feedback="SECRET: it goes down.", points=("odd-own",)),
        )
        item = OddItem(id="example", kind="odd", stem="Which is odd?", points=("odd",), basis="section", things=things)
        return item, (Example({"odd": "c"}, 1.0), Example({"odd": "a"}, 0.0), Example({}, refused=True))


ODD = Odd()


@pytest.fixture
def course(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A course with an item of the new kind too. Registering it is the one line."""
    monkeypatch.setitem(kinds.KINDS, "odd", ODD)
    return kinds_course.make(tmp_path / "course")


def test_it_is_built_shown_and_answered_in_a_lesson(course: Path, tmp_path: Path):
    lesson = content.lesson(SLUG, course / "course/modules")
    panel = PracticePanel(Desk(tmp_path), SLUG, lesson.practice["kinds-p-odd"], lesson.points)
    assert panel.view["fields"][0]["options"][1]["label"] == [
        {"tag": "p", "lines": [[["text", "A "], ["em", "stair"]]]}
    ]
    feedback = panel.handle({"type": "check", "given": {"odd": "a"}})["feedback"]
    assert feedback["said"] == "Not quite."
    assert [remark["word"] for remark in feedback["remarks"]] == [
        "You called this odd: it is not odd.",
        "You let this be: it is odd.",
    ]
    assert "About odd-own" in [point["name"] for point in feedback["points"]]


def test_it_is_graded_from_the_answers_file_and_its_key_stays_in_the_bank(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    source = course / "course/source" / SLUG
    public = content.check(SLUG, source).items["kinds-odd"]
    assert "SECRET" not in "".join(path.read_text(encoding="utf-8") for path in source.iterdir())
    ItemPanel(Desk(tmp_path), SLUG, public).handle({"type": "answer", "given": {"odd": "c"}})
    monkeypatch.setattr(bank, "points", lambda: {"odd": Point("Odd", "It is.")})
    scorer = Scorer(SLUG, tmp_path, bank.items(SLUG, course))
    assert scorer.result("kinds-odd").marks == MARKS
    cells = rebuilt(source / f"{SLUG}-check.ipynb", scorer).cells
    nbformat.validate(nbformat.v4.new_notebook(cells=cells))
    (graded,) = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "kinds-odd"]
    assert "You called this odd: it is odd.</strong> A well" in graded.outputs[0].data["text/html"]


def test_it_has_static_forms(course: Path):
    seen = view.item(content.check(SLUG, course / "course/source" / SLUG).items["kinds-odd"], {"odd": "c"}, graded=True)
    assert "A well</label> <strong>(your answer)</strong>" in static.to_html(seen)
    assert static.to_text(seen) == "Which is odd?\nChoose the odd one.\n( ) A ladder\n( ) A stair\n(•) A well"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"odd": true', '"odd": false', "exactly one thing is odd"),
        ('"odd": true', '"od": true', "'od' isn't a key here"),
        ('"id": "b",\n     "text": "A *stair*"', '"id": "x",\n     "text": "A *stair*"', "things are three to four"),
        ('"odd-own"', '"unknown"', "No teaching point 'unknown'"),
        ("A *stair*", "# A stair", "can't be shown here"),
    ],
)
def test_what_its_author_gets_wrong_is_told(course: Path, old: str, new: str, what: str):
    path = course / f"grading/bank/{SLUG}.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadContent) as bad:
        kinds_course.build.checked(course)
    assert any(what in problem.what for problem in bad.value.problems), bad.value.problems


def test_answers_of_it_that_are_none_score_nothing(course: Path, tmp_path: Path):
    answers.append(tmp_path / "answers.jsonl", Answer(SLUG, "kinds-odd", {"odd": "z"}, "2026-01-05T09:00:00+00:00"))
    result = Scorer(SLUG, tmp_path, bank.items(SLUG, course)).result("kinds-odd")
    assert (result.marks, result.problem) == (0, "That is not one of them.")
    assert json.loads(json.dumps(result.item.public())) == result.item.public()
