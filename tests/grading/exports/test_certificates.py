from __future__ import annotations

import io
import string
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading import bank, issued
from grading.exports.certificates import CertificatesExporter, file_name
from grading.issued import Ruling
from tests.grading.exports.made import export, handed_in, the_class, trainee

MET = {"one": (3, 4), "two": (4, 4)}


def met_all(id: str, **names: str):
    return trainee(id, *(handed_in(id, check, marks) for check, marks in MET.items()), **names)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course's folder of which the register and the secret are."""
    (tmp_path / "course/grading").mkdir(parents=True)
    monkeypatch.setattr(bank, "ROOT", tmp_path / "course")
    return tmp_path / "course"


def words(path: Path) -> str:
    (page,) = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
    return " ".join(page.extract_text().split())


def test_who_met_every_check_gets_one_that_says_how_it_was_graded(root: Path, tmp_path: Path):
    export(CertificatesExporter, the_class(met_all("ana", first="Ana", last="Ruiz")), tmp_path / "out")
    (path,) = (tmp_path / "out").iterdir()
    (entry,) = issued.entries(root)
    told = words(path)
    for said in (
        "Ana Ruiz",
        "Ladders",
        "each of its 2 checks, with 7 of 8 points",
        "1.5 contact hours",
        "January 5, 2026",
    ):
        assert said in told
    assert "Graded by an instructor." in told
    assert "Self-graded" not in told
    assert entry.code in told


def test_it_is_tagged_and_has_a_title(root: Path, tmp_path: Path):  # noqa: ARG001
    export(CertificatesExporter, the_class(met_all("ana", first="Ana", last="Ruiz")), tmp_path / "out")
    (path,) = (tmp_path / "out").iterdir()
    document = pypdf.PdfReader(path)
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert document.metadata is not None
    assert document.metadata.title == "Certificate of completion: Ana Ruiz"


def test_what_is_missing_is_said_in_a_line_for_each(root: Path, tmp_path: Path):
    half = trainee("ben", handed_in("ben", "one", (1, 4)), first="Ben")
    waits = trainee(
        "cleo", handed_in("cleo", "one", (4, 4)), handed_in("cleo", "two", (4, 4), waits=True), first="Cleo"
    )
    said = export(CertificatesExporter, the_class(met_all("ana"), half, waits), tmp_path / "out")
    assert said == [
        "ana: no certificate. No name in the gradebook: import a roster (make roster).",
        "ben: no certificate. Not handed in: Returning. Not passed: Lending (1 of 4).",
        "cleo: no certificate. Waiting to be graded by hand: Returning.",
        f"{tmp_path / 'out'}: 0 of 3 trainees have a certificate.",
    ]
    assert not (tmp_path / "out").exists()
    assert issued.entries(root) == []


def test_lateness_can_cost_the_certificate(root: Path, tmp_path: Path):  # noqa: ARG001
    late = trainee("ana", handed_in("ana", "one", (3, 4), penalty=2), handed_in("ana", "two", (4, 4)), first="Ana")
    said = export(CertificatesExporter, the_class(late), tmp_path / "out")
    assert said[0] == "ana: no certificate. Not passed: Lending (1 of 4)."


def test_made_again_it_is_the_same_to_the_byte_and_stands_once_in_the_register(root: Path, tmp_path: Path):
    ana = met_all("ana", first="Ana", last="Ruiz")
    for folder in ("first", "second"):
        export(CertificatesExporter, the_class(ana), tmp_path / folder)
    (first,), (second,) = ((tmp_path / folder).iterdir() for folder in ("first", "second"))
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()
    assert len(issued.entries(root)) == 1


def test_marks_that_fell_below_the_pass_mark_are_told_with_the_certificate_that_no_longer_holds(
    root: Path, tmp_path: Path
):
    out = tmp_path / "out"
    export(CertificatesExporter, the_class(met_all("ana", first="Ana", last="Ruiz")), out)
    (entry,) = issued.entries(root)
    fell = trainee("ana", handed_in("ana", "one", (1, 4)), handed_in("ana", "two", (4, 4)), first="Ana", last="Ruiz")
    (path,) = out.iterdir()
    assert export(CertificatesExporter, the_class(fell), out) == [
        "ana: no certificate. Not passed: Lending (1 of 4).",
        f"ana: an earlier certificate is no longer valid: {entry.code} (Ana Ruiz, 7 of 8 points, January 5, 2026). "
        "This trainee no longer passes every check.",
        f'  To withdraw it: make withdraw CODE={entry.code} WHY="…"',
        f"{path} is from an earlier export. Delete it if it's no longer valid.",
        f"{out}: 0 of 1 trainees have a certificate.",
    ]
    assert [one.withdrawn for one in issued.entries(root)] == [None]


def test_what_only_waits_or_was_not_handed_in_again_takes_no_certificate_back(root: Path, tmp_path: Path):  # noqa: ARG001
    export(CertificatesExporter, the_class(met_all("ana", first="Ana", last="Ruiz")), tmp_path / "out")
    waits = trainee("ana", handed_in("ana", "one", (4, 4), waits=True), first="Ana", last="Ruiz")
    assert not [line for line in export(CertificatesExporter, the_class(waits), tmp_path) if "no longer holds:" in line]


def test_a_name_that_was_put_right_is_told_with_the_certificate_that_has_the_wrong_one(root: Path, tmp_path: Path):
    for last in ("Riuz", "Ruiz"):
        said = export(CertificatesExporter, the_class(met_all("ana", first="Ana", last=last)), tmp_path / "out")
    wrong, right = issued.entries(root)
    assert said[0].startswith(f"ana: an earlier certificate is no longer valid: {wrong.code} (Ana Riuz,")
    assert said[0].endswith(f"The new one, {right.code}, says something different.")
    assert "is from an earlier export" in said[2]


def test_a_certificate_that_was_withdrawn_is_not_made_again_and_not_told_again(root: Path, tmp_path: Path):
    ana = met_all("ana", first="Ana", last="Ruiz")
    export(CertificatesExporter, the_class(ana), tmp_path / "out")
    (entry,) = issued.entries(root)
    issued.rule(
        root, "ladders", Ruling(entry.code, "yes", "2026-03-01T09:00:00+00:00", "ada", "Somebody else answered.")
    )
    said = export(CertificatesExporter, the_class(ana), tmp_path / "new")
    assert said == [
        f"ana: no certificate. {entry.code}, which says the same thing, was withdrawn on March 1, 2026: Somebody else "
        f'answered. To make it valid again: make withdraw CODE={entry.code} RESTORE=yes WHY="…"',
        f"{tmp_path / 'new'}: 0 of 1 trainees have a certificate.",
    ]


def test_files_of_others_are_left_out_where_only_some_are_exported(root: Path, tmp_path: Path):  # noqa: ARG001
    for id in ("ana", "ben"):
        given = the_class(met_all(id, first=id))
        said = export(CertificatesExporter, given, tmp_path / "out", student=[id])
    assert said == [f"{tmp_path / 'out'}: 1 of 1 trainees have a certificate."]


def test_two_of_one_name_have_a_file_and_a_code_each(root: Path, tmp_path: Path):
    twins = [met_all(id, first="Ana", last="Ruiz") for id in ("ana", "ana2")]
    export(CertificatesExporter, the_class(*twins), tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 2
    assert len({entry.code for entry in issued.entries(root)}) == 2


def test_a_name_without_a_font_is_said_and_gets_no_code_and_the_others_get_theirs(root: Path, tmp_path: Path):
    no_font, ben = met_all("ana", first="\U00012000"), met_all("ben", first="Ben")
    said = export(CertificatesExporter, the_class(no_font, ben), tmp_path / "out")
    assert said[0].startswith("ana: no certificate. No font on this computer can show every letter of the name")
    assert said[-1].endswith("1 of 2 trainees have a certificate.")
    assert [entry.issued.id for entry in issued.entries(root)] == ["ben"]


def test_gaps_in_a_name_are_single_spaces(root: Path, tmp_path: Path):
    export(CertificatesExporter, the_class(met_all("ana", first="Ana\u00a0", last="\tRuiz")), tmp_path / "out")
    assert [entry.issued.name for entry in issued.entries(root)] == ["Ana Ruiz"]


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("Ana", "Ruiz", "certificate-ana-ruiz-"),
        ("Zoë", "O'Malley", "certificate-zoe-o-malley-"),
        ("Ольга", "", "certificate-"),
        ("../../etc/passwd", "", "certificate-etc-passwd-"),
        ("CON", "", "certificate-con-"),
        ("a" * 300, "", f"certificate-{'a' * 60}-"),
    ],
)
def test_a_files_name_is_made_of_the_trainees(first: str, last: str, name: str):
    made = file_name(trainee("ana", first=first, last=last))
    assert made.startswith(name)
    assert len(made) == len(name) + len("12345678.pdf")


@given(st.text(), st.text(), st.text(min_size=1))
def test_a_files_name_can_do_no_harm(first: str, last: str, id: str):
    made = file_name(trainee(id, first=first, last=last))
    assert set(made) <= {*string.ascii_lowercase, *string.digits, "-", "."}
    assert made.count(".") == 1
    assert len(made) < 100
