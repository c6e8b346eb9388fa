"""Two hundred answers files, graded in three ways: each cell gets the same from nbgrader, in bulk, and alone."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casebook.answers import FILE_NAME
from casebook.results import Result
from grading import alone, settings
from grading.bulk.autograde import autograde
from grading.bulk.feedback import generate
from tests.grading import a_class, two_hundred
from tests.grading.machine import autograded, gradebook
from tests.grading.two_hundred import CHECKS, FILES

NOW = datetime(2026, 1, 6, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Both:
    """The same class, graded by nbgrader's own steps and in bulk."""

    trainees: list[tuple[str, str]]
    single: Path
    bulk: Path


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    base = tmp_path_factory.mktemp("same")
    single = a_class.course(base / "single")
    steps = a_class.steps(single, *CHECKS)
    trainees = two_hundred.hand_in(single)
    with gradebook(single) as book:
        book.add_student(trainees[0][0], first_name="Zoë", last_name="<Lind>")
    bulk = base / "bulk"
    shutil.copytree(single, bulk)
    for check in CHECKS:
        steps.autograde(check)
        steps.generate_feedback(check)
        config = settings.load(bulk)
        report = autograde(config, check, processes=2)
        assert len(report.graded) == len(autograded(single, check))
        generate(config, check, processes=2)
    return Both(trainees, single, bulk)


def graded_alone(root: Path, student: str, check: str, folder: Path) -> Result:
    shutil.copytree(a_class.submitted(root, student, check), folder)
    return alone.grade(folder, check, NOW, who=student)


def test_in_bulk_every_row_of_the_gradebook_is_the_same(both: Both):
    single, bulk = a_class.rows(both.single), a_class.rows(both.bulk)
    assert len(single["submissions"]) == len(both.trainees) >= FILES
    assert bulk == single


def test_in_bulk_every_notebook_is_the_same_byte_for_byte(both: Both):
    single, bulk = a_class.notebooks(both.single), a_class.notebooks(both.bulk)
    assert len(single) >= FILES
    assert bulk.keys() == single.keys()
    assert [path for path in single if bulk[path] != single[path]] == []


def test_in_bulk_every_page_is_the_same_byte_for_byte(both: Both):
    single, bulk = a_class.pages(both.single), a_class.pages(both.bulk)
    assert len(single) >= FILES
    assert bulk.keys() == single.keys()
    assert [path for path in single if bulk[path] != single[path]] == []
    named = "For Zoë &lt;Lind&gt;.".encode()
    assert {path.split("/")[0] for path, page in bulk.items() if named in page} == {both.trainees[0][0]}


def test_alone_each_cell_has_the_marks_that_nbgrader_gives(both: Both, tmp_path: Path):
    given = {check: autograded(both.single, check) for check in CHECKS}
    scores = set()
    for student, check in both.trainees:
        result = graded_alone(both.single, student, check, tmp_path / student)
        wanted = given[check][student]
        assert {one.id: one.marks for one in result.scores} == pytest.approx(wanted), (student, check)
        assert result.score == pytest.approx(sum(mark or 0 for mark in wanted.values()))
        scores.add((check, result.score))
    assert len(scores) > FILES / 3  # they were not all alike


def test_the_files_hold_answers_of_every_sort(both: Both):
    texts = [path.read_text() for path in both.single.glob(f"grading/submitted/*/*/{FILE_NAME}")]
    answers = [json.loads(line) for text in texts for line in text.splitlines()]
    assert len(answers) > 10 * FILES
    assert len({json.dumps(answer["given"]) for answer in answers}) > FILES / 2


def test_who_gave_no_answer_at_all_gets_nothing(both: Both, tmp_path: Path):
    for check in CHECKS:
        folder = shutil.copytree(both.single / "course/source" / check, tmp_path / check)
        result = alone.grade(folder, check, NOW)
        assert (result.score, result.met) == (0, False)
        assert result.most == sum(one.most for one in result.scores)
