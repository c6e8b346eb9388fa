from __future__ import annotations

from pathlib import Path

import pytest

from authoring import files


def test_a_file_is_replaced_with_its_permissions_and_nothing_is_left_beside_it(tmp_path: Path):
    path = tmp_path / "text.md"
    path.write_bytes(b"old")
    path.chmod(0o640)
    files.replace(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_goes_on_pointing_to_the_file_that_is_replaced(tmp_path: Path):
    path, link = tmp_path / "text.md", tmp_path / "link.md"
    path.write_bytes(b"old")
    link.symlink_to(path)
    files.replace(link, b"new")
    assert (path.read_bytes(), link.is_symlink()) == (b"new", True)


def test_what_cannot_be_replaced_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "text.md"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.replace(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_new_files_are_made_all_or_none(tmp_path: Path):
    there = tmp_path / "b"
    there.write_bytes(b"there")
    with pytest.raises(FileExistsError):
        files.make({tmp_path / "a": b"new", there: b"new"})
    assert list(tmp_path.iterdir()) == [there]
    assert there.read_bytes() == b"there"
