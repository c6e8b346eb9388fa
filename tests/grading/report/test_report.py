"""The report of classes of every size and state: words, never a traceback; and its page keeps to its promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from casebook.answers import FILE_NAME
from casebook.kinds.base import Given, Item
from casebook.prose import to_text
from grading import bank
from grading.gradebook import Student
from grading.report import data, names, page, plots, say, sitting
from grading.report.reading import Check, Class
from grading.report.sections import ALL, checks, decisions, holds, items, mastery, needs, reliability, safety
from grading.report.whole import Report
from grading.scoring import Scorer
from running import ways
from tests.grading.report.simulated import BEGIN, Model, check_of, graded, handed_in, keep

VOID = {"meta", "br", "path", "link", "use", "hr", "img", "input", "rect"}


def words(html: str) -> str:
    return page_words(html)[1]


class _Read(HTMLParser):
    """A page's tags, ids and words; raises where a tag is not closed in its turn."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self.addresses: list[str] = []
        self.headings: list[int] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        named = dict(attrs)
        self.ids.update([named["id"]] if named.get("id") else [])
        self.addresses += [named[key] or "" for key in ("href", "src", "xlink:href") if key in named]
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append(int(tag[1]))
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in {"style", "title"}:
            self.said.append(data)


def page_words(html: str) -> tuple[_Read, str]:
    read = _Read()
    read.feed(html)
    assert read.open == []
    return read, " ".join(" ".join(read.said).split())


def a_class(size: int, folder: Path, *modules: str, seed: int = 5) -> Class:
    return handed_in(Model(size, seed), [check_of(module) for module in modules], folder)


def of(report: Report, section: Callable[[Report], object]) -> str:
    return words(page.fragment(section(report)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """Twelve trainees, two checks and the capstone."""
    return a_class(12, tmp_path_factory.mktemp("twelve"), "systems-advocates", "partner-violence", "caseload")


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """Sixty trainees, one check, and the final with its variants."""
    return a_class(60, tmp_path_factory.mktemp("sixty"), "working-together", "final")


@pytest.fixture(scope="module", params=["twelve", "sixty"])
def whole(request: pytest.FixtureRequest) -> Class:
    found: Class = request.getfixturevalue(request.param)
    return found


def empty(*students: Student) -> Class:
    return Class("A course", students, (check_of("systems-advocates"),), {}, 0.8)


def test_a_page_is_whole_and_asks_nobody_for_anything(whole: Class):
    read, _ = page_words(page.page(Report(whole)))
    assert not {"script", "iframe", "link", "img", "object"} & read.tags.keys()
    assert [id for id, count in read.ids.items() if count > 1] == []
    assert all(address.startswith("#") for address in read.addresses)
    assert {address[1:] for address in read.addresses} <= read.ids.keys()
    assert read.headings[0] == 1
    assert all(below - above <= 1 for above, below in zip(read.headings, read.headings[1:], strict=False))
    assert 'lang="en"' in page.page(Report(whole))[:100]


def test_the_same_class_gives_the_same_bytes(whole: Class):
    assert page.page(Report(whole)) == page.page(Report(whole))


def test_every_picture_says_what_it_shows_and_has_no_date(whole: Class):
    told = page.page(Report(whole))
    assert told.count("<svg ") == told.count('<svg role="img" aria-label="') > 0
    assert "<metadata" not in told
    assert "#01020" not in told  # each colour has its name


@pytest.mark.parametrize("section", ALL)
def test_of_a_class_without_anybody_every_section_has_words(section: Callable[[Report], object]):
    assert of(Report(empty()), section)


def test_an_empty_class_is_told_so():
    assert "Nobody is in the gradebook yet" in of(Report(empty()), holds.section)


def test_a_class_that_handed_in_nothing_is_told_so():
    report = Report(empty(Student("ada", "Ada", "Byron"), Student("bo")))
    assert "Nothing is graded yet" in of(report, holds.section)
    assert "Nobody has handed it in." in of(report, checks.section)
    assert "Systems" not in of(report, needs.section)


@pytest.mark.parametrize("size", [1, 2])
def test_the_page_of_a_tiny_class_says_that_it_is_too_small(size: int, tmp_path: Path):
    report = Report(a_class(size, tmp_path, "systems-advocates", "caseload"))
    told = words(page.page(report))
    assert f"too few (n = {size})" in told
    assert "fewer than 20" in told
    assert "nan" not in told.lower().split()


def test_a_class_in_which_everybody_is_right_is_nowhere_called_wrong(tmp_path: Path):
    model = Model(30, 1)
    model.knows = lambda *_: True  # type: ignore[method-assign]
    report = Report(handed_in(model, [check_of("systems-advocates")], tmp_path))
    assert "Everybody has the same score" in of(report, reliability.section)
    assert "Nobody is below passing on any teaching point" in of(report, needs.section)
    assert {flag.code for _, _, why in report.flagged for flag in why} == {"giveaway"}
    assert len(report.flagged) == len(report.items["systems-advocates"])


def test_an_answers_file_that_cannot_be_read_is_named_and_counts_as_it_stands(tmp_path: Path):
    check = check_of("systems-advocates")
    klass = a_class(3, tmp_path, check.module)
    (tmp_path / "t0001" / check.module / FILE_NAME).write_bytes(b"\xff\xfe no answer\n{torn")
    scorer = Scorer(check.module, tmp_path / "t0001" / check.module, check.items)
    key = (check.module, "t0001")
    spoilt = replace(
        klass,
        sittings={**klass.sittings, key: sitting.of("t0001", scorer)},
        submissions={**klass.submissions, key: graded("t0001", scorer)},
    )
    told = of(Report(spoilt), holds.section)
    assert "t0001, systems-advocates: 2 lines of the answers file could not be read" in told
    row = Report(spoilt).frames.checks.set_index("student").loc["t0001"]
    assert (row["state"], row["score"]) == (data.NOT_MET, 0)


def test_answers_that_are_gone_are_named_and_their_marks_stay(twelve: Class):
    key = ("systems-advocates", "t0003")
    gone = replace(twelve, sittings={k: v for k, v in twelve.sittings.items() if k != key})
    report = Report(gone)
    assert "t0003, systems-advocates: the answers are gone" in of(report, holds.section)
    assert report.count("systems-advocates", data.MET, data.NOT_MET) == 12
    assert all(one.asked == 11 for one in report.items["systems-advocates"])


def test_who_did_not_hand_in_and_who_handed_in_again_is_told(twelve: Class):
    klass = replace(
        twelve,
        students=(*twelve.students, Student("zoe", "Zoe", "Late")),
        again=frozenset({("partner-violence", "t0002")}),
    )
    told = of(Report(klass), checks.section)
    assert "Not handed in (1): Zoe Late." in told
    assert "Not graded yet (1): t0002." in told
    assert Report(klass).frames.asked.query("module == 'partner-violence'")["student"].nunique() == 11


def test_what_waits_for_marks_is_told_and_counts_as_nothing_known(twelve: Class):
    klass = replace(twelve, submissions=dict(_waiting(twelve)))
    report = Report(klass)
    assert report.count("partner-violence", data.WAITS) == 12
    told = of(report, checks.section)
    assert "For you to grade by hand (12): everybody." in told
    assert "Nobody's score is final yet." in told
    waits = report.frames.asked[report.frames.asked["waits"]]
    assert waits["share"].isna().all()
    points = report.frames.points
    assert points[points["question"].isin(waits["question"])].empty


def _waiting(klass: Class) -> Iterator[tuple[tuple[str, str], object]]:
    for key, one in klass.submissions.items():
        written = [g for g in one.grades if g.manual is not None]
        grades = [replace(g, manual=None, auto=None, waits=True) if g in written else g for g in one.grades]
        yield key, replace(one, grades=tuple(grades))


def test_what_an_instructor_marked_counts_as_marked(twelve: Class):
    key = ("systems-advocates", "t0000")
    one = twelve.submissions[key]
    grades = tuple(replace(g, manual=g.most, waits=False) for g in one.grades)
    klass = replace(twelve, submissions={**twelve.submissions, key: replace(one, grades=grades, unsafe=())})
    frames = Report(klass).frames
    of_it = frames.points[(frames.points["student"] == "t0000") & (frames.points["module"] == "systems-advocates")]
    assert (of_it["share"] == 1).all()
    assert frames.checks.set_index(["module", "student"]).loc[key, "state"] == data.MET


def test_variants_of_a_slot_are_told_apart(sixty: Class):
    final = {one.item.id: one for one in Report(sixty).items["final"]}
    slots: dict[str, int] = Counter()
    for one in final.values():
        slots[one.question] += one.asked
    assert len(final) == len(bank.items("final")) == 48
    assert set(slots.values()) == {60}
    assert all(0 < one.asked < 60 for one in final.values())


def test_a_small_class_has_a_map_of_everybody_and_a_large_one_shares(twelve: Class, sixty: Class):
    small, large = mastery.section(Report(twelve)), mastery.section(Report(sixty))
    assert "<svg" not in page.fragment(small)
    assert 'class="n not"' in page.fragment(small)
    assert "t0011" in page.fragment(small)
    assert "<svg" in page.fragment(large)
    assert "t0011" not in page.fragment(large)


def test_without_names_nobody_is_named(tmp_path: Path):
    klass = a_class(30, tmp_path, "systems-advocates")
    people = tuple(Student(s.id, f"First{n}", f"Last{n}", f"{n}@x.org") for n, s in enumerate(klass.students))
    klass = replace(klass, students=people, submissions={k: v for k, v in klass.submissions.items() if k[1] > "t0003"})
    with_names = page.page(Report(klass))
    without = page.page(Report(klass, without_names=True))
    assert "First7 Last7" in with_names
    assert not any(part in without for s in people for part in (s.id, s.first_name, s.last_name, s.email))
    assert "letters instead of names" in words(without)
    assert "has the names" in words(with_names)


def test_letters_do_not_follow_the_alphabet_of_ids():
    shown = names.shown([Student(f"t{n:02}") for n in range(30)], without_names=True)
    assert sorted(shown.values(), key=lambda s: (len(s), s)) == [names.letters(n) for n in range(30)]
    assert [shown[f"t{n:02}"] for n in range(30)] != [names.letters(n) for n in range(30)]
    assert [names.letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_nobody_can_work_the_letters_out_from_the_ids():
    students = [Student(f"t{n:02}") for n in range(30)]
    assert names.shown(students, without_names=True) != names.shown(students, without_names=True)


def test_two_of_one_name_are_told_apart():
    shown = names.shown([Student("a", "Jo", "Li"), Student("b", "Jo", "Li"), Student("c")], without_names=False)
    assert shown == {"a": "Jo Li (a)", "b": "Jo Li (b)", "c": "c"}


def test_a_name_that_is_html_or_a_formula_stays_words(tmp_path: Path):
    klass = replace(a_class(1, tmp_path, "systems-advocates"), students=(Student("t0000", "<b>&", "$x^2$"),))
    assert "<b>& $x^2$" in words(page.page(Report(klass)))


def test_whoever_chose_something_unsafe_has_not_met_the_check_and_is_named(tmp_path: Path):
    check = check_of("partner-violence")
    sittings, submissions = {}, {}
    for student, way in (("ana", ways.UNSAFE), ("ben", ways.RIGHT)):
        keep(tmp_path / student, (_line(check, item, way(item) or ways.RIGHT(item)) for item in check.items.values()))
        scorer = Scorer(check.module, tmp_path / student, check.items)
        sittings[check.module, student] = sitting.of(student, scorer)
        grades = [replace(g, manual=g.most) if g.auto is None else g for g in graded(student, scorer).grades]
        submissions[check.module, student] = replace(graded(student, scorer), grades=tuple(grades))
    people = (Student("ana", "Ana", "Ruiz"), Student("ben", "Ben", "Ito"))
    report = Report(Class("A course", people, (check,), {}, 0.8, submissions, sittings))
    assert report.who(check.module, data.MET) == ["Ben Ito"]
    parts = [part for item in check.items.values() for part in (*_of(item, "options"), *_of(item, "actions"))]
    marked = {to_text(part.text) for part in parts if _of(part, "unsafe") or _of(part, "never")}
    unsafe = list(report.frames.unsafe["what"])
    assert unsafe
    assert marked.issuperset(unsafe)
    told = of(report, safety.section)
    assert f"Ana Ruiz {check.title} not passed because of this {' '.join(unsafe[0].split())}" in told
    assert "Ben" not in told
    assert "1 trainee chose something unsafe" in of(report, holds.section)


def _of(what: object, name: str) -> Any:
    return getattr(what, name, ())


def _line(check: Check, item: Item, given: Given | None) -> dict[str, object]:
    return {"v": 1, "at": BEGIN.isoformat(), "module": check.module, "id": item.id, "given": given}


def test_an_unsafe_decision_in_a_story_is_named_too(twelve: Class):
    report = Report(twelve)
    taken = [
        (student, to_text(each.text))
        for student, story, scene, choice in report.frames.taken[["student", "story", "scene", "choice"]].itertuples(
            index=False
        )
        for played in (one.story for _, one in report.stories if one.story.id == story)
        for each in played.scenes[scene].choices
        if each.id == choice and each.unsafe
    ]
    told = report.frames.unsafe[report.frames.unsafe["module"] == "caseload"]
    assert Counter(taken) == Counter(told[["student", "what"]].itertuples(index=False, name=None))
    assert taken


def test_decisions_add_up(twelve: Class):
    ((check, story),) = Report(twelve).stories
    assert (check.module, story.trainees) == ("caseload", 12)
    for scene in story.scenes:
        out = sum(taken for (key, _), taken in story.ways.items() if key == scene.scene)
        assert scene.visits == out == sum(each.count for each in scene.taken)
    endings = [taken for (_, to), taken in story.ways.items() if story.story.scenes[to].ending is not None]
    assert sum(endings) == 12
    assert "Where the paths led" in of(Report(twelve), decisions.section)


def test_chosen_options_add_up_and_the_key_is_marked(twelve: Class):
    for one in Report(twelve).items["systems-advocates"]:
        if one.item.kind == "single":
            assert sum(each.count for each in one.chosen) == 12
            right = [each for each in one.chosen if each.choice.key]
            assert [each.choice.option for each in right] == [o.id for o in one.item.options if o.right]  # type: ignore[attr-defined]
            assert right[0].count == pytest.approx(one.facility * 12)
    assert "key" in of(Report(twelve), items.section)


def test_seconds_are_between_successive_answers_and_pauses_are_left_out(tmp_path: Path):
    singles = [item.id for item in check_of("systems-advocates").items.values() if item.kind == "single"]
    first, second, third = singles[:3]
    minutes = {first: 0, second: 2, third: 40}
    given = {id: {"choice": "a"} for id in minutes}
    at = {id: BEGIN.replace(minute=minute).isoformat() for id, minute in minutes.items()}
    rows = [{"v": 1, "at": at[id], "module": "systems-advocates", "id": id, "given": given[id]} for id in given]
    rows.append({**rows[0], "at": "yesterday"})
    keep(tmp_path, iter(rows))
    check = check_of("systems-advocates")
    found = sitting.of("x", Scorer(check.module, tmp_path, check.items))
    assert {one.item: one.seconds for one in found.asked if one.seconds is not None} == {second: 120}


def test_numbers_are_said_plainly():
    assert say.number(-0.001) == "0.00"
    assert say.number(None) == say.number(float("nan")) == say.percent(None) == "-"
    assert say.of(3, 12) == "3 (25%)"
    assert say.short("one two three", 8) == "one two …"
    assert plots.histogram([0, 0.1, 0.099, 0.8, 1.0])[0] == [2, 1, 0, 0, 0, 0, 0, 0, 1, 1]
