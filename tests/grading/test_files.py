from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from grading import files


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize(
    ("mask", "mode"), [(0o022, 0o640), (0o027, 0o640), (0o007, 0o660), (0o000, 0o660), (0o077, 0o600)]
)
def test_others_can_read_nothing_and_the_group_what_the_umask_leaves_it(mask: int, mode: int, tmp_path: Path):
    os.umask(mask)
    files.write(tmp_path / "new/a.csv", b"names")
    assert (tmp_path / "new/a.csv").stat().st_mode & 0o777 == mode


def test_a_file_that_others_could_read_is_closed_when_it_is_written_anew(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes(b"old")
    (tmp_path / "a.csv").chmod(0o644)
    files.write(tmp_path / "a.csv", b"new")
    assert (tmp_path / "a.csv").read_bytes() == b"new"
    assert (tmp_path / "a.csv").stat().st_mode & 0o007 == 0


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError("full")

    files.write(tmp_path / "a.csv", b"old")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="full"):
        files.write(tmp_path / "a.csv", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"old"
