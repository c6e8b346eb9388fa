"""The code on a class's certificate: confirmed offline, and each way in which it cannot be, in plain words."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading import bank, codes, issued
from grading.commands import verify
from grading.commands import withdraw as withdraw_command
from grading.issued import Issued, Ruling, Withdrawn
from grading.nbgrader_steps import Steps
from grading.refused import Refused
from tests.grading.machine import Machine

ANA = Issued("ana", "Ana Ruiz", "Ladders", "January 5, 2026", "1.5 contact hours", "7 of 8 points")
COURSE = "ladders"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "grading").mkdir()
    return tmp_path


def give(root: Path, *certificates: Issued) -> list[str]:
    return issued.issue(root, COURSE, certificates)


def refused(root: Path, code: str, course: str = COURSE) -> str:
    with pytest.raises(Refused) as why:
        issued.confirmed(root, course, code)
    return str(why.value)


def wrong(code: str, place: int) -> str:
    """The code with another sign at a place."""
    sign = codes.SIGNS[(codes.SIGNS.index(code[place]) + 1) % len(codes.SIGNS)]
    return code[:place] + sign + code[place + 1 :]


def test_a_code_gives_back_what_the_certificate_says(root: Path):
    (code,) = give(root, ANA)
    entry, later = issued.confirmed(root, COURSE, code)
    assert (entry.issued, later) == (ANA, [])


@pytest.mark.parametrize("typed", [str.lower, lambda c: c.replace("-", ""), lambda c: f"  {c.replace('-', ' ')}\n"])
def test_how_it_is_typed_does_not_matter(root: Path, typed: Callable[[str], str]):
    (code,) = give(root, ANA)
    assert issued.confirmed(root, COURSE, typed(code))[0].code == code
    assert issued.confirmed(root, COURSE, code.replace("-", "\u2013"))[0].code == code


def test_a_code_is_three_groups_of_signs_that_are_not_taken_for_one_another(root: Path):
    for code in give(root, *(replace(ANA, id=str(n)) for n in range(200))):
        assert [len(group) for group in code.split("-")] == [4, 4, 4]
        assert not set(code) & set("01258BGILOSZ")


@given(st.text(), st.binary(min_size=32, max_size=32))
def test_every_single_wrong_sign_and_every_two_swapped_are_noticed(name: str, secret: bytes):
    code = codes.make(secret, COURSE, asdict(replace(ANA, name=name))).replace("-", "")
    assert codes.read(code).replace("-", "") == code
    others = {code[:n] + sign + code[n + 1 :] for n in range(len(code)) for sign in codes.SIGNS} - {code}
    swapped = {code[:n] + code[n + 1] + code[n] + code[n + 2 :] for n in range(len(code) - 1)} - {code}
    for typed in others | swapped:
        with pytest.raises(codes.Mistyped, match="typo"):
            codes.read(typed)


@given(st.text())
def test_whatever_is_typed_is_a_code_or_is_told_why_not(typed: str):
    with suppress(codes.Mistyped):
        assert codes.read(codes.read(typed)) == codes.read(typed)


def test_a_mistyped_code_is_said_to_be(root: Path):
    (code,) = give(root, ANA)
    assert "has a typo" in refused(root, wrong(code, 5))
    assert refused(root, code[:-1]).startswith("A code has 12 characters, and this one has 11.")
    assert refused(root, "O" + code[1:]).startswith("A code never has O in it.")
    assert refused(root, "") == "Type the code from the certificate: make verify CODE=…"


def test_a_code_of_another_course_is_said_to_be(root: Path):
    (code,) = give(root, ANA)
    assert refused(root, code, course="boats") == (
        f"{code} belongs to a different course, or to none. Ask whoever issued the certificate."
    )


def test_a_right_code_that_was_never_given_is_said_to_be(root: Path):
    give(root, ANA)
    code = codes.make(b"x" * 32, COURSE, asdict(ANA))
    assert refused(root, code).startswith(f"{code} isn't in the register")


def test_where_no_certificate_was_made_that_is_said(root: Path):
    assert refused(root, codes.make(b"x" * 32, COURSE, asdict(ANA))).startswith("No certificate has been made here")


def test_a_register_that_was_changed_confirms_nothing(root: Path):
    (code,) = give(root, ANA)
    register = root / issued.REGISTER
    register.write_text(register.read_text().replace("7 of 8", "8 of 8"))
    assert "that entry was changed" in refused(root, code)


def test_a_register_that_cannot_be_read_names_its_line(root: Path):
    (code,) = give(root, ANA)
    with (root / issued.REGISTER).open("a") as file:
        file.write('{"code": "')
    assert refused(root, code).startswith("grading/certificates.jsonl, line 2 can't be read.")


def test_a_lost_secret_is_said_and_no_new_one_is_made_in_its_place(root: Path):
    (code,) = give(root, ANA)
    (root / issued.SECRET).unlink()
    assert "is missing. Without it, no certificate can be confirmed" in refused(root, code)
    with pytest.raises(Refused, match="Restore it from your backup"):
        give(root, ANA)
    assert not (root / issued.SECRET).exists()


def test_another_secret_confirms_nothing(root: Path):
    (code,) = give(root, ANA)
    (root / issued.SECRET).write_text("0" * 64)
    assert "or grading/certificates.key isn't the one" in refused(root, code)


def test_a_damaged_secret_is_said(root: Path):
    (code,) = give(root, ANA)
    (root / issued.SECRET).write_text("")
    assert "is damaged" in refused(root, code)


def test_a_later_certificate_of_the_same_trainee_is_told(root: Path):
    better = replace(ANA, score="8 of 8 points")
    first, second = give(root, ANA, better)
    _, later = issued.confirmed(root, COURSE, first)
    assert [entry.code for entry in later] == [second]


AT = "2026-03-01T09:00:00+00:00"


def withdraw(root: Path, code: str, why: str = "the name was wrong", withdrawn: str = "yes") -> None:
    issued.rule(root, COURSE, Ruling(code, withdrawn, AT, "ada", why))


def test_a_certificate_that_was_withdrawn_is_said_to_be_and_the_others_stand(root: Path):
    code, other = give(root, ANA, replace(ANA, id="ben"))
    withdraw(root, code)
    entry, _ = issued.confirmed(root, COURSE, code)
    assert entry.withdrawn == Ruling(code, "yes", AT, "ada", "the name was wrong")
    assert issued.confirmed(root, COURSE, other)[0].withdrawn is None


def test_what_was_withdrawn_can_hold_again_and_both_stay_in_the_register(root: Path):
    (code,) = give(root, ANA)
    before = (root / issued.REGISTER).read_bytes()
    withdraw(root, code)
    with pytest.raises(Withdrawn, match="was withdrawn on March 1, 2026: the name was wrong"):
        give(root, ANA)
    withdraw(root, code, "a slip", "no")
    assert issued.confirmed(root, COURSE, code)[0].withdrawn is None
    assert give(root, ANA) == [code]
    after = (root / issued.REGISTER).read_bytes()
    assert after.startswith(before)
    assert len(after.splitlines()) == 3


@pytest.mark.parametrize(("was", "forged"), [("the name was wrong", "cheating"), ('"ada"', '"bob"'), ('"yes"', '"no"')])
def test_a_withdrawal_that_was_changed_confirms_nothing(root: Path, was: str, forged: str):
    (code,) = give(root, ANA)
    withdraw(root, code)
    register = root / issued.REGISTER
    register.write_text(register.read_text().replace(was, forged))
    assert "that entry was changed" in refused(root, code)


@pytest.mark.parametrize("spoiled", ["AAAA", ""])
def test_a_withdrawal_of_what_was_never_given_names_its_line(root: Path, spoiled: str):
    (code,) = give(root, ANA)
    withdraw(root, code)
    register = root / issued.REGISTER
    register.write_text(register.read_text().replace(f'"of": "{code}"', f'"of": "{spoiled}"'))
    assert refused(root, code).startswith("grading/certificates.jsonl, line 2 can't be read.")


def run(command: ModuleType, root: Path, **said: object) -> int:
    code: int = command.run(Namespace(**{"root": root, "why": "", "by": "ada", "restore": False, **said}))
    return code


@pytest.fixture
def tiny(root: Path) -> Path:
    (root / "nbgrader_config.py").write_text(f'c = get_config()\nc.CourseDirectory.course_id = "{COURSE}"\n')
    return root


def test_withdrawing_is_told_by_verify_with_what_stands_in_its_place(tiny: Path, capsys: pytest.CaptureFixture[str]):
    first, second = give(tiny, replace(ANA, name="Ana Riuz"), ANA)
    assert run(withdraw_command, tiny, code=first.lower(), why=" the name\nwas wrong ") == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{first} (Ana Riuz, 7 of 8 points) is withdrawn. Ask for the certificate back.")
    assert run(verify, tiny, code=first) == 1
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(
        rf"{first} was withdrawn on \w+ \d+, \d+: the name was wrong \(by ada\)\. It's no longer valid\.", lines[0]
    )
    assert lines[-1] == f"It was replaced by {second} (Ana Ruiz, 7 of 8 points, January 5, 2026)."
    assert run(withdraw_command, tiny, code=second, why="cheated") == 0
    assert run(verify, tiny, code=first) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "No later certificate replaces it."
    assert run(withdraw_command, tiny, code=first, why="it was right", restore=True) == 0
    assert run(verify, tiny, code=first) == 0


def test_nothing_is_withdrawn_without_a_reason_or_twice_or_by_a_slip(tiny: Path):
    (code,) = give(tiny, ANA)
    before = (tiny / issued.REGISTER).read_bytes()
    for said, words in (
        ({"code": code, "why": " "}, "Say why: make withdraw"),
        ({"code": wrong(code, 3), "why": "x"}, "has a typo"),
        ({"code": code, "why": "x", "restore": True}, "wasn't withdrawn"),
    ):
        with pytest.raises(Refused, match=words):
            run(withdraw_command, tiny, **said)
    assert (tiny / issued.REGISTER).read_bytes() == before
    run(withdraw_command, tiny, code=code, why="x")
    with pytest.raises(Refused, match=f"{code} was already withdrawn on .*: x"):
        run(withdraw_command, tiny, code=code, why="y")


def test_the_secret_is_its_owners_alone_and_made_once(root: Path):
    give(root, ANA)
    path = root / issued.SECRET
    before = path.read_bytes()
    give(root, replace(ANA, id="ben"))
    assert path.read_bytes() == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((root / issued.REGISTER).stat().st_mode) == 0o600
    assert {one.name for one in path.parent.iterdir()} == {"certificates.key", "certificates.jsonl"}


def test_two_machines_have_two_secrets(tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / name / "grading").mkdir(parents=True)
        give(tmp_path / name, ANA)
    assert (tmp_path / "a" / issued.SECRET).read_bytes() != (tmp_path / "b" / issued.SECRET).read_bytes()


@pytest.mark.parametrize("name", [issued.SECRET, issued.REGISTER, "grading/roster.csv", "grading/exported/x.csv"])
def test_git_never_takes_it_along(name: str):
    ignored = subprocess.run(["git", "check-ignore", "-q", name], cwd=bank.ROOT, check=False)
    assert ignored.returncode == 0


def test_no_release_has_the_secret_or_the_register(small: Path, tmp_path: Path):
    (code,) = give(small, ANA)
    secret = (small / issued.SECRET).read_text().strip()
    steps = Steps(small, cache=tmp_path / "cache")
    steps.generate_assignment("tiny")
    steps.release_assignment("tiny")
    (tmp_path / "trainee").mkdir()
    steps.fetch_assignment("tiny", tmp_path / "trainee")
    shutil.copytree(small / "course/release", tmp_path / "trainee/release")
    shutil.copytree(small / "exchange", tmp_path / "trainee/exchange")
    files = [path for path in (tmp_path / "trainee").rglob("*") if path.is_file()]
    assert len(files) >= 6
    for path in files:
        assert not [word for word in (secret, code, "Ana Ruiz") if word.encode() in path.read_bytes()]


def test_as_a_command_it_shows_what_the_certificate_has_to_say(small: Path):
    instructor = Machine(small, small, small)
    first, second = issued.issue(small, "victim-services", [ANA, replace(ANA, score="8 of 8 points")])
    ran = instructor.run("python", "-m", "grading", "verify", "--code", first)
    assert (ran.returncode, ran.stderr) == (0, "")
    for said in (
        first,
        "Ana Ruiz",
        "7 of 8 points",
        "January 5, 2026",
        f"later given {second} (Ana Ruiz, 8 of 8 points",
    ):
        assert said in ran.stdout
    ran = instructor.run("python", "-m", "grading", "verify", "--code", wrong(first, 0))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "Traceback" not in ran.stderr
