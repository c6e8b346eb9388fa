"""Whatever lies in a submission's folder: no score is raised, nothing outside is read, and the class is graded.

Each case is played in two ways: handed in through nbgrader's exchange, where anybody may write, and planted on the
instructor's own disk after collecting. Both classes are graded by ``nbgrader autograde`` and in bulk.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from casebook.answers import FILE_NAME, Answer, append
from grading.bank import ROOT
from grading.nbgrader_steps import Steps
from tests.grading import machine
from tests.grading.hostile_files import CASES, NOTEBOOK, PASSED_OVER, TOO_MANY, Place
from tests.grading.machine import Machine, marks

AT = "2026-01-05T09:00:00+00:00"
GOOD = {"tiny-owner": 2, "tiny-return": 1.5}
NOTHING = {"tiny-owner": 0, "tiny-return": 0}
HONEST = ("aa-first-of-the-class", "other", "zz-last-of-the-class")
LINKED = "whose-answers-somebody-linked-to"
ON_THE_PAGE = (PASSED_OVER, TOO_MANY)
WAYS = {
    "single": (["nbgrader", "autograde", "tiny"], ["nbgrader", "generate_feedback", "tiny"]),
    "bulk": (["python", "-m", "grading", "autograde"], ["python", "-m", "grading", "feedback"]),
}


def name_of(case: str) -> str:
    return "".join(letter for letter in case.replace(" ", "-") if letter.isalnum() or letter == "-")


@dataclass(frozen=True)
class Graded:
    """A class with the cases in it, after grading and making pages in one way."""

    root: Path
    collected: subprocess.CompletedProcess[str] | None
    said: subprocess.CompletedProcess[str]
    pages: subprocess.CompletedProcess[str]
    marks: dict[str, dict[str, float | None]]


def good(folder: Path, small_built: Path) -> Path:
    shutil.copytree(small_built / "course/source/tiny", folder)
    append(folder / FILE_NAME, Answer("tiny", "tiny-owner", {"choice": "b"}, AT))
    append(folder / FILE_NAME, Answer("tiny", "tiny-return", {"choices": ["a"]}, AT))
    (folder / "timestamp.txt").write_text("2026-01-05 09:00:00.000000 UTC")
    (folder / "submission_secret.txt").write_text(f"secret of {folder}")
    return folder


@pytest.fixture(scope="module", params=[f"{where}, {how}" for where in ("handed in", "planted") for how in WAYS])
def graded(request: pytest.FixtureRequest, small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    where, how = request.param.split(", ")
    base = tmp_path_factory.mktemp("files")
    (base / "home").mkdir()
    root = Path(shutil.copytree(small_built, base / "course"))
    instructor = Machine(root, base / "home", ROOT if how == "bulk" else root)
    steps = Steps(root, cache=base / "cache")
    steps.generate_assignment("tiny")
    steps.release_assignment("tiny")
    inbound, submitted = root / "exchange/victim-services/inbound", root / "grading/submitted"
    handed_in = where == "handed in"
    for name in HONEST:
        good(_folder(inbound, submitted, name, handed_in), small_built)
    linked = good(_folder(inbound, submitted, LINKED, handed_in), small_built)
    place = Place(root, _folder(inbound, submitted, "other", handed_in), linked)
    for case, played in CASES.items():
        played.change(good(_folder(inbound, submitted, name_of(case), handed_in), small_built), place)
    collected = None
    if handed_in:
        _odd_entries(inbound)
        collected = Machine(root, base / "home", root).run("nbgrader", "collect", "tiny", seconds=600)
    said, pages = (instructor.run(*words, seconds=600) for words in WAYS[how])
    return Graded(root, collected, said, pages, marks(root, "tiny"))


def _folder(inbound: Path, submitted: Path, name: str, handed_in: bool) -> Path:
    return inbound / f"{name}+tiny+2026-01-05 09:00:00.000000 UTC+abcdef" if handed_in else submitted / name / "tiny"


def _odd_entries(inbound: Path) -> None:
    """What may lie in a folder where anybody may write."""
    (inbound / "..+tiny+2026-01-05 09:00:00.000000 UTC+x").mkdir()
    (inbound / "no-time+tiny+whenever+x").mkdir()
    (inbound / "a-file+tiny+2026-01-05 09:00:00.000000 UTC+x").write_text("no folder")
    (inbound / "a-link+tiny+2026-01-05 09:00:00.000000 UTC+x").symlink_to("/etc")
    (inbound / f"{'long' * 40}+tiny+2026-01-05 09:00:00.000000 UTC+x").mkdir()


@pytest.mark.parametrize("case", CASES)
def test_it_scores_what_its_own_readable_answers_are_worth_and_no_more(graded: Graded, case: str):
    wanted = GOOD if CASES[case].score == "good" else NOTHING
    found = graded.marks[name_of(case)]
    assert found == wanted


@pytest.mark.parametrize("name", HONEST)
def test_everybody_else_is_graded(graded: Graded, name: str):
    assert graded.marks[name] == GOOD


def test_whose_answers_were_linked_to_is_told_of_and_finds_them_set_aside(graded: Graded):
    heard = "".join(ran.stdout + ran.stderr for ran in (graded.collected, graded.said) if ran)
    assert [line for line in heard.splitlines() if LINKED in line and "(a hard link)" in line]
    aside, inbound = graded.root / "grading/set-aside", graded.root / "exchange/victim-services/inbound"
    assert [*aside.glob(f"{LINKED}/tiny/{FILE_NAME}"), *inbound.glob(f"{LINKED}+*/{FILE_NAME}")]


@pytest.mark.parametrize("case", [case for case, played in CASES.items() if played.told])
def test_the_instructor_is_told_in_plain_words_whose_it_is(graded: Graded, case: str):
    words = CASES[case].told
    assert words is not None
    if words in ON_THE_PAGE:
        page = graded.root / "grading/feedback" / name_of(case) / "tiny/tiny-check.html"
        assert words in page.read_text()
        return
    heard = "".join(ran.stdout + ran.stderr for ran in (graded.collected, graded.said) if ran)
    lines = [line for line in heard.splitlines() if words in line and name_of(case) in line]
    assert lines, heard[-3000:]


def test_nobody_hears_a_traceback(graded: Graded):
    for ran in (graded.collected, graded.said, graded.pages):
        if ran:
            assert "Traceback" not in ran.stdout + ran.stderr


def test_pages_are_made_for_the_whole_class(graded: Graded):
    made = {path.parent.parent.name for path in (graded.root / "grading/feedback").glob("[!.]*/tiny/*.html")}
    assert made >= {*HONEST, *map(name_of, CASES)}


def test_nothing_of_the_bank_or_of_the_gradebook_comes_into_anything_made(graded: Graded, small_built: Path):
    bank = (small_built / "grading/bank/tiny.yml").read_bytes()
    whole = [
        path for path in (graded.root / "grading").glob("*ed*/[!.]*/tiny/*") if path.is_file() and not path.is_symlink()
    ]
    assert len(whole) > 3 * len(CASES)
    for path in whole:
        data = path.read_bytes() if path.stat().st_size < 10**7 else b""
        assert bank not in data, path
        assert not data.startswith(b"SQLite format 3"), path
        assert b"root:" not in data, path


def test_no_link_pipe_or_device_is_in_what_was_made(graded: Graded):
    for step in ("autograded", "feedback"):
        for path in (graded.root / "grading" / step).rglob("*"):
            assert path.is_dir() or (path.is_file() and not path.is_symlink()), path


def test_nothing_was_thrown_away(graded: Graded):
    """What is set aside can still be looked at; what was left in the exchange is still there."""
    inbound = graded.root / "exchange/victim-services/inbound"
    aside = graded.root / "grading/set-aside"
    name = name_of("something more that is a pipe")
    left = [*aside.glob(f"{name}/tiny/notes.txt"), *inbound.glob(f"{name}+*/notes.txt")]
    assert [path.is_fifo() for path in left] == [True]


def test_the_bank_the_source_and_the_course_are_as_they_were(graded: Graded, small_built: Path):
    for name in ("course/source/tiny/tiny-check.ipynb", "course/source/tiny/items.json", "grading/bank/tiny.yml"):
        assert (graded.root / name).read_bytes() == (small_built / name).read_bytes()


def test_no_folder_was_made_outside_the_class(graded: Graded):
    assert not (graded.root / "grading/tiny").exists()
    assert {path.name for path in (graded.root / "grading/submitted").iterdir()} == {
        *HONEST,
        LINKED,
        *map(name_of, CASES),
    }


def test_a_submission_whose_folder_is_a_link_is_not_followed(small_built: Path, tmp_path: Path):
    root = Path(shutil.copytree(small_built, tmp_path / "course"))
    (tmp_path / "home").mkdir()
    Steps(root).generate_assignment("tiny")
    good(root / "grading/submitted/honest/tiny", small_built)
    good(tmp_path / "elsewhere/tiny", small_built)
    (root / "grading/submitted/copycat").mkdir()
    (root / "grading/submitted/copycat/tiny").symlink_to(root / "grading/submitted/honest/tiny")
    (root / "grading/submitted/outsider").symlink_to(tmp_path / "elsewhere")
    ran = Machine(root, tmp_path / "home", ROOT).run("python", "-m", "grading", "autograde")
    assert marks(root, "tiny") == {"honest": GOOD, "copycat": NOTHING, "outsider": NOTHING}
    assert "copycat: tiny was set aside: it is a link." in ran.stdout
    assert "outsider: outsider was set aside: it is a link." in ran.stdout
    assert (tmp_path / "elsewhere/tiny" / FILE_NAME).exists()


def test_what_may_not_be_read_is_named_and_the_rest_is_graded(small_built: Path, tmp_path: Path):
    root = Path(shutil.copytree(small_built, tmp_path / "course"))
    (tmp_path / "home").mkdir()
    Steps(root).generate_assignment("tiny")
    for name in ("honest", "locked-answers", "locked-folder"):
        good(root / "grading/submitted" / name / "tiny", small_built)
    (root / "grading/submitted/locked-answers/tiny" / FILE_NAME).chmod(0)
    (root / "grading/submitted/locked-folder/tiny").chmod(0)
    words = [sys.executable, "-m", "grading", "autograde"]
    if os.geteuid() == 0:
        # Root may read everything: without these two capabilities it may not.
        without = "-dac_override,-dac_read_search"
        words = ["/usr/bin/setpriv", f"--bounding-set={without}", f"--inh-caps={without}", *words]
    environment = machine.environment(root, tmp_path / "home")
    ran = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)
    (root / "grading/submitted/locked-folder/tiny").chmod(0o755)
    assert marks(root, "tiny")["honest"] == GOOD
    assert "locked-folder" in ran.stdout
    assert "Permission denied" in ran.stdout
    assert "Traceback" not in ran.stdout + ran.stderr
    assert ran.returncode == 1


def test_without_its_notebook_the_answers_count_all_the_same(small_built: Path, tmp_path: Path):
    root = Path(shutil.copytree(small_built, tmp_path / "course"))
    (tmp_path / "home").mkdir()
    Steps(root).generate_assignment("tiny")
    folder = good(root / "grading/submitted/renamer/tiny", small_built)
    (folder / NOTEBOOK).rename(folder / "my answers.ipynb")
    (root / "grading/submitted/empty/tiny").mkdir(parents=True)
    Machine(root, tmp_path / "home", ROOT).run("python", "-m", "grading", "autograde")
    assert marks(root, "tiny") == {"renamer": GOOD, "empty": NOTHING}
