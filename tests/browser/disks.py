"""Disks that are full and folders that cannot be written to, made as well as this machine allows."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path
from typing import Protocol

import psutil
from jupyter_client import BlockingKernelClient


class Disk(Protocol):
    """The disk that a trainee's answers are kept on."""

    def fill(self, kernel: psutil.Process) -> None:
        """Nothing more can be written where ``kernel`` works."""

    def make_room(self, kernel: psutil.Process) -> None:
        """It can again."""


class SmallDisk:
    """A disk of 400 kB, really full: for root, where it may mount."""

    def fill(self, kernel: psutil.Process) -> None:
        with (Path(kernel.cwd()) / "ballast").open("wb", buffering=0) as ballast:
            while _takes_more(ballast):
                pass

    def make_room(self, kernel: psutil.Process) -> None:
        (Path(kernel.cwd()) / "ballast").unlink()


def _takes_more(file: RawIOBase) -> bool:
    try:
        return bool(file.write(b"x" * 512))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return False


class Limit:
    """A limit on how long the kernel's files may become: for everybody, everywhere."""

    def fill(self, kernel: psutil.Process) -> None:
        # Ten bytes of the next answer find room: it is torn.
        self._set(kernel, (Path(kernel.cwd()) / "answers.jsonl").stat().st_size + 10)

    def make_room(self, kernel: psutil.Process) -> None:
        self._set(kernel, -1)

    def _set(self, kernel: psutil.Process, most: int) -> None:
        client = BlockingKernelClient(connection_file=kernel.cmdline()[-1])
        client.load_connection_file()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=30)
            limit = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, resource.RLIM_INFINITY))"
            reply = client.execute(f"import resource; {limit}", store_history=False, reply=True, timeout=30)
            assert reply["content"]["status"] == "ok"
        finally:
            client.stop_channels()


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Puts ``folder`` and what is in it on a disk of 400 kB."""
    aside = folder.with_name(f"{folder.name}-aside")
    folder.rename(aside)
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)], check=True)
    try:
        shutil.copytree(aside, folder, dirs_exist_ok=True)
        yield
    finally:
        # The kernel still works there: the folder goes now, the disk with the last who uses it.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def may_mount(folder: Path) -> bool:
    """Whether this user may mount a disk on this machine; tried out at ``folder``."""
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, check=False, capture_output=True).returncode:
        return False
    subprocess.run(["umount", str(folder)], check=True)
    return True


def bound_by_permissions() -> list[str]:
    """What stands before a command that must be refused what a folder's permissions refuse: root would not be."""
    if os.geteuid():
        return []
    without = "-dac_override,-dac_read_search"
    return ["setpriv", f"--inh-caps={without}", f"--bounding-set={without}", "--"]
