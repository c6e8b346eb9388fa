"""What both kinds of certificate say: of who learns alone, and of a class."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pypdf
import pytest

from grading import certificate, codes
from grading.certificate import CannotBeShown, Certificate

ALONE = Certificate("Ana Ruiz", "Ladders", "For all", 1.5, 2, 3.5, 4, datetime(2026, 3, 1, tzinfo=UTC))
CLASS = replace(ALONE, how="Graded by an instructor.", caution="The marks are the gradebook's.")


def text(told: Certificate) -> str:
    (page,) = pypdf.PdfReader(io.BytesIO(certificate.pdf(told))).pages
    return " ".join(page.extract_text().split())


def test_who_learns_alone_has_no_code_and_is_said_to_be_self_graded():
    assert certificate.words(ALONE)["code"] == ""
    assert "Self-graded. The course scored these checks on the trainee's own computer." in text(ALONE)


def test_a_class_has_other_words_and_a_code():
    told = text(CLASS.with_code("7KQX-4MWP-HD3T"))
    assert "Graded by an instructor. The marks are the gradebook's. 7KQX-4MWP-HD3T" in told
    assert "Self-graded" not in told


@pytest.mark.parametrize("n", range(12))
def test_every_sign_of_a_code_can_be_copied_out_of_the_page(n: int):
    signs = codes.SIGNS[n:] + codes.SIGNS[:n]
    code = "-".join((signs[:4], signs[4:8], signs[8:12]))
    assert code in text(CLASS.with_code(code))


@pytest.mark.parametrize(
    ("checks", "finals", "met"),
    [
        (10, 1, "each of its 10 checks and the final assessment"),
        (2, 0, "each of its 2 checks"),
        (1, 1, "its check and the final assessment"),
    ],
)
def test_what_was_met_is_said_as_the_course_has_it(checks: int, finals: int, met: str):
    assert f"and passed {met}, with 3.5 of 4 points" in text(replace(ALONE, checks=checks, finals=finals))


@pytest.mark.parametrize(
    "name", ["Zoë O'Malley", "Nguyễn Thị", "A\u0301na Łukasz", "Ольга", "Ελένη", "ქართული", "Հայկ"]
)
def test_letters_that_the_courses_own_fonts_have_are_printed(name: str):
    assert text(replace(ALONE, name=name)).count(name) == 1


@pytest.mark.parametrize(
    "name",
    [
        "नरेन्द्र",  # only a font of formulas has these letters, and sets them side by side
        "山田太郎",
        "김민수",
        "தமிழ்",
        "ﷺ",
        "Ana \U0001f469\u200d\U0001f467",
    ],
)
def test_a_name_that_no_font_can_set_is_said_to_be_one(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(certificate, "_families", lambda: certificate._OWN)  # whatever this machine has besides
    with pytest.raises(CannotBeShown, match="No font on this computer can show every letter of the name"):
        certificate.pdf(replace(ALONE, name=name))


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u00ad", "\x00", "\n", "\ud800", "\ue000", "\U000e0fff"])
def test_a_character_that_nobody_would_see_is_named(sign: str):
    with pytest.raises(CannotBeShown, match=f"has an invisible character in it \\(U\\+{ord(sign):04X}\\)"):
        certificate.pdf(replace(ALONE, name=f"Ana{sign}Ruiz"))


@pytest.mark.parametrize("name", ["", " ", "\u0301", "***"])
def test_a_name_has_a_letter(name: str):
    with pytest.raises(CannotBeShown, match="has no letters"):
        certificate.pdf(replace(ALONE, name=name))


def test_a_font_of_signs_is_no_font_for_names():
    assert not [family for family in certificate._families() if "math" in family.lower()]
