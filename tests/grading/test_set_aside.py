from __future__ import annotations

from pathlib import Path

import pytest

from grading import set_aside


@pytest.fixture
def eve(tmp_path: Path) -> Path:
    folder = tmp_path / "grading/submitted/eve/tiny"
    folder.mkdir(parents=True)
    return folder


def test_a_name_as_long_as_names_can_be_is_set_aside_each_time(eve: Path, tmp_path: Path):
    others = tmp_path / "others.jsonl"
    others.write_text("another's answers")
    for _ in range(3):
        (eve / "answers.jsonl").unlink(missing_ok=True)
        (eve / "answers.jsonl").symlink_to(others)
        (eve / ("a" * 255)).symlink_to(others)
        assert {left.name for left in set_aside.tidy(eve)} == {"answers.jsonl", "a" * 255}
        assert [path.name for path in eve.iterdir() if path.is_symlink()] == []
    kept = tmp_path / "grading/set-aside/eve"
    assert sorted(path.name for path in kept.iterdir()) == ["tiny", "tiny.2", "tiny.3"]
    assert all(len(list(folder.iterdir())) == 2 for folder in kept.iterdir())


def test_what_cannot_be_looked_over_is_not_given_to_nbgrader(eve: Path, monkeypatch: pytest.MonkeyPatch):
    def refuses(_folder: Path) -> list[set_aside.Left]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(set_aside, "tidy", refuses)
    with pytest.raises(SystemExit, match=r"Nothing of it was graded\. Move this folder"):
        set_aside.before_autograding([str(eve / "tiny-check.ipynb")])
