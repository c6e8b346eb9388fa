from __future__ import annotations

from pathlib import Path

import pytest

from authoring import appending, yamlfile
from authoring.problems import BadContent, Problem

ENTRY = "- id: new\n  text: >-\n    Words.\n"


def added(tmp_path: Path, before: str) -> str:
    path = tmp_path / "file.yml"
    path.write_bytes(before.encode())
    appending.append(path, "items", ENTRY, list)
    assert yamlfile.read(path).data["items"][-1] == {"id": "new", "text": "Words."}
    return path.read_bytes().decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("items: []\n", "items:\n  - id: new\n"),
        ("items: [ ]  # none yet\n", "items:  # none yet\n  - id: new\n"),
        ("items:\n- id: a\n", "items:\n- id: a\n\n- id: new\n  text"),
        ("items:\n    - id: a\n    - id: b", "items:\n    - id: a\n    - id: b\n    - id: new\n      text"),
        ("items:\n  - id: a\n\n  - id: b\n# end\n", "items:\n  - id: a\n\n  - id: b\n# end\n\n  - id: new\n"),
        ("items:\n  - id: a\n\n", "items:\n  - id: a\n\n  - id: new\n"),
        ("items:\r\n  - id: a\r\n", "items:\r\n  - id: a\r\n\r\n  - id: new\r\n    text: >-\r\n"),
    ],
)
def test_it_is_added_as_the_others_are_written(tmp_path: Path, before: str, after: str):
    assert added(tmp_path, before).startswith(after)


@pytest.mark.parametrize("before", ["items: [{id: a}]\n", "items:\n  - id: a\nmore: 1\n", "items:\n  []\n"])
def test_where_it_cannot_be_added_the_file_is_left_as_it_was(tmp_path: Path, before: str):
    with pytest.raises(BadContent):
        added(tmp_path, before)
    assert (tmp_path / "file.yml").read_text(encoding="utf-8") == before
    assert len(list(tmp_path.iterdir())) == 1


def test_what_brings_a_new_problem_is_taken_back(tmp_path: Path):
    path = tmp_path / "file.yml"
    path.write_text("items:\n  - id: a\n", encoding="utf-8")
    old, new = (Problem(path, n, "Odd.", "Mend it.") for n in (1, 3))
    with pytest.raises(BadContent, match="so the file was left as it was"):
        appending.append(path, "items", ENTRY, lambda: [old, new] if "new" in path.read_text() else [old])
    assert path.read_text(encoding="utf-8") == "items:\n  - id: a\n"
