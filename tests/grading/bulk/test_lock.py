from __future__ import annotations

import errno
import fcntl
import os
import re
from pathlib import Path

import pytest

from grading.bulk import lock
from grading.refused import Refused


def refusing(monkeypatch: pytest.MonkeyPatch, number: int) -> list[int]:
    """Every attempt to lock fails with this error."""
    tried: list[int] = []

    def lockf(handle: int, _how: int) -> None:
        tried.append(handle)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "lockf", lockf)
    monkeypatch.setattr(lock, "PATIENCE", 0.2)
    return tried


def test_a_lock_that_another_process_holds_is_waited_for_and_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    tried = refusing(monkeypatch, errno.EAGAIN)
    with pytest.raises(Refused, match="Another run is grading this class"), lock.taken(tmp_path / "lock"):
        pass
    assert len(tried) > 1


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_file_system_without_locks_is_named_at_once_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
):
    tried = refusing(monkeypatch, number)
    words = rf"{re.escape(str(tmp_path))}.* doesn't support locks.*Move the course to a local disk"
    with pytest.raises(Refused, match=words), lock.taken(tmp_path / "lock"):
        pass
    assert len(tried) == 1


@pytest.mark.parametrize("number", [errno.EPERM, errno.EIO])
def test_any_other_error_of_a_lock_is_named_at_once_and_not_taken_for_another_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
):
    tried = refusing(monkeypatch, number)
    with pytest.raises(Refused, match=re.escape(os.strerror(number))) as told, lock.taken(tmp_path / "lock"):
        pass
    assert "Another run" not in str(told.value)
    assert len(tried) == 1


def test_a_lock_that_is_denied_may_be_anothers_so_it_is_waited_for_and_both_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tried = refusing(monkeypatch, errno.EACCES)
    with pytest.raises(Refused, match=r"Permission denied.*another run") as told, lock.taken(tmp_path / "lock"):
        pass
    assert "write" in str(told.value)
    assert len(tried) > 1


def test_a_lock_file_that_cannot_be_opened_is_told_with_whose_to_ask(tmp_path: Path):
    (tmp_path / "lock").mkdir()
    with pytest.raises(Refused, match=r"lock can't be opened \(Is a directory\)"), lock.taken(tmp_path / "lock"):
        pass


def test_a_full_disk_stays_an_error_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path))

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OSError, match="No space left"), lock.taken(tmp_path / "lock"):
        pass
