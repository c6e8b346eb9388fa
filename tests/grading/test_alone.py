from __future__ import annotations

import io
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from casebook import alone as asking
from casebook import results
from casebook.answers import FILE_NAME, Answer, append
from grading import alone, bank, certificate
from grading.certificate import Certificate
from tests.grading.machine import environment

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
OWNER, RETURN = ("tiny-owner", {"choice": "b"}), ("tiny-return", {"choices": ["a", "b"]})


@pytest.fixture
def check(small: Path, tiny_bank: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:  # noqa: ARG001
    """The tiny check in a trainee's folder, graded by the tiny course."""
    monkeypatch.setattr(bank, "ROOT", small)
    return Path(shutil.copytree(small / "course/source/tiny", tmp_path / "learn/tiny"))


def answered(folder: Path, *given: tuple[str, dict[str, object]]) -> Path:
    for item, answer in given:
        append(folder / FILE_NAME, Answer(folder.name, item, answer, NOW.isoformat()))
    return folder


def test_a_check_is_scored_and_its_result_kept(check: Path):
    result = alone.grade(answered(check, OWNER), "tiny", NOW)
    assert (result.score, result.most, result.met, result.pass_mark, result.attempt) == (2, 5, False, 0.5, 1)
    assert [(one.id, one.marks) for one in result.scores] == [("tiny-owner", 2), ("tiny-return", 0)]
    assert results.read(check) == (result,)


def test_the_page_says_that_it_is_self_graded_and_what_is_right(check: Path):
    result = alone.grade(answered(check, OWNER), "tiny", NOW, who="ana")
    page = (check / result.page).read_text(encoding="utf-8")
    assert "<strong>Self-graded.</strong>" in page
    assert "2 of 5 points" in page
    assert "For ana." in page
    assert "SECRET-FEEDBACK" in page


def test_an_attempt_is_graded_once_and_its_result_stands(check: Path):
    first = alone.grade(answered(check, OWNER), "tiny", NOW)
    answered(check, RETURN)
    assert alone.grade(check, "tiny", NOW) == first
    assert len(results.read(check)) == 1


def test_what_stopped_before_the_result_was_kept_is_graded_again(check: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError("full")

    answered(check, OWNER, RETURN)
    with monkeypatch.context() as broken:
        broken.setattr(results, "add", full)
        with pytest.raises(OSError, match="full"):
            alone.grade(check, "tiny", NOW)
    assert results.read(check) == ()
    assert alone.grade(check, "tiny", NOW).score == 5


def test_another_attempt_is_scored_by_its_own_answers(check: Path):
    alone.grade(answered(check, OWNER), "tiny", NOW)
    results.begin_again(check)
    second = alone.grade(answered(check, RETURN), "tiny", NOW)
    assert (second.attempt, second.score, second.met) == (2, 3, True)
    assert [one.attempt for one in results.read(check)] == [1, 2]
    assert (check / second.page).is_file()
    assert (check / results.read(check)[0].page).is_file()


def test_a_check_that_is_not_there_is_said(check: Path):
    with pytest.raises(alone.NotGraded, match="no check called nothing"):
        alone.grade(check, "nothing", NOW)


def test_a_certificate_needs_every_check_and_the_final(check: Path):
    alone.grade(answered(check, OWNER, RETURN), "tiny", NOW)
    with pytest.raises(alone.NotGraded, match="Still to pass: The last ladder"):
        alone.certify(check.parent, "Ana Ruiz", NOW)
    assert not (check.parent / alone.CERTIFICATE).exists()


def test_a_certificate_says_who_what_how_long_how_well_and_that_it_is_self_graded(check: Path, small: Path):
    alone.grade(answered(check, OWNER, RETURN), "tiny", NOW)
    last = Path(shutil.copytree(small / "course/source/last", check.parent / "last"))
    alone.grade(answered(last, ("last-ask-a", {"choice": "b"}), ("last-back-b", {"choices": ["b"]})), "last", NOW)
    words = text(alone.certify(check.parent, "Ana Ruiz", NOW).read_bytes())
    for said in ("Ana Ruiz", "A tiny course", "0.05 contact hours", "10 of 10 points", "March 1, 2026", "Self-graded."):
        assert said in words
    before = (check.parent / alone.CERTIFICATE).read_bytes()
    with pytest.raises(
        alone.NotGraded, match="No font on this computer can show every letter of the name “\U00012000”"
    ):
        alone.certify(check.parent, "\U00012000", NOW)
    assert (check.parent / alone.CERTIFICATE).read_bytes() == before


def text(data: bytes) -> str:
    (page,) = pypdf.PdfReader(io.BytesIO(data)).pages
    return " ".join(page.extract_text().split())


ANA = Certificate("Ana Ruiz", "Ladders", "For all", 1.5, 2, 3.5, 4, datetime(2026, 3, 1, tzinfo=UTC))


def test_a_certificate_is_tagged_has_a_language_and_a_title():
    root = pypdf.PdfReader(io.BytesIO(certificate.pdf(ANA))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_the_same_certificate_has_the_same_bytes():
    assert certificate.pdf(ANA) == certificate.pdf(ANA)


@pytest.mark.parametrize("name", ["Zoë O'Malley-Łukasz", "Ольга", '#panic() "$x$ *b* \\', "<script>"])
def test_a_name_is_shown_as_it_was_written(name: str):
    made = certificate.pdf(replace(ANA, name=name))
    assert " ".join(name.split()) in text(made)


def test_a_letter_that_no_font_has_is_said():
    with pytest.raises(certificate.CannotBeShown):
        certificate.pdf(replace(ANA, name="\U000e0fff\U0003fffd"))


def run(small: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "grading.alone", *words],
        env=environment(small, small),
        capture_output=True,
        text=True,
        check=False,
    )


def test_as_a_command_it_says_what_went_wrong_in_one_line(small: Path, tmp_path: Path):
    ran = run(small, "grade", str(tmp_path), "nothing")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "This version of the course has no check called nothing. Set the course up again.\n"


def test_the_trainees_side_has_it_graded_without_importing_any_key(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = Path(shutil.copytree(small / "course/source/tiny", tmp_path / "tiny"))
    answered(folder, OWNER)
    monkeypatch.setenv(asking.VARIABLE, str(small))
    asking.grade(folder, "tiny")
    assert results.read(folder)[0].score == 2
    with pytest.raises(asking.NotGraded, match=r"no check called nothing\..*Your answers are saved"):
        asking.grade(tmp_path, "nothing")


def test_where_an_instructor_grades_nothing_else_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(asking.VARIABLE, raising=False)
    assert not asking.is_offered()
    with pytest.raises(asking.NotGraded, match="Ask your instructor"):
        asking.grade(tmp_path, "tiny")
