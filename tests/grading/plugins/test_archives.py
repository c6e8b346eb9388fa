"""Archives of a learning platform, unpacked with care by nbgrader's own ``zip_collect``."""

from __future__ import annotations

import gzip
import io
import random
import shutil
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.answers import FILE_NAME
from grading.bank import ROOT
from grading.nbgrader_steps import Steps
from tests.grading.in_process import Said, nbgrader
from tests.grading.machine import Machine, marks

GOOD = {"tiny-owner": 2, "tiny-return": 1.5}
LINES = (
    '{"v": 1, "at": "", "module": "tiny", "id": "tiny-owner", "given": {"choice": "b"}}\n'
    '{"v": 1, "at": "", "module": "tiny", "id": "tiny-return", "given": {"choices": ["a"]}}\n'
)
NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
MEGABYTE = b"\0" * 2**20


def zipped(members: dict[str, bytes | str]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)

    return make


def bomb(path: Path) -> None:
    """300 MB in 300 kB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("tiny-check.ipynb", "w") as member:
        for _ in range(300):
            member.write(MEGABYTE)


def bomb_in_a_bomb(path: Path) -> None:
    inner = path.with_name("inner.zip")
    bomb(inner)
    zipped({"inner.zip": inner.read_bytes(), "tiny-check.ipynb": NOTEBOOK})(path)
    inner.unlink()


def many_members(path: Path) -> None:
    zipped({f"{number}.txt": "" for number in range(2_000)})(path)


def tar_bomb(path: Path) -> None:
    """A tar file that says it holds a member of 10 GB."""
    said = tarfile.TarInfo("tiny-check.ipynb")
    said.size = 10 * 2**30
    path.write_bytes(gzip.compress(said.tobuf()))


def tar_links(path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        link = tarfile.TarInfo("bank.ipynb")
        link.type, link.linkname = tarfile.SYMTYPE, str(ROOT / "grading/bank/final.yml")
        archive.addfile(link)
        data = NOTEBOOK.encode()
        member = tarfile.TarInfo("tiny-check.ipynb")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))


def a_lying_size(path: Path) -> None:
    """Its table of contents says 10 bytes, and 300 MB follow."""
    bomb(path)
    data = path.read_bytes()
    size = (300 * 2**20).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (10).to_bytes(4, "little")))


def tar_link_to_itself(path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        link = tarfile.TarInfo("a")
        link.type, link.linkname = tarfile.SYMTYPE, "a"
        archive.addfile(link)


def tar_links_to_one_large(path: Path) -> None:
    """60 MB, twenty times: links have no size of their own."""
    with tarfile.open(path, "w:gz") as archive:
        large = tarfile.TarInfo("large")
        large.size = 60 * 2**20
        archive.addfile(large, io.BytesIO(bytes(large.size)))
        for number in range(20):
            link = tarfile.TarInfo(f"{number}.ipynb")
            link.type, link.linkname = tarfile.LNKTYPE, "large"
            archive.addfile(link)


def tar_long_name(path: Path) -> None:
    """A name of 300 MB, which whoever reads it has in memory whole."""
    name = tarfile.TarInfo("././@LongLink")
    name.type, name.size = tarfile.GNUTYPE_LONGNAME, 300 * 2**20
    with gzip.open(path, "wb", compresslevel=1) as archive:
        archive.write(name.tobuf(tarfile.GNU_FORMAT))
        for _ in range(300):
            archive.write(MEGABYTE)


def broken_lzma(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(FILE_NAME, random.Random(1).randbytes(3000))  # noqa: S311 - the same each time
    data = bytearray(path.read_bytes())
    data[60:200] = b"\xff" * 140
    path.write_bytes(data)


def windows_name(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        member = zipfile.ZipInfo("x")
        member.filename = f"tiny\\{FILE_NAME}"
        archive.writestr(member, LINES)


LEFT_OUT: dict[str, tuple[str, Callable[[Path], None]]] = {
    "larger than any submission can be": ("bomb.zip", bomb),
    "of too many files": ("many.zip", many_members),
    "a tar file that is larger than any submission can be": ("tarbomb.gz", tar_bomb),
    "one that points outside its folder": ("up.zip", zipped({"../../../../gradebook.db": "gone", "x": ""})),
    "one that begins at the root": ("root.zip", zipped({"/etc/casebook": "gone"})),
    "one that points outside by another system's signs": ("back.zip", zipped({"..\\..\\evil.ipynb": "gone"})),
    "a tar file with a link to itself": ("itself.tar.gz", tar_link_to_itself),
    "a tar file of links to one large file": ("many-links.tar.gz", tar_links_to_one_large),
    "a tar file with a name of 300 MB": ("long-name.tar.gz", tar_long_name),
    "one that is broken where it is packed": ("lzma.zip", broken_lzma),
    "one with names as only Windows has them": ("windows.zip", windows_name),
    "no archive at all": ("nothing.zip", lambda path: path.write_bytes(b"this is no archive") and None),
    "empty": ("empty.zip", lambda path: path.write_bytes(b"") and None),
    "packed, but nothing that was packed together": (
        "single.gz",
        lambda path: path.write_bytes(gzip.compress(b"x")) and None,
    ),
    "torn off": (
        "torn.zip",
        lambda path: (zipped({"a": "b" * 9000})(path), path.write_bytes(path.read_bytes()[:-40]))[0],
    ),
}
TAKEN: dict[str, Callable[[Path], None]] = {
    "honest": zipped({"tiny-check.ipynb": NOTEBOOK, FILE_NAME: LINES}),
    "nested": bomb_in_a_bomb,
}


@pytest.fixture(scope="module")
def collected(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    base = tmp_path_factory.mktemp("zips")
    (base / "home").mkdir()
    root = Path(shutil.copytree(small_built, base / "course"))
    Steps(root).generate_assignment("tiny")
    with (root / "nbgrader_config.py").open("a") as config:
        config.write('\nc.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>\\w+)/(?P<file_id>[^/]+)$"\n')
    archives = root / "downloaded/tiny/archive"
    archives.mkdir(parents=True)
    for name, make in TAKEN.items():
        make(archives / f"{name}.zip")
    for name, make in LEFT_OUT.values():
        make(archives / name)
    tar_links(archives / "linked.tar.gz")
    a_lying_size(archives / "lying.zip")
    machine = Machine(root, base / "home", root)
    ran = machine.run("nbgrader", "zip_collect", "tiny", seconds=600)
    assert ran.returncode == 0, ran.stderr
    Machine(root, base / "home", ROOT).run("python", "-m", "grading", "autograde", seconds=600)
    return root, ran.stderr


def test_an_honest_archive_is_unpacked_with_its_answers_and_graded(collected: tuple[Path, str]):
    assert marks(collected[0], "tiny")["honest"] == GOOD


@pytest.mark.parametrize("case", LEFT_OUT)
def test_what_is_no_submission_is_left_where_it_is_and_named(collected: tuple[Path, str], case: str):
    root, said = collected
    name = LEFT_OUT[case][0]
    assert [line for line in said.splitlines() if f"{name} was left out: " in line]
    assert (root / "downloaded/tiny/archive" / name).exists()
    assert not (root / "downloaded/tiny/extracted" / Path(name).stem).is_dir()


def test_an_archive_within_an_archive_stays_packed(collected: tuple[Path, str]):
    extracted = collected[0] / "downloaded/tiny/extracted/nested"
    assert sorted(path.name for path in extracted.iterdir()) == ["inner.zip", "tiny-check.ipynb"]


def test_nothing_was_written_beside_its_own_folder(collected: tuple[Path, str]):
    root, _ = collected
    assert not Path("/etc/casebook").exists()
    assert (root / "grading/gradebook.db").read_bytes().startswith(b"SQLite")
    assert not [path for path in root.rglob("*evil*") if path.is_file()]


def test_all_that_was_unpacked_is_plain_and_small(collected: tuple[Path, str]):
    files = [path for path in (collected[0] / "downloaded/tiny/extracted").rglob("*") if not path.is_dir()]
    assert files
    assert all(path.is_file() and not path.is_symlink() for path in files)
    assert sum(path.stat().st_size for path in files) < 2**20


def test_a_link_in_an_archive_brings_nothing_of_the_bank(collected: tuple[Path, str]):
    root, _ = collected
    bank = (ROOT / "grading/bank/final.yml").read_bytes()[:200]
    places = [root / "downloaded/tiny/extracted", root / "grading/submitted"]
    assert not [path for place in places for path in place.rglob("*") if path.is_file() and bank in path.read_bytes()]


def test_nobody_hears_a_traceback(collected: tuple[Path, str]):
    assert "Traceback" not in collected[1]


BY_FOLDER = r".*/(?P<student_id>[^/]+)/(?P<file_id>[^/]+)$"
BY_NAME = r".*_(?P<student_id>\w+)_attempt_(?P<timestamp>[0-9\-]+)_(?P<file_id>.+)"
WRONG = LINES.replace('"b"', '"a"')


@pytest.fixture
def course(tiny_ready: Path, tmp_path: Path) -> Path:
    root = Path(shutil.copytree(tiny_ready, tmp_path / "course"))
    (root / "downloaded/tiny/archive").mkdir(parents=True)
    return root


def brought(course: Path, pattern: str = BY_FOLDER, **archives: dict[str, bytes | str]) -> Said:
    for name, members in archives.items():
        zipped(members)(course / f"downloaded/tiny/archive/{name}.zip")
    return nbgrader(course, "zip_collect", "tiny", f"--FileNameCollectorPlugin.named_regexp={pattern}")


def answers(course: Path) -> dict[str, str]:
    return {path.parts[-3]: path.read_text() for path in (course / "grading/submitted").glob(f"*/tiny/{FILE_NAME}")}


def test_a_folder_in_a_trainees_archive_hands_in_for_nobody_else(course: Path):
    said = brought(course, ana={FILE_NAME: LINES}, eve={FILE_NAME: LINES, f"ben/{FILE_NAME}": WRONG})
    assert answers(course) == {"ana": LINES, "eve": LINES}
    assert said.of("it says it's from ben, but eve handed it in")


def test_a_folder_in_a_trainees_archive_takes_no_place_of_anothers_own(course: Path):
    said = brought(course, ben={FILE_NAME: LINES}, eve={FILE_NAME: LINES, f"ben/{FILE_NAME}": WRONG})
    assert (said.code, answers(course)) == (0, {"ben": LINES, "eve": LINES})


def test_the_platforms_own_archive_of_the_whole_class_is_taken(course: Path):
    said = brought(course, submissions={f"ana/{FILE_NAME}": LINES, f"ben/{FILE_NAME}": WRONG})
    assert answers(course) == {"ana": LINES, "ben": WRONG}
    assert len(said.of("submissions looks like the platform's own archive of the whole class")) == 1


def test_a_file_that_its_trainee_named_like_anothers_is_left_out(course: Path):
    for name, lines in (
        (f"tiny_ben_attempt_2026-01-05-09-00-00_{FILE_NAME}", LINES),
        (f"tiny_eve_attempt_2026-01-05-09-00-00_x_ben_attempt_2026-02-05-09-00-00_{FILE_NAME}", WRONG),
    ):
        (course / "downloaded/tiny/archive" / name).write_text(lines)
    said = brought(course, BY_NAME)
    assert answers(course) == {"ben": LINES}
    assert said.of("it says it's from ben, but eve handed it in")


def test_two_files_of_one_name_and_a_time_that_is_none_stop_nobody(course: Path):
    folder = course / "downloaded/tiny/archive"
    for name in (f"tiny_eve_attempt_9999-99-99_{FILE_NAME}", f"tiny_zoe_attempt_2026-01-05-09-00-00_{FILE_NAME}"):
        (folder / name).write_text(LINES)
    assert brought(course, BY_NAME).of("there's no time in its name")
    assert answers(course).keys() == {"eve", "zoe"}
    shutil.rmtree(course / "downloaded")
    shutil.rmtree(course / "grading/submitted")
    folder.mkdir(parents=True)
    said = brought(
        course,
        r".*extracted/(?P<student_id>\w+)/(.*/)?(?P<file_id>[^/]+)$",
        eve={f"a/{FILE_NAME}": LINES, f"b/{FILE_NAME}": WRONG},
        zoe={FILE_NAME: LINES},
    )
    assert (said.code, answers(course)) == (0, {"eve": LINES, "zoe": LINES})
    assert said.of(f"eve already has a {FILE_NAME}")


def test_a_trainees_own_time_does_not_count_beside_the_platforms(course: Path):
    folder = course / "downloaded/tiny/archive"
    (folder / f"tiny_eve_attempt_2026-01-05-09-00-00_{FILE_NAME}").write_text(LINES)
    (folder / "tiny_eve_attempt_2026-01-05-09-00-00_timestamp.txt").write_text("2020-01-01 09:00:00 UTC")
    assert brought(course, BY_NAME).of("own doesn't count")
    assert "2020" not in (course / "grading/submitted/eve/tiny/timestamp.txt").read_text()


def with_modes(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, mode in ((FILE_NAME, 0o100000), ("run.txt", 0o104755)):
            member = zipfile.ZipInfo(name)
            member.external_attr = mode << 16
            archive.writestr(member, LINES)


def tar_with_modes(path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for name, mode in ((FILE_NAME, 0), ("run.txt", 0o6777)):
            member = tarfile.TarInfo(name)
            member.mode, member.size = mode, len(LINES)
            archive.addfile(member, io.BytesIO(LINES.encode()))


def test_no_file_has_the_mode_that_its_archive_says(course: Path):
    with_modes(course / "downloaded/tiny/archive/eve.zip")
    tar_with_modes(course / "downloaded/tiny/archive/mal.tar.gz")
    brought(course)
    assert answers(course) == {"eve": LINES, "mal": LINES}
    modes = {path.stat().st_mode & 0o7777 for path in (course / "downloaded/tiny/extracted").rglob("*.*")}
    assert all(mode & 0o7111 == 0 and mode & 0o600 == 0o600 for mode in modes), modes
