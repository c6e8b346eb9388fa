"""A kept line may hold anything: who reads it goes on, and what stands in the other lines still counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from casebook import answers, partner_map, results
from casebook.answers import FILE_NAME
from casebook.content import Question
from casebook.desk import Desk
from casebook.refresher import log
from casebook.results import FOLDER, RESULTS, Result, Score
from casebook.widgets.overview import ModulesPanel
from casebook.widgets.partners import PartnersPanel
from casebook.widgets.refresher import RefresherPanel
from casebook.widgets.review import ReviewPanel
from tests.casebook.damage import places

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
AT = NOW.isoformat()
WET = Question("tiny-r-wet", "tiny", ("ladder-asks",), 40.0)
LADDER = Question("the-ladder", "tiny", ("ladder-asks", "ladder-back"), 90.0, story=True)

ODD = {
    "a number beyond all numbers": "1e999",
    "a large number": str(2**53),
    "less than nothing": "-1",
    "a number in words": '"inf"',
    "nothing": "null",
    "half a character": '"\\ud800"',
    "half a character as a name": '{"\\udfff": 1}',
    "a list": "[1]",
    "deeply nested": "[" * 50 + "]" * 50,
}
"""As it stands in the file; but for the first, all of it is JSON that can be kept."""


def _line(id: str, given: Any, module: str = log.MODULE, **more: Any) -> dict[str, Any]:
    return {"v": 1, "at": AT, "module": module, "id": id, "given": given, **more}


def _reviewed(number: int) -> dict[str, Any]:
    return _line(
        log.REVIEW, log.reviewing(log.Ask(number, WET, NOW), {"choice": "a"}, {"ladder-asks": (1.0, False)}, 20)
    )


KEPT = {
    "an answer in a lesson": _line("tiny-p-who", {"choice": "b"}, "tiny", checked=True, rev="0a1b2c3d"),
    "a scenario": _line("the-ladder", {"playing": 1, "path": ["ask"], "skipped": False, "ended": "lent"}, "tiny"),
    "a partner": _line(
        "partner-0a1b2c3d", partner_map.given(partner_map.Partner(organization="Shelter")), partner_map.MODULE
    ),
    "the settings": _line(log.SETTINGS, {"minutes": 15, "retention": 0.85}),
    "a question": _line(log.ASK, log.asking(1, WET)),
    "a scenario that is asked": _line(log.ASK, log.asking(1, LADDER)),
    "a draft": _line(log.DRAFT, {"n": 1, "question": WET.id, "given": {"choice": "a"}}),
    "a review": _reviewed(0),
    "the longer path": _line(log.PATH, {}),
}

RESULT = Result(
    "tiny", 1, AT, 3.0, 4.0, 1.0, 0.5, False, (Score("tiny-owner", "tiny-owner", 4.0, 3.0, {"ladder-asks": 0.75}),)
)


def spoiled(line: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The line with each odd value in each of its places."""
    for *way, last in places(line):
        for odd in ODD.values():
            copy = json.loads(json.dumps(line))
            node = copy
            for key in way:
                node = node[key]
            node[last] = "HERE"
            yield f"{'.'.join(map(str, (*way, last)))}: {odd[:20]}", json.dumps(copy).replace('"HERE"', odd).encode()


def pages(folder: Path) -> None:
    """The start page and the refresher as they open."""
    desk = Desk(folder, lambda: NOW)
    for panel in (
        ModulesPanel(desk),
        ReviewPanel(desk),
        RefresherPanel(desk),
        PartnersPanel(desk, partner_map.MODULE),
    ):
        json.dumps(panel.view, allow_nan=False).encode()


@pytest.mark.parametrize("kind", KEPT)
def test_an_odd_value_in_an_answers_file_stops_no_page(kind: str, lesson_folder: Path):
    for where, line in spoiled(KEPT[kind]):
        whole = [json.dumps(one).encode() for name, one in KEPT.items() if name != kind]
        (lesson_folder / FILE_NAME).write_bytes(b"\n".join([*whole, line, b""]))
        try:
            pages(lesson_folder)
        except Exception as error:
            raise AssertionError(where) from error


def test_a_review_after_one_that_cannot_be_read_still_counts():
    later = [_line(log.ASK, log.asking(1, WET)), _reviewed(1)]
    lost = json.dumps(_reviewed(0)).replace("20", "1e999", 1)
    lines = [lost, *map(json.dumps, later)]
    kept = log.read(answers.parse(line.encode() for line in lines))
    assert [one.number for one in kept.reviews] == [1]
    assert kept.next_number == 2


def test_a_folder_that_somebody_copied_is_no_attempt(tmp_path: Path):
    results.add(tmp_path, RESULT)
    for name in ("1 (copy)", "01x", "²"):
        (tmp_path / FOLDER / name).mkdir()
        (tmp_path / FOLDER / name / FILE_NAME).touch()
    assert results.attempt(tmp_path) == 1


def test_an_odd_value_in_a_result_stops_no_page(lesson_folder: Path):
    folder = lesson_folder / "tiny"
    folder.mkdir()
    results.add(folder, RESULT)
    path = folder / FOLDER / RESULTS
    for where, line in spoiled(json.loads(path.read_bytes())):
        path.write_bytes(line + b"\n")
        try:
            pages(lesson_folder)
            results.standing(folder)
        except Exception as error:
            raise AssertionError(where) from error
