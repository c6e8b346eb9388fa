from __future__ import annotations

import json
import uuid
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.exports.base import TheClass
from grading.exports.xapi import XapiExporter
from grading.gradebook import Grade
from grading.refused import Refused
from tests.grading.exports.made import AT, export, grades, handed_in, the_class, trainee
from tests.grading.exports.xapi_rules import broken

BASE = "https://training.example.gov/ladders"
ANA = trainee(
    "ana",
    replace(handed_in("ana", "one", (3, 4), (4, 4), penalty=1), comments={"q0": "SECRET words"}),
    handed_in("ana", "two", (1, 1)),
    first="Ana",
    last="Ruiz",
    email="ana@x.gov",
)
BEN = trainee("ben", handed_in("ben", "one", (0, 4), (1, 4)), handed_in("ben", "two", (1, 1), waits=True))


def statements(given: TheClass, folder: Path, **settings: Any) -> list[dict[str, Any]]:
    export(XapiExporter, given, folder / "x.jsonl", base=BASE, **settings)
    return [json.loads(line) for line in (folder / "x.jsonl").read_text(encoding="utf-8").splitlines()]


def verbs(told: list[dict[str, Any]], who: str) -> Counter[str]:
    return Counter(one["verb"]["display"]["en-US"] for one in told if one["actor"]["account"]["name"] == who)


def test_each_check_is_passed_or_failed_each_question_answered_and_the_course_completed(tmp_path: Path):
    told = statements(the_class(ANA, BEN), tmp_path)
    assert verbs(told, "ana") == {"passed": 2, "answered": 3, "completed": 1}
    assert verbs(told, "ben") == {"failed": 1, "answered": 2}


def test_every_statement_is_as_xapi_asks(tmp_path: Path):
    told = statements(the_class(ANA, BEN), tmp_path) + statements(the_class(ANA), tmp_path, identify_by="mbox")
    assert [broken(one) for one in told] == [[]] * len(told)


def test_the_rules_find_what_is_wrong():
    wrong = {
        "id": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "actor": {"mbox": "ana", "account": {"homePage": "here", "name": "ana"}},
        "verb": {"id": "passed", "display": {"?": "passed"}},
        "object": {"id": "no iri"},
        "result": {"score": {"scaled": 2, "raw": 9, "min": 0, "max": 4}, "success": "yes", "duration": "2 hours"},
        "timestamp": "2026-01-05 09:00",
        "stored": None,
    }
    assert len(broken(wrong)) == 13


def test_scores_are_those_of_the_gradebook(tmp_path: Path):
    told = {one["object"]["id"]: one["result"] for one in statements(the_class(ANA), tmp_path)}
    assert told[f"{BASE}/checks/one"]["score"] == {"scaled": 0.75, "raw": 6, "min": 0, "max": 8}
    assert told[f"{BASE}/checks/one/items/q0"] == {
        "score": {"scaled": 0.75, "raw": 3, "min": 0, "max": 4},
        "success": False,
    }
    assert told[f"{BASE}/checks/one/items/q1"]["success"]
    assert told[f"{BASE}/course"]["score"] == {"scaled": 0.7778, "raw": 7, "min": 0, "max": 9}


def test_when_it_was_handed_in_is_said(tmp_path: Path):
    assert {one["timestamp"] for one in statements(the_class(ANA), tmp_path)} == {"2026-01-05T09:00:00.000000Z"}


def test_no_name_and_no_word_of_anybody_is_said(tmp_path: Path):
    statements(the_class(ANA, BEN), tmp_path)
    text = (tmp_path / "x.jsonl").read_text(encoding="utf-8")
    assert not [word for word in ("Ruiz", "SECRET", "response") if word in text]


def test_the_same_again_has_the_same_ids_and_each_its_own(tmp_path: Path):
    first, second = (statements(the_class(ANA, BEN), tmp_path) for _ in range(2))
    assert first == second
    assert len({one["id"] for one in first}) == len(first)
    assert {uuid.UUID(one["id"]).version for one in first} == {5}


def test_marks_that_changed_are_new_statements_and_all_others_stay(tmp_path: Path):
    before = {one["id"] for one in statements(the_class(ANA, BEN), tmp_path)}
    marked = handed_in("ana", "one", (4, 4), (4, 4), penalty=1)
    after = statements(the_class(replace(ANA, taken={**ANA.taken, "one": marked}), BEN), tmp_path)
    changed = [one["object"]["id"].removeprefix(BASE) for one in after if one["id"] not in before]
    assert changed == ["/checks/one", "/checks/one/items/q0", "/course"]


def test_what_waits_is_told_with_the_rest_of_its_check_only_where_that_is_wanted(tmp_path: Path):
    assert not [one for one in statements(the_class(BEN), tmp_path) if "/checks/two" in one["object"]["id"]]
    told = statements(the_class(BEN), tmp_path, unmarked=True)
    assert [one["object"]["id"] for one in told if "/checks/two" in one["object"]["id"]] == [
        f"{BASE}/checks/two",
        f"{BASE}/checks/two/items/q0",
    ]


def test_by_mail_who_has_no_address_is_left_out_and_named(tmp_path: Path):
    said = export(XapiExporter, the_class(ANA, BEN), tmp_path / "x.jsonl", base=BASE, identify_by="mbox")
    assert [line for line in said if line.endswith("doesn't have their e-mail address: ben.")]
    assert "mailto:ana@x.gov" in (tmp_path / "x.jsonl").read_text()


@pytest.mark.parametrize(
    "base", ["training.example.gov", "https://", "https://x.gov/a b", "file:///x", "https://x.gov/?q"]
)
def test_a_base_that_is_no_address_is_refused(tmp_path: Path, base: str):
    with pytest.raises(Refused, match="has to be an address"):
        export(XapiExporter, the_class(ANA), tmp_path / "x.jsonl", base=base)


def test_without_a_base_one_is_taken_that_is_nobodys(tmp_path: Path):
    export(XapiExporter, the_class(ANA), tmp_path / "x.jsonl")
    assert "https://ladders.invalid/course" in (tmp_path / "x.jsonl").read_text()


@given(
    marks=st.lists(st.tuples(st.floats(0, 9), st.floats(0.5, 9)), min_size=1),
    penalty=st.floats(0, 20),
    extra=st.floats(0, 5),
    id=st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])),
)
def test_whatever_the_marks_the_rules_are_kept(
    tmp_path_factory: pytest.TempPathFactory, marks: list[tuple[float, float]], penalty: float, extra: float, id: str
):
    more = (*grades(*marks), Grade("odd name/?", 1, 1, None, extra, waits=False))
    handed = replace(handed_in(id, "one", penalty=penalty), grades=more, at=AT)
    told = statements(the_class(trainee(id, handed)), tmp_path_factory.mktemp("x"))
    assert [broken(one) for one in told] == [[]] * len(told)
