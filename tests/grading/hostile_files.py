"""What may lie in a submission's folder, or in the exchange, that no page of a trainee ever handed in: named cases.

Each changes a folder that holds a good submission. Of a hard link nobody can tell whose it was first: whoever's answers
somebody linked to is told of, too, and an instructor finds them set aside. Everybody else scores what they would.
"""

from __future__ import annotations

import json
import os
import socket
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from casebook.answers import FILE_NAME

NOTEBOOK = "tiny-check.ipynb"
HUGE = 200 * 2**20
SECRET = "WHAT-NOBODY-MAY-READ"


@dataclass(frozen=True)
class Place:
    """What a case may point at: the course, another trainee's good submission, and one that is linked to."""

    root: Path
    other: Path
    linked: Path


Change = Callable[[Path, Place], None]
Score = Literal["good", "nothing"]


@dataclass(frozen=True)
class Case:
    """A change, what is left of the score, and what the instructor is told, where there is anything to tell."""

    change: Change
    score: Score = "good"
    told: str | None = None


def replaced(name: str, make: Callable[[Path, Place], object]) -> Change:
    """One file of the submission, with something else under its name."""

    def change(folder: Path, place: Place) -> None:
        (folder / name).unlink(missing_ok=True)
        make(folder / name, place)

    return change


def link(to: Callable[[Place], Path]) -> Callable[[Path, Place], None]:
    return lambda path, place: path.symlink_to(to(place))


def hard_link(to: Callable[[Place], Path]) -> Callable[[Path, Place], None]:
    return lambda path, place: os.link(to(place), path)


def sparse(path: Path, _place: Place) -> None:
    with path.open("wb") as file:
        file.truncate(HUGE)


def a_socket(path: Path, _place: Place) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's whole path has about a hundred characters
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def a_device(path: Path, _place: Place) -> None:
    """/dev/zero by number, for root; for others a link to it."""
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        path.symlink_to("/dev/zero")


def many_folders(folder: Path, _place: Place) -> None:
    deep = folder / "deep"
    for _ in range(60):
        deep = deep / "deeper"
    deep.mkdir(parents=True)
    (deep / "treasure.txt").write_text("x")


def many_files(folder: Path, _place: Place) -> None:
    (folder / "many").mkdir()
    for number in range(2_000):
        (folder / "many" / f"{number}.txt").touch()


def odd_names(folder: Path, _place: Place) -> None:
    for name in (
        "..;",
        "-rf",
        "a\nb",
        "$(touch run)",
        "`touch run`",
        "\u202etxt.gpj",
        "%s%s%n",
        "CON",
        "'; DROP TABLE grade;--",
    ):
        (folder / name).write_text("x")
    with suppress(OSError):
        (folder / os.fsdecode(b"\xff\xfe")).write_text("x")


def lines(*given: str) -> Change:
    """More lines after the good ones."""

    def change(folder: Path, _place: Place) -> None:
        with (folder / FILE_NAME).open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in given)

    return change


def rewritten(how: Callable[[bytes], bytes]) -> Change:
    def change(folder: Path, _place: Place) -> None:
        path = folder / FILE_NAME
        path.write_bytes(how(path.read_bytes()))

    return change


def answer(item: str, given: object, **more: object) -> str:
    return json.dumps({"v": 1, "at": "2026-01-05T09:00:00+00:00", "module": "tiny", "id": item, "given": given, **more})


PASSED_OVER = "could not be read and w"
TOO_MANY = "has more than 20,000 lines"
ASIDE = "was set aside: it is"

CASES: dict[str, Case] = {
    "answers that are a link to another trainee's": Case(
        replaced(FILE_NAME, link(lambda place: place.other / FILE_NAME)), "nothing", f"{FILE_NAME} {ASIDE} a link"
    ),
    "answers that are a link to the gradebook": Case(
        replaced(FILE_NAME, link(lambda place: place.root / "grading/gradebook.db")), "nothing", f"{ASIDE} a link"
    ),
    "answers that are a link to the bank": Case(
        replaced(FILE_NAME, link(lambda place: place.root / "grading/bank/tiny.yml")), "nothing", f"{ASIDE} a link"
    ),
    "answers that are a link to a device": Case(
        replaced(FILE_NAME, link(lambda _: Path("/dev/zero"))), "nothing", f"{ASIDE} a link"
    ),
    "answers that are a link to themselves": Case(
        replaced(FILE_NAME, link(lambda _: Path(FILE_NAME))), "nothing", f"{ASIDE} a link"
    ),
    "answers that are a link to nothing": Case(
        replaced(FILE_NAME, link(lambda _: Path("nowhere"))), "nothing", f"{ASIDE} a link"
    ),
    "answers that are a hard link to another trainee's": Case(
        replaced(FILE_NAME, hard_link(lambda place: place.linked / FILE_NAME)), "nothing", "(a hard link)"
    ),
    "answers that are a hard link to the gradebook": Case(
        replaced(FILE_NAME, hard_link(lambda place: place.root / "grading/gradebook.db")), "nothing", "(a hard link)"
    ),
    "answers that are a hard link to the bank": Case(
        replaced(FILE_NAME, hard_link(lambda place: place.root / "grading/bank/tiny.yml")), "nothing", "(a hard link)"
    ),
    "answers that are a pipe": Case(replaced(FILE_NAME, lambda path, _: os.mkfifo(path)), "nothing", f"{ASIDE} a pipe"),
    "answers that are a socket": Case(replaced(FILE_NAME, a_socket), "nothing", f"{ASIDE} a socket"),
    "answers that are a device": Case(replaced(FILE_NAME, a_device), "nothing", ASIDE),
    "answers that are a folder": Case(
        replaced(FILE_NAME, lambda path, _: path.mkdir()), "nothing", f"{ASIDE} a folder"
    ),
    "answers of 200 megabytes": Case(replaced(FILE_NAME, sparse), "nothing", f"{ASIDE} a file of more than 16 MB"),
    "a notebook of 200 megabytes": Case(replaced(NOTEBOOK, sparse), told=f"{NOTEBOOK} {ASIDE} a file of more than"),
    "a notebook that is a link to the bank": Case(
        replaced(NOTEBOOK, link(lambda place: place.root / "grading/bank/tiny.yml")), told=f"{NOTEBOOK} {ASIDE} a link"
    ),
    "a notebook that is a pipe": Case(replaced(NOTEBOOK, lambda path, _: os.mkfifo(path)), told=f"{ASIDE} a pipe"),
    "a notebook that is a folder": Case(replaced(NOTEBOOK, lambda path, _: path.mkdir()), told=f"{ASIDE} a folder"),
    "something more of 200 megabytes": Case(replaced("film.mp4", sparse), told=f"film.mp4 {ASIDE} a file of more"),
    "something more that is a pipe": Case(
        replaced("notes.txt", lambda path, _: os.mkfifo(path)), told=f"{ASIDE} a pipe"
    ),
    "something more that is a link to the bank": Case(
        replaced("mine.yml", link(lambda place: place.root / "grading/bank/tiny.yml")), told=f"mine.yml {ASIDE} a link"
    ),
    "public items that are a link to the bank": Case(
        replaced("items.json", link(lambda place: place.root / "grading/bank/tiny.yml")), told=f"{ASIDE} a link"
    ),
    "a folder of the whole disk": Case(replaced("disk", link(lambda _: Path("/"))), told=f"disk {ASIDE} a link"),
    "folders in folders in folders": Case(many_folders, told=f"deep {ASIDE} a folder"),
    "thousands of files": Case(many_files, told=f"many {ASIDE} a folder"),
    "names that mean something to shells and screens": Case(odd_names),
    "a time that is no time": Case(
        replaced("timestamp.txt", lambda path, _: path.write_text("tomorrow")), told=f"timestamp.txt {ASIDE} no time"
    ),
    "a time after the last year": Case(replaced("timestamp.txt", lambda path, _: path.write_text("99999-01-01 00:00"))),
    "a time in the future": Case(replaced("timestamp.txt", lambda path, _: path.write_text("2999-01-01 09:00:00 UTC"))),
    "a time that is a link to the bank": Case(
        replaced("timestamp.txt", link(lambda place: place.root / "grading/bank/tiny.yml")), told="timestamp.txt"
    ),
    "a time that is no text": Case(replaced("timestamp.txt", lambda path, _: path.write_bytes(b"\xff\xfe\x00"))),
    "an item that does not exist": Case(lines(answer("no-such-item", {"choice": "a"}))),
    "an item whose name is a path": Case(lines(answer("../../grading/bank/tiny", {"choice": "a"}))),
    "an item whose name is no name": Case(
        lines('{"v": 1, "at": "", "module": "tiny", "id": 7, "given": {}}'), told=PASSED_OVER
    ),
    "answers given in the future": Case(lines(answer("tiny-owner", {"choice": "b"}, at="2999-01-01T00:00:00+00:00"))),
    "answers given at no time": Case(lines(answer("tiny-owner", {"choice": "b"}, at="half past nine"))),
    "the same answer a thousand times": Case(lines(*[answer("tiny-owner", {"choice": "b"})] * 1_000)),
    "another answer, and then the good one again": Case(
        lines(answer("tiny-owner", {"choice": "a"}), answer("tiny-owner", {"choice": "b"}))
    ),
    "the same key twice in a line": Case(
        lines('{"v": 1, "at": "", "module": "x", "module": "tiny", "id": "tiny-owner", "given": {"choice": "b"}}')
    ),
    "marks and times of its own": Case(lines(answer("tiny-owner", {"choice": "b"}, marks=1000, max_score=0, rev=7))),
    "a mark of byte order": Case(rewritten(lambda text: b"\xef\xbb\xbf" + text)),
    "line ends of another system": Case(rewritten(lambda text: text.replace(b"\n", b"\r\n"))),
    "answers in UTF-16": Case(rewritten(lambda text: text.decode().encode("utf-16"))),
    "zeros between the lines": Case(rewritten(lambda text: text.replace(b"\n", b"\n\0\0\0\n")), told=PASSED_OVER),
    "a last line that was torn off": Case(rewritten(lambda text: text + b'{"v": 1, "at": "2026'), told=PASSED_OVER),
    "ten megabytes of rubbish after the good lines": Case(
        rewritten(lambda text: text + b"x\n" * 5_000_000), told=TOO_MANY
    ),
}
