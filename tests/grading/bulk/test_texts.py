from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading import bank, graded_notebook
from grading.bulk import texts
from grading.scoring import Scorer
from tests.grading import a_class

CHECKS = tuple(bank.course().titles)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(anything)
def test_a_value_is_written_as_json_itself_writes_it(value: Any):
    assert texts._json(value, 0) == json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)


@pytest.mark.parametrize("check", CHECKS)
def test_a_graded_notebook_is_written_as_nbformat_writes_it(check: str, tmp_path: Path):
    source = bank.ROOT / "course/source" / check / f"{check}-check.ipynb"
    blank = texts.Blank(source)
    for seed in range(3):
        folder = tmp_path / str(seed)
        folder.mkdir()
        a_class.keep(folder, a_class.by_chance(check, seed))
        scorer = Scorer(check, folder)
        assert blank.graded(scorer) == nbformat.writes(graded_notebook.rebuilt(source, scorer))


def test_what_could_not_be_read_is_said_in_the_notebook(tmp_path: Path):
    check = "first-contact"
    source = bank.ROOT / "course/source" / check / f"{check}-check.ipynb"
    (tmp_path / "answers.jsonl").write_text("torn\n")
    scorer = Scorer(check, tmp_path)
    text = texts.Blank(source).graded(scorer)
    assert "1 line of the answers file could not be read" in text
    assert "We didn't get any answers for this check." in text
    assert text == nbformat.writes(graded_notebook.rebuilt(source, scorer))


def test_one_trainees_notebook_leaves_nothing_in_the_next(tmp_path: Path):
    check = "first-contact"
    source = bank.ROOT / "course/source" / check / f"{check}-check.ipynb"
    folders = [tmp_path / name for name in "ab"]
    for seed, folder in enumerate(folders):
        folder.mkdir()
        a_class.keep(folder, a_class.by_chance(check, seed))
    blank = texts.Blank(source)
    first, second = (blank.graded(Scorer(check, folder)) for folder in folders)
    assert first != second
    assert blank.graded(Scorer(check, folders[0])) == first
