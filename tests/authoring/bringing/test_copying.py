from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from authoring.bringing import back, copying
from authoring.problems import BadContent, Refused

each = pytest.mark.parametrize("made", ["course/modules/02-tiny.ipynb", "course/source/tiny/tiny-check.ipynb"])


@each
def test_a_copy_is_not_locked_and_is_no_page_of_the_course(small: Path, made: str):
    copy = copying.copy(small, small / made)
    assert copy == small / f"edit-{Path(made).name}"
    nbformat.validate(nbformat.read(copy, as_version=4))
    data = json.loads(copy.read_text(encoding="utf-8"))
    assert "casebook" not in data["metadata"]
    assert all({"editable", "deletable", "jupyter"}.isdisjoint(cell["metadata"]) for cell in data["cells"])


@each
def test_a_copy_that_nobody_edited_changes_nothing(small: Path, made: str):
    brought = back.bring(small, copying.copy(small, small / made))
    assert (brought.changes, brought.kept, brought.left) == ((), (), ())


def test_a_copy_of_a_copy_can_be_brought_back_too(small: Path):
    first = copying.copy(small, small / "course/modules/02-tiny.ipynb")
    second = copying.copy(small, first.rename(small / "mine.ipynb"))
    assert back.bring(small, second).changes == ()


def test_a_copy_that_may_hold_words_is_not_overwritten(small: Path):
    copy = copying.copy(small, small / "course/modules/02-tiny.ipynb")
    copy.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="already exists, and may have your edits in it"):
        copying.copy(small, small / "course/modules/02-tiny.ipynb")
    assert copy.read_text(encoding="utf-8") == "mine"


def test_what_is_no_notebook_of_the_course_is_not_copied(small: Path):
    with pytest.raises(BadContent, match="doesn't exist"):
        copying.copy(small, small / "other.ipynb")
