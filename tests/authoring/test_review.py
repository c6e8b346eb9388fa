from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from authoring import course, review
from authoring.problems import Refused
from casebook.kinds import KINDS
from casebook.kinds.options import OptionsItem
from casebook.prose import to_text
from tests import kinds_course, real
from tests.authoring.author import BANK, COURSE, Author

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a graded item of every kind."""
    return kinds_course.make(tmp_path_factory.mktemp("review") / "course")


@pytest.fixture(scope="module")
def shown(kinds: Path) -> str:
    """What a reviewer reads of it, without the markup."""
    return words(review.write(kinds, kinds_course.SLUG))


def words(path: Path) -> str:
    """The words of a page, with single spaces."""
    body = path.read_text(encoding="utf-8").partition("<body>")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(em|strong)>", "", body))).split())


def plain(prose: str) -> str:
    return " ".join(to_text(prose).split())


def section(shown: str, id: str) -> str:
    """What is said of one item."""
    return re.split(r"\d+\. kinds-", shown.partition(f". {id} ")[2])[0]


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_reviewer_reads_the_question_its_key_and_every_feedback(shown: str, kind: str):
    item = kinds_course.graded(kind)
    said = section(shown, item.id)
    assert plain(item.stem) in said
    assert item.secrets()
    for secret in item.secrets():
        assert plain(secret) in said
    for part in item.parts():
        assert plain(part.text) in said
    assert f"About {item.points[0]}" in said
    assert "Safety: safe not safe" in said


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("single", "not right"),
        ("several", "right, unsafe"),
        ("sort", "group: b"),
        ("order", "place: 3"),
        ("rate", "best: 0, never"),
        ("written", "marks: 2"),
        ("simulation", "verdict: sound"),
    ],
)
def test_what_each_part_counts_as_is_said(shown: str, kind: str, counts: str):
    said = section(shown, f"kinds-{kind}")
    assert all(count in said for count in counts.split(", "))


def test_of_every_option_it_is_said_whether_it_is_right():
    """Also of those that name teaching points of their own, or are unsafe."""
    seen = {"points": False, "unsafe": False}
    for module in real.read().modules:
        told = re.findall(r"<td>(not right|right)\b[^<]*</td><td>", review.page(real.read(), module).decode())
        options = [option for item in module.bank.items if isinstance(item, OptionsItem) for option in item.options]
        assert told == ["right" if option.right else "not right" for option in options], module.slug
        seen["points"] |= any(option.points and not option.right for option in options)
        seen["unsafe"] |= any(option.unsafe for option in options)
    assert all(seen.values())


def test_groups_are_said_with_their_letters(shown: str):
    assert "a: Within the system b: In the community" in section(shown, "kinds-sort")


def test_a_simulation_is_told_scene_by_scene(shown: str):
    story = kinds_course.graded("simulation").stories[0].story
    said = section(shown, "kinds-simulation")
    for scene in story.scenes.values():
        assert scene.title in said
        for choice in scene.choices:
            assert plain(choice.text) in said
            assert f"score: {choice.score:g}" in said
    assert "unsafe: carry his note to her" in said


def test_what_a_second_story_shares_with_the_first_is_told_once():
    module = real.module("caseload")
    first, second = (scenario.story for scenario in module.bank.stories())
    shared = [scene for key, scene in second.scenes.items() if first.scenes.get(key) == scene and scene.choices]
    assert shared
    page = unescape(review.page(real.read(), module).decode())
    for scene in shared:
        assert page.count(f"<h4>{scene.title}</h4>") == [one.title for one in first.scenes.values()].count(scene.title)


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(kinds: Path):
    page = review.write(kinds, kinds_course.SLUG).read_text(encoding="utf-8")
    assert not re.search(r"<script|<link|<img|\bsrc=|@import|url\(", page)


def test_words_of_an_item_are_never_markup(author: Author):
    author.writes(BANK, "Its owner", "<script>x</script>")
    page = review.write(author.root, "tiny").read_text(encoding="utf-8")
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<script" not in page


def test_a_draft_can_be_reviewed_before_it_is_given_out(author: Author):
    author.writes(COURSE, "check_minutes: 5\n    ready: true", "check_minutes: 5\n    ready: false")
    path = review.write(author.root, "tiny")
    assert path == author.root / "grading/review/tiny.html"
    assert "tiny-owner" in words(path)


def test_a_module_that_is_not_there_is_refused(author: Author):
    with pytest.raises(Refused, match="no module called 'tny'"):
        review.write(author.root, "tny")


def test_the_page_is_never_committed():
    assert "/grading/review/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_the_list_counts_what_nobody_has_reviewed(author: Author):
    author.writes(BANK, "    marks: 2", "    marks: 2\n    reviewed_by: A. Advocate, 2026-03-14")
    lines = review.listed(author.course()).splitlines()
    assert lines[1].split() == ["tiny", "2", "1", "1", "0"]
    assert lines[2].split()[:4] == ["last", "4", "0", "4"]
    assert "  tiny: tiny-return" in lines
    assert "tiny-owner" not in "\n".join(lines)


def test_an_item_says_who_reviewed_it(author: Author):
    author.writes(BANK, "    marks: 2", "    marks: 2\n    reviewed_by: A. Advocate, 2026-03-14")
    said = words(review.write(author.root, "tiny"))
    assert "reviewed by A. Advocate, 2026-03-14" in said
    assert "nobody has reviewed it" in said


def test_inferences_are_counted_in_choices_each_once():
    read = replace(real.read(), modules=(real.module("caseload"),))
    stories = [scenario.story for scenario in read.modules[0].bank.stories()]
    each = [
        [choice for scene in story.scenes.values() for choice in scene.choices if choice.basis == "inference"]
        for story in stories
    ]
    counted = int(review.listed(read).splitlines()[1].split()[-1])
    assert counted == len(each[0]) + len([choice for choice in each[1] if choice not in each[0]])


def test_inferences_are_counted_in_items(kinds: Path):
    (module,) = course.read(kinds).modules
    inferred = replace(module.bank.items[0], basis="inference")
    bank = replace(module.bank, items=(inferred, *module.bank.items[1:]))
    read = replace(course.read(kinds), modules=(replace(module, bank=bank),))
    assert review.listed(read).splitlines()[1].split()[-1] == "1"


def test_a_course_that_is_all_reviewed_says_so(kinds: Path):
    (module,) = course.read(kinds).modules
    items = tuple(replace(item, reviewed_by="A. Advocate") for item in module.bank.items)
    read = replace(course.read(kinds), modules=(replace(module, bank=replace(module.bank, items=items)),))
    assert review.listed(read).endswith("\n\nEverything has been reviewed.")
