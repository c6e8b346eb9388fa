"""The class list: read from whatever a spreadsheet wrote, wholly or not at all."""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grading import roster, roster_ids
from grading.commands.roster import run
from grading.refused import Refused
from grading.roster import NotARoster, Person
from tests.grading.machine import Machine, gradebook

PLAIN = "id,first name,last name,email,unit\nana,Ana,Ruiz,ana@x.gov,North\nben,Ben,Ito,ben@x.gov,South\n"
ANA = Person("ana", "Ana", "Ruiz", "ana@x.gov", unit="North")
BEN = Person("ben", "Ben", "Ito", "ben@x.gov", unit="South")


def people(text: str | bytes) -> tuple[Person, ...]:
    return roster.read(text if isinstance(text, bytes) else text.encode()).people


def problems(text: str | bytes) -> list[str]:
    with pytest.raises(NotARoster) as bad:
        people(text)
    return bad.value.problems


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode("cp1252"),
        PLAIN.replace("\n", "\r").encode(),
        b"sep=;\r\n" + PLAIN.replace(",", ";").encode(),
        b"\n,,,,\n" + PLAIN.encode() + b",,,,\n\n",
    ],
    ids=["plain", "mark", "semicolon", "tab UTF-16", "Windows", "old Mac", "sep line", "empty rows"],
)
def test_whatever_a_spreadsheet_writes_is_read(data: bytes):
    assert people(data) == (ANA, BEN)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_with_accents_are_read_in_each_encoding(encoding: str):
    assert people("id;Name\nzoe;Zoë Müller\n".encode(encoding)) == (Person("zoe", "Zoë", "Müller"),)


@pytest.mark.parametrize(("column", "theirs"), [("email", "ben@x.gov"), ("lms id", "7")])
def test_what_is_somebody_elses_in_the_gradebook_is_refused(column: str, theirs: str):
    known = {"ana": ANA, "ben": replace(BEN, lms_user_id="7")}
    (words,) = roster.clashes(people(f"id,{column}\nana,{theirs.upper()}\n"), known)
    assert "of ana already belongs to ben" in words
    assert roster.clashes(people(f"id,{column}\nana,{theirs}\nben,{theirs}0\n"), known) == []


@pytest.mark.parametrize(
    "heading",
    ["E-Mail;OFFICE;Surname;Given name;Username", "email address;Department;Last_Name;First.Name;Login ID"],
)
def test_headings_may_stand_in_any_order_and_have_other_names(heading: str):
    assert people(f"{heading}\nana@x.gov;North;Ruiz;Ana;ana\n") == (ANA,)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [('"Ruiz, Ana"', "Ana", "Ruiz"), ("Ana Maria Ruiz", "Ana Maria", "Ruiz"), ("Ana", "", "Ana"), ("", "", "")],
)
def test_a_whole_name_is_parted(cell: str, first: str, last: str):
    (person,) = people(f"id,name\nana,{cell}\n")
    assert (person.first_name, person.last_name) == (first, last)


def test_a_line_end_in_a_cell_is_a_gap_and_lines_are_counted_as_an_editor_does():
    assert people('id,unit\nana,"North\r\n  county"\n')[0].unit == "North county"
    assert problems('id,unit\nana,"North\ncounty"\na/b,South\n') == [
        "Line 4: The id 'a/b' has / in it, which isn't allowed in a folder's name. Use a different id."
    ]


def test_columns_that_say_nothing_we_keep_are_named():
    assert roster.read(b"id,Shoe size,,Rank\nana,42,,3\n").ignored == ("Shoe size", "Rank")


def test_everything_that_is_wrong_is_told_at_once_by_line():
    text = "id,email,unit\nana,ana@x.gov,N\n,x@x.gov,N\nAna,ben@x,N\ncleo,ANA@x.gov,N,\ndan,dan@x.gov," + "x" * 200
    assert problems(text) == [
        "Line 3: There's no id. Give each trainee the name they log in with.",
        "Line 4: 'ben@x' isn't an e-mail address. Write one like ana@example.gov, or leave the cell empty.",
        "Line 4: The id 'ana' is already on line 2. Keep one of the two.",
        "Line 5: The e-mail 'ana@x.gov' is already on line 2. Keep one of the two.",
        "Line 6: The unit has 200 characters, and the gradebook's limit is 128. Shorten it.",
    ]


def test_of_many_problems_the_first_are_told_and_how_many_more():
    told = problems("id\n" + "a/b\n" * 40)
    assert len(told) == 21
    assert told[-1] == "and 59 more problems."


@pytest.mark.parametrize(
    ("id", "why"),
    [
        ("a/b", "in a folder's name"),
        ("a\\b", "in a folder's name"),
        ("c:d", "in a folder's name"),
        ("..", "begins with ."),
        (".ana", "begins with ."),
        ("-ana", "begins with -"),
        ("=1", "begins with ="),
        ("@ana", "begins with @"),
        ("a*", "means something else"),
        ("{student_id}", "means something else"),
        ("a+b", "split the names"),
        ("1.23E+05", "was a long number"),
        ("a,b", "comma"),
        ("ana.", "ends with a dot"),
        ("CON", "device"),
        ("nul.txt", "device"),
        ("é" * 65, "longer than 128"),
        ("", "There's no id"),
        ("a\nb", "'a\\nb' has a character that can't be printed"),
        ("a\udcff", "can't be printed"),
        (" ana", "begins or ends with a space"),
        ("ana\u3164", "an invisible character in it"),
    ],
)
def test_an_id_that_nbgrader_or_a_file_system_cannot_take_is_refused_with_the_reason(id: str, why: str):
    assert why in roster_ids.fault(id)
    assert roster_ids.fault(id).endswith(".")


def test_an_id_that_differs_in_case_or_in_unicode_form_alone_is_asked_about():
    known = roster_ids.Known(["ana", "jos\u00e9", "ben", "Ben"])
    assert known.did_you_mean("ANA") == "Did you mean ana?"
    assert known.did_you_mean("Jose\u0301") == "Did you mean jos\u00e9?"
    for id in ("ana", "ben", "Ben", "anna"):
        assert known.did_you_mean(id) == ""


def test_any_name_of_a_folder_is_shown_as_one_short_line():
    assert roster_ids.shown("a\nb\udcff") == "a\\nb\\udcff"
    assert len(roster_ids.shown("x" * 240)) < 50
    assert roster_ids.shown("jos\u00e9") == "jos\u00e9"


@pytest.mark.parametrize("id", ["ana", "ana.ruiz", "ana@x.gov", "007", "a-b_c", "josé", "Ana Ruiz", "x" * 128])
def test_an_id_that_can_be_taken_is(id: str):
    assert roster_ids.fault(id) == ""


def test_an_id_that_nbgrader_takes_is_one_that_it_parts_again(tmp_path: Path):
    for id in ("ana", "ana@x.gov", "josé", "Ana Ruiz"):
        (tmp_path / f"{id}+check+2026-01-05 09:00:00 UTC").mkdir()
    assert {path.name.rsplit("+", 2)[0] for path in tmp_path.iterdir()} == {"ana", "ana@x.gov", "josé", "Ana Ruiz"}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty."),
        (b"\n\n ,\n", "The file is empty."),
        (b"PK\x03\x04whatever", "This is a workbook, not a CSV file. In the spreadsheet program, save it"),
        (b"\xd0\xcf\x11\xe0whatever", "This is a workbook, not a CSV file. In the spreadsheet program, save it"),
        (b"id\x00,name", "This isn't a text file."),
        (b"id,name\nana,\x81\n", "Line 2 has a character that can't be read."),
        (
            b"name,unit\nAna,North\n",
            "Line 1: no column has the trainees' ids. Give that column the heading 'id' (found: 'name', 'unit').",
        ),
        (b"id,username\nana,ana\n", "Line 1: 'id' and 'username' both mean the same thing (id). Rename or delete one."),
        (b"id,unit\n", "Line 1: There are no trainees under the headings."),
        (
            b'id,unit\nana,"North\nben,South\n',
            "Line 2 can't be read, and neither can anything after it: a quotation mark",
        ),
        (b"id,unit\nana,North,west\n", "Line 2 has 3 cells, but there are 2 headings."),
        (b"id,unit\nana," + b"x" * 140_000, "Line 2 can't be read"),
    ],
)
def test_a_file_that_is_no_list_is_told_what_it_is(data: bytes, told: str):
    assert problems(data)[0].startswith(told)


@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda text: f"id,name\n{text}".encode()))
@example(b"\xff\xfe\x00\xd8")
@example(b'id\n"')
@example(b"id\n\x85")
def test_any_bytes_are_a_list_or_are_told_what_is_wrong(data: bytes):
    try:
        read = roster.read(data)
    except NotARoster as bad:
        told = bad.problems
    else:
        told = [person.id for person in read.people]
    assert told
    assert all(told)


IDS = st.text(alphabet="abcdefgh0123.@é ", min_size=1, max_size=12).filter(
    lambda one: one == " ".join(one.split()) and not roster_ids.fault(one)
)
WORDS = st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), max_size=20)


@given(st.dictionaries(IDS, st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=5))
def test_what_is_kept_is_read_again_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, given: dict[str, tuple[str, ...]]
):
    root = tmp_path_factory.mktemp("kept")
    folded = {id.casefold(): id for id in given}
    kept = {
        id: Person(id, first.lstrip("'"), last.lstrip("'"), unit=unit.lstrip("'"))
        for id, (first, last, unit) in given.items()
        if folded[id.casefold()] == id
    }
    roster.keep(root, kept)
    assert roster.kept(root) == kept
    assert roster.units(root) == {id: one.unit for id, one in kept.items() if one.unit}


def test_no_list_has_no_units(tmp_path: Path):
    assert roster.units(tmp_path) == {}


def test_a_kept_list_that_was_damaged_is_said(tmp_path: Path):
    (tmp_path / "grading").mkdir()
    (tmp_path / roster.KEPT).write_text("nothing of the kind")
    with pytest.raises(Refused, match=r"grading/roster.csv was changed and can't be read\. Line 1"):
        roster.units(tmp_path)


def test_an_empty_cell_changes_nothing_and_a_new_word_does():
    (same, moved, new) = roster.changes(
        [Person("ana"), Person("ben", unit="East"), Person("cleo")], {"ana": ANA, "ben": BEN}
    )
    assert (same.after, same.fields) == (ANA, ())
    assert (moved.after.unit, moved.after.email, moved.fields) == ("East", "ben@x.gov", ("unit",))
    assert new.new


def bring(root: Path, text: str, *, dry_run: bool = False) -> str:
    """Runs the command in this process; what it said."""
    (root / "class.csv").write_text(text, encoding="utf-8")
    said = io.StringIO()
    with redirect_stdout(said):
        run(Namespace(root=root, file=str(root / "class.csv"), dry_run=dry_run))
    return said.getvalue()


def students(root: Path) -> list[tuple[str | None, ...]]:
    with gradebook(root) as book:
        return sorted((one.id, one.first_name, one.last_name, one.email, one.lms_user_id) for one in book.students)


def test_a_list_comes_into_the_gradebook_and_again_with_changes(small: Path):
    assert bring(small, PLAIN).startswith("2 trainees new, 0 changed, 0 unchanged.\n  new: ana (Ana Ruiz)\n")
    assert students(small) == [
        ("ana", "Ana", "Ruiz", "ana@x.gov", None),
        ("ben", "Ben", "Ito", "ben@x.gov", None),
    ]
    assert roster.units(small) == {"ana": "North", "ben": "South"}
    assert bring(small, PLAIN) == "0 trainees new, 0 changed, 2 unchanged.\n"
    said = bring(small, "login;office;Canvas ID\nana;West;17\n")
    assert "ana: LMS id (none) → 17, unit North → West" in said
    assert "In the gradebook but not in this file (left as they are): ben." in said
    assert students(small)[0] == ("ana", "Ana", "Ruiz", "ana@x.gov", "17")
    assert roster.units(small) == {"ana": "West", "ben": "South"}


def test_a_dry_run_says_what_would_change_and_changes_nothing(small: Path):
    said = bring(small, PLAIN, dry_run=True)
    assert said.startswith("2 trainees would be new, 0 would be changed, 0 unchanged. Nothing was saved.\n")
    assert not (small / "grading/gradebook.db").exists()
    assert not (small / roster.KEPT).exists()
    assert bring(small, PLAIN).startswith("2 trainees new, ")
    bring(small, PLAIN.replace("North", "East"), dry_run=True)
    assert roster.units(small)["ana"] == "North"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id\nana\na/b\n", "class.csv: nothing was changed.\n  Line 3: The id 'a/b' has / in it"),
        ("id\nBEN\nnew\n", "The id BEN isn't in the gradebook, but ben is. Did you mean ben?"),
    ],
)
def test_where_something_is_wrong_nothing_is_written(small: Path, text: str, told: str):
    bring(small, PLAIN)
    before = (students(small), (small / roster.KEPT).read_bytes())
    with pytest.raises(Refused) as why:
        bring(small, text)
    assert told in str(why.value)
    assert (students(small), (small / roster.KEPT).read_bytes()) == before


@pytest.mark.parametrize(("file", "told"), [("", "Name the file"), ("none.csv", "There's no file none.csv.")])
def test_a_file_that_is_not_there_is_said(tmp_path: Path, file: str, told: str):
    with pytest.raises(Refused, match=f"^{told}"):
        run(Namespace(root=tmp_path, file=file, dry_run=False))


def test_what_a_spreadsheet_would_run_is_words_in_the_kept_file_and_itself_in_the_gradebook(small: Path):
    bring(small, "id,last name\nana,=1+1\n")
    assert students(small)[0][2] == "=1+1"
    kept = (small / roster.KEPT).read_text(encoding="utf-8")
    assert next(csv.DictReader(io.StringIO(kept)))["last_name"] == "'=1+1"
    assert bring(small, kept) == "0 trainees new, 0 changed, 1 unchanged.\n"


def test_as_make_runs_it_a_list_comes_in_and_a_bad_one_is_refused_without_a_traceback(small: Path):
    instructor = Machine(small, small, small)
    (small / "class.csv").write_text(PLAIN)
    ran = instructor.run("python", "-m", "grading", "roster", "--file", "class.csv")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(students(small)) == 2
    (small / "class.csv").write_text("id\na/b\n")
    ran = instructor.run("python", "-m", "grading", "roster", "--file", "class.csv")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("class.csv: nothing was changed.\n  Line 2: The id 'a/b'")
