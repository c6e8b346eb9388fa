from __future__ import annotations

from pathlib import Path

import pytest

from authoring import build, course, new, rules
from authoring.problems import BadContent, Refused
from casebook.kinds import KINDS
from tests.authoring.author import BANK, COURSE, PRACTICE, STORY, Author

WHERE = ("practice", "bank")
each_kind = pytest.mark.parametrize("kind", list(KINDS))
each_place = pytest.mark.parametrize("where", WHERE)
LAST = "grading/bank/last.yml"
FILES = {"practice": PRACTICE, "bank": BANK}


def said(root: Path, module: str) -> dict[str, str]:
    """What is said of a module after something was made in it, by the rule that says it."""
    problems = rules.problems(course.read(root, only=module))
    assert len({problem.rule for problem in problems}) == len(problems)
    return {problem.rule: problem.what for problem in problems}


def counted(texts: int, points: int) -> str:
    named = "teaching point" if points == 1 else "teaching points"
    return f"{texts} texts still to be written, {points} {named} still to be named ('TODO')."


@each_kind
@each_place
def test_a_new_item_is_of_the_right_form_and_says_what_is_to_do(small: Path, kind: str, where: str):
    made = new.item(small, "tiny", "tiny-new", kind, where)
    assert made.paths == (Path(FILES[where]),)
    module = course.read(small).modules[0]
    item = (module.practice if where == "practice" else module.bank).items[-1]
    assert (item.id, item.kind, item.marks) == ("tiny-new", kind, 2 if where == "bank" else None)
    assert item.stem.startswith("TODO")
    text = (small / FILES[where]).read_text(encoding="utf-8")
    points = text.count("points: [TODO]")
    assert said(small, "tiny") == {
        "unfinished": f"tiny-new: {counted(text.count('TODO') - points, points)}",
        "placing": "tiny-new isn't placed anywhere.",
    }


@each_place
def test_nothing_else_in_the_file_is_changed(small: Path, where: str):
    path = small / FILES[where]
    path.write_bytes(path.read_bytes() + b"  # the last word\r\n")
    before = path.read_bytes()
    new.item(small, "tiny", "tiny-new", "single", where)
    assert path.read_bytes().startswith(before)
    assert b"\n" not in path.read_bytes()[len(before) :].replace(b"\r\n", b"")


def test_where_an_item_is_to_be_placed_is_said(small: Path):
    assert "    :::{practice} a-b" in new.item(small, "tiny", "a-b", "rate").next_steps
    assert "    :::{item} a-c" in new.item(small, "tiny", "a-c", "rate", "bank").next_steps


def test_every_todo_begins_what_it_stands_for(small: Path):
    for n, kind in enumerate(KINDS):
        new.item(small, "tiny", f"new-{n}", kind, "bank")
    new.scenario(small, "tiny", "the-rake")
    for file in (BANK, STORY.replace("the-ladder", "the-rake")):
        marked = [line for line in (small / file).read_text(encoding="utf-8").splitlines() if "TODO" in line]
        before = {line.split("TODO")[0].strip(' "[') for line in marked}
        assert all(not words or words.endswith(":") for words in before)
        assert len(marked) > 10


def test_a_new_scenario_can_be_played_and_has_a_plan_for_all_of_it(small: Path):
    made = new.scenario(small, "tiny", "the-rake")
    assert [path.name for path in made.paths] == ["the-rake.yml", "the-rake.plan.yml"]
    assert "    :::{scenario} the-rake" in made.next_steps
    (_, scenario) = course.read(small).modules[0].scenarios
    assert scenario.story.id == "the-rake"
    text = (small / made.paths[0]).read_text(encoding="utf-8")
    points = text.count("points: [TODO]")
    assert said(small, "tiny") == {
        "unfinished": f"the-rake: {counted(text.count('TODO') - points, points)}",
        "placing": "This scenario isn't placed anywhere.",
    }


def test_a_new_module_is_a_draft_that_leaves_everything_well(small: Path):
    listed = (small / COURSE).read_bytes()
    made = new.module(small, "rakes", 'Lending: a "rake"')
    assert build.check(small) == []
    assert (small / COURSE).read_bytes().startswith(listed)
    (module,) = course.read(small, only="rakes").modules
    assert (module.entry.title, module.entry.ready) == ('Lending: a "rake"', False)
    assert all((small / path).is_file() for path in made.paths)
    new.item(small, "rakes", "rakes-whose", "single")
    new.item(small, "rakes", "rakes-which", "several", "bank")
    new.scenario(small, "rakes", "the-rake")
    problems = rules.problems(course.read(small, only="rakes"))
    names = ["check.md", "lesson.md", "practice.yml", "rakes.yml", "the-rake.yml"]
    assert sorted({problem.file.name for problem in problems if problem.rule == "unfinished"}) == names
    assert {problem.rule for problem in problems} == {"unfinished", "placing", "checks", "coverage", "objectives"}


@pytest.mark.parametrize("title", ["Plain words", "yes", "- x", "a: b", "#1", '"', "'tis", "Größe", "true", "1", "{a}"])
def test_a_title_is_what_was_written_whatever_it_means_to_yaml(small: Path, title: str):
    new.module(small, "rakes", title)
    assert course.listed(small).modules[-1].title == title


def test_a_module_that_is_listed_and_not_begun_gets_its_texts(small: Path):
    before = (small / COURSE).read_bytes()
    new.module(small, "later", "")
    assert (small / COURSE).read_bytes() == before
    assert course.read(small, only="later").modules[0].entry.title == "Not written yet"


def test_a_draft_without_a_file_of_items_gets_one(small: Path):
    new.item(small, "later", "later-one", "sort", "bank")
    assert (
        (small / "grading/bank/later.yml").read_text(encoding="utf-8").startswith("format_version: 1\nitems:\n  - id: ")
    )


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("tiny-p-who", "already in use: .*practice.yml, line 3"),
        ("tiny-owner", "already in use: .*tiny.yml, line 3"),
        ("the-ladder", "already in use: .*the-ladder.yml, line 2"),
        ("later", "already in use: .*course.yml, line 14"),
        ("Tiny One", "'Tiny One' can't be an identifier"),
        ("a--b", "'a--b' can't be"),
        ("a\n", "can't be"),
        ("../a", "can't be"),
        ("", "You didn't give an identifier"),
        ("opening", "The course itself uses 'opening'"),
        ("attempt", "The course itself uses 'attempt'"),
    ],
)
def test_an_identifier_that_cannot_be_given_is_refused_everywhere(small: Path, id: str, said: str):
    before = contents(small)
    with pytest.raises(Refused, match=said):
        new.item(small, "tiny", id, "single")
    with pytest.raises(Refused, match=said):
        new.scenario(small, "tiny", id)
    if id != "later":
        with pytest.raises(Refused, match=said):
            new.module(small, id, "A title")
    assert contents(small) == before


def test_identifiers_of_drafts_are_in_use_too(author: Author):
    author.writes(COURSE, "ready: true", "ready: false")
    with pytest.raises(Refused, match="already in use"):
        new.item(author.root, "later", "tiny-owner", "single")


def test_what_there_is_not_is_refused_with_what_there_is(small: Path):
    before = contents(small)
    with pytest.raises(Refused, match=r"no module called 'tny'.\n.*later, tiny"):
        new.scenario(small, "tny", "the-rake")
    with pytest.raises(Refused, match="You didn't name a module"):
        new.item(small, "", "a-b", "single")
    with pytest.raises(Refused, match=r"no kind of item called 'quiz'.\n.*single, several"):
        new.item(small, "tiny", "a-b", "quiz")
    with pytest.raises(Refused, match="isn't a place for an item"):
        new.item(small, "tiny", "a-b", "single", "shelf")
    with pytest.raises(Refused, match="is finished"):
        new.module(small, "tiny", "")
    with pytest.raises(Refused, match="already lists 'later'"):
        new.module(small, "later", "Another title")
    with pytest.raises(Refused, match="needs a title"):
        new.module(small, "rakes", " ")
    with pytest.raises(Refused, match="character"):
        new.module(small, "rakes", "two\nlines")
    assert contents(small) == before


def test_nothing_is_overwritten(small: Path):
    for name in ("course/content/tiny/scenarios/the-rake.plan.yml", "course/content/rakes/check.md"):
        (small / name).parent.mkdir(exist_ok=True)
        (small / name).write_text("mine", encoding="utf-8")
    before = contents(small)
    with pytest.raises(Refused, match="already exists"):
        new.scenario(small, "tiny", "the-rake")
    with pytest.raises(Refused, match="already exists"):
        new.module(small, "rakes", "Rakes")
    assert contents(small) == before


@pytest.mark.parametrize(
    ("old", "changed"),
    [
        ("format_version: 1\nitems:", "items:"),  # and the format comes after the items
        ("format_version: 1\nitems:\n", "format_version: 1\nitems: [\n"),
    ],
)
def test_a_file_that_nothing_can_be_added_to_is_left_as_it_was(author: Author, old: str, changed: str):
    author.writes(BANK, old, changed)
    path = author.root / BANK
    if changed == "items:":
        path.write_text(path.read_text(encoding="utf-8") + "format_version: 1\n", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(BadContent) as bad:
        new.item(author.root, "tiny", "a-b", "single", "bank")
    assert path.read_bytes() == before
    assert {problem.file for problem in bad.value.problems} == {path}


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_variant_stands_in_the_slot_that_it_is_named_after(small: Path):
    made = new.item(small, "last", "last-new-a", "single", "bank")
    (final,) = course.read(small, only="last").modules
    (variant,) = final.slots()["last-new"]
    assert (variant.id, variant.kind) == ("last-new-a", "single")
    assert "    :::{slot} last-new" in made.next_steps
    assert "    :::{slot} last-new" in new.item(small, "last", "last-new-b", "single", "bank").next_steps


@pytest.mark.parametrize(
    ("id", "where", "said"),
    [
        ("last-new-a", "practice", "it doesn't have practice items"),
        ("last-new", "bank", "'last-new' doesn't name a variant of a slot"),
        ("a", "bank", "'a' doesn't name a variant of a slot"),
        ("last-ask-a", "bank", "'last-ask-a' is already in use"),
        ("last-ask", "bank", "'last-ask' is already in use"),
    ],
)
def test_what_is_no_variant_is_refused_in_the_final(small: Path, id: str, where: str, said: str):
    before = (small / LAST).read_bytes()
    with pytest.raises(Refused, match=said):
        new.item(small, "last", id, "single", where)
    assert (small / LAST).read_bytes() == before


def test_a_final_that_is_listed_and_has_no_texts_gets_a_check_and_a_bank_alone(small: Path):
    path = small / "course/course.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("    minutes: 5\n    ready: false", "    part: final\n    ready: false"), encoding="utf-8"
    )
    made = new.module(small, "later", "")
    assert [str(one) for one in made.paths] == ["course/content/later/check.md", "grading/bank/later.yml"]
    assert "lesson" not in " ".join(made.next_steps)
