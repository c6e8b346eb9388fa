"""Another attempt is opened, or refused in plain words; what was graded is kept whole or not at all."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from traitlets.config import Config

from casebook import attempts as lines
from casebook.answers import FILE_NAME, Answer
from grading import attempts, bank, closed, gradebook, graded, opening, settings
from grading.bulk import submitted
from grading.bulk.autograde import autograde
from grading.bulk.feedback import generate
from grading.commands import attempt as command
from grading.commands import confirm
from grading.opening import open_attempts
from grading.refused import Refused
from grading.report import data, page, reading
from grading.report.whole import Report
from tests.grading import a_class

AT = "2026-01-05T09:00:00+00:00"
LATER, LATEST = "2026-01-07 09:00:00 UTC", "2026-01-08 09:00:00 UTC"
NOW = datetime(2026, 1, 6, 12, tzinfo=UTC)
OWNER = Answer("tiny", "tiny-owner", {"choice": "b"}, AT)
UNSAFE = [OWNER, Answer("tiny", "tiny-return", {"choices": ["a", "b", "d"]}, AT)]
RIGHT = [OWNER, Answer("tiny", "tiny-return", {"choices": ["a", "b"]}, AT)]
ARCHIVED = f"{attempts.ARCHIVE}/tiny/ana/1"


def second(given: list[Answer], number: int = 2) -> list[Answer]:
    return [lines.marker("tiny", number, AT), *given]


@pytest.fixture
def root(tiny_ready: Path, tmp_path: Path, tiny_bank: None, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001
    """The tiny course: ana chose what is unsafe, ben got all of it right, cam hasn't sent any answers; all graded."""
    root = Path(shutil.copytree(tiny_ready, tmp_path / "course"))
    monkeypatch.setattr(bank, "ROOT", root)
    for student, answers in (("ana", UNSAFE), ("ben", RIGHT), ("cam", [])):
        a_class.submit(root, student, "tiny", answers)
    grade(root)
    generate(settings.load(root), "tiny", processes=1)
    return root


@pytest.fixture
def config(root: Path) -> Config:
    return settings.load(root)


def grade(root: Path) -> dict[str, str]:
    """Grades what is new; what was said of whom."""
    report = autograde(settings.load(root), "tiny", processes=1)
    return {one.student: one.words for one in report.problems if not one.graded}


def opens(config: Config, student: str | None = "ana") -> opening.Report:
    return open_attempts(config, "tiny", student, lambda: NOW)


def score(config: Config, student: str = "ana") -> float:
    (one,) = graded.submissions(config, "tiny", [student])
    return one.score


def html(root: Path, student: str = "ana") -> str:
    return (root / f"grading/feedback/{student}/tiny/tiny-check.html").read_text(encoding="utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_was_graded_is_kept_as_it_was(root: Path, config: Config):
    wanted = {
        **{f"autograded/{name}": data for name, data in files(root / "grading/autograded/ana/tiny").items()},
        **{f"feedback/{name}": data for name, data in files(root / "grading/feedback/ana/tiny").items()},
    }
    (kept,) = opens(config).opened
    assert (kept.number, kept.opens, kept.score, kept.most, kept.met) == (1, 2, 2, 5, False)
    assert (kept.handed_in, kept.at) == ("2026-01-05T09:00:00+00:00", "2026-01-06T12:00:00+00:00")
    assert [one.said for one in kept.unsafe] == ["Lend it on"]
    assert files(root / ARCHIVED) == wanted
    assert attempts.read(root)["tiny", "ana"].kept == (kept,)


def test_nobody_else_on_the_machine_can_read_it(root: Path, config: Config):
    opens(config)
    for path in (root / attempts.ARCHIVE, root / ARCHIVED, root / attempts.KEPT):
        assert path.stat().st_mode & 0o007 == 0, path
    (root / attempts.KEPT).chmod(0o666)
    before = os.umask(0)
    try:
        closed.keep_closed(root)
    finally:
        os.umask(before)
    assert (root / attempts.KEPT).stat().st_mode & 0o007 == 0


@pytest.mark.parametrize(
    ("student", "before", "said"),
    [
        ("ben", lambda _root: None, "ben already passed this check, so there's nothing to gain."),
        ("cam", lambda _root: None, "cam sent no answers, but can hand it in again without another attempt."),
        ("dan", lambda _root: None, "dan didn't hand anything in."),
        ("dan", lambda root: a_class.submit(root, "dan", "tiny", UNSAFE), "dan isn't graded yet. Run make autograde"),
        (
            "ana",
            lambda root: a_class.submit(root, "ana", "tiny", RIGHT, LATER),
            "ana handed it in again, and that isn't",
        ),
        ("ana", lambda root: opens(settings.load(root)), "ana already has attempt 2 open, and none of it is graded"),
    ],
)
def test_where_there_is_nothing_to_open_it_is_refused_in_plain_words(
    root: Path, config: Config, student: str, before: Callable[[Path], object], said: str
):
    before(root)
    lines_before = (root / attempts.KEPT).read_bytes() if (root / attempts.KEPT).exists() else b""
    with pytest.raises(Refused, match=rf"^No other attempt was opened\. {said}"):
        opens(config, student)
    assert ((root / attempts.KEPT).read_bytes() if lines_before else b"") == lines_before


def test_for_everybody_it_is_opened_for_who_did_not_meet_it_and_the_others_are_named(root: Path, config: Config):
    a_class.submit(root, "dan", "tiny", UNSAFE)
    report = opens(config, None)
    assert [one.student for one in report.opened] == ["ana"]
    assert list(report.left) == ["ben", "cam", "dan"]
    again = opens(config, None)
    assert (again.opened, "already has attempt 2 open" in again.left["ana"]) == ([], True)


def test_an_attempt_that_nobody_opened_is_passed_over_and_the_graded_one_stands_everywhere(root: Path, config: Config):
    before, told = a_class.rows(root), html(root)
    a_class.submit(root, "ana", "tiny", second(RIGHT), LATER)
    assert "attempt 2, which nobody opened. The graded one still counts." in grade(root)["ana"]
    assert "make attempt CHECK=tiny STUDENT=ana" in grade(root)["ana"]
    assert a_class.rows(root) == before
    generate(config, "tiny", processes=1)
    assert html(root) == told
    of = reading.read(root, "tiny", processes=1)
    states = data.frames(of).checks.set_index("student")["state"]
    assert (states["ana"], states["ben"]) == (data.NOT_MET, data.MET)
    assert of.again == frozenset()
    assert [one.answered for one in of.sittings["tiny", "ana"].asked] == [True, True]


def test_it_is_graded_once_it_is_opened_and_the_first_is_kept(root: Path, config: Config):
    a_class.submit(root, "ana", "tiny", second(RIGHT), LATER)
    assert "ana" in grade(root)
    opens(config)
    assert "ana" not in grade(root)
    assert score(config) == 5
    assert attempts.read(root)["tiny", "ana"].graded == 2
    assert (root / ARCHIVED / "autograded" / FILE_NAME).read_bytes() != b""
    with pytest.raises(Refused, match="ana already passed this check"):
        opens(config)


def test_answers_of_the_first_handed_in_again_count_no_more_once_another_is_open(root: Path, config: Config):
    opens(config)
    assert "ana" not in grade(root)  # the very submission that is graded: nothing is amiss
    a_class.submit(root, "ana", "tiny", RIGHT, LATER)
    assert "Ask them to choose Begin attempt 2" in grade(root)["ana"]
    assert score(config) == 2
    a_class.submit(root, "ana", "tiny", second(RIGHT), LATEST)
    assert "ana" not in grade(root)
    assert score(config) == 5
    a_class.submit(root, "ana", "tiny", UNSAFE, "2026-01-09 09:00:00 UTC")
    assert "attempt 1, handed in after attempt 2 was opened. The graded one still counts." in grade(root)["ana"]
    assert score(config) == 5


@pytest.mark.parametrize("number", [3, 99])
def test_who_began_more_than_one_new_attempt_has_the_last_one_graded_once_it_is_opened(
    root: Path, config: Config, number: int
):
    opens(config)
    a_class.submit(root, "ana", "tiny", second(RIGHT, number), LATER)
    assert f"attempt {number}, which nobody opened. Attempt 2 is open." in grade(root)["ana"]
    kept = files(root / ARCHIVED)
    (again,) = opens(config).opened
    assert (again.number, again.opens) == (1, number)
    assert files(root / ARCHIVED) == kept
    assert "ana" not in grade(root)
    assert (score(config), attempts.read(root)["tiny", "ana"].graded) == (5, number)


@pytest.mark.parametrize("number", [2, 99])
def test_whatever_somebody_hands_in_first_is_graded(root: Path, config: Config, number: int):
    a_class.submit(root, "dan", "tiny", second(UNSAFE, number))
    assert "dan" not in grade(root)
    a_class.submit(root, "dan", "tiny", second([OWNER], number), LATER)
    assert "dan" not in grade(root)
    if number == 99:
        with pytest.raises(Refused, match="dan has had 99 attempts"):
            opens(config, "dan")
    else:
        (kept,) = opens(config, "dan").opened
        assert (kept.number, kept.opens) == (2, 3)


@pytest.mark.parametrize("number", [0, 100, 2**60, -3])
def test_an_impossible_number_is_the_first_attempt(root: Path, config: Config, number: int):
    a_class.submit(root, "ana", "tiny", second(RIGHT, number) if number < 2**53 else RIGHT, LATER)
    assert "ana" not in grade(root)
    assert score(config) == 5


def test_a_number_in_the_middle_says_nothing(root: Path, config: Config):
    a_class.submit(root, "ana", "tiny", [RIGHT[0], lines.marker("tiny", 2, AT), RIGHT[1]], LATER)
    assert "ana" not in grade(root)
    opens_refused(config, "already passed this check")


def opens_refused(config: Config, said: str) -> None:
    with pytest.raises(Refused, match=said):
        opens(config)


@pytest.mark.parametrize(
    "place", [attempts.ARCHIVE, f"{attempts.ARCHIVE}/tiny", f"{attempts.ARCHIVE}/tiny/ana", ARCHIVED]
)
def test_where_a_link_takes_the_archives_place_nothing_is_opened(
    root: Path, config: Config, tmp_path: Path, place: str
):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(elsewhere)
    opens_refused(config, "is a link, and earlier attempts have to be in plain folders")
    assert list(elsewhere.iterdir()) == []
    assert attempts.read(root) == {}


def test_a_link_among_what_was_graded_is_not_followed(root: Path, config: Config, tmp_path: Path):
    (tmp_path / "secret").write_text("secret")
    (root / "grading/autograded/ana/tiny/secret").symlink_to(tmp_path / "secret")
    opens(config)
    assert not os.path.lexists(root / ARCHIVED / "autograded/secret")


@pytest.mark.parametrize("at", ["copy", "move", "line"])
def test_a_run_that_is_stopped_opened_nothing_and_the_next_one_opens_all(
    root: Path, config: Config, monkeypatch: pytest.MonkeyPatch, at: str
):
    class Stopped(Exception):
        pass

    def stop(*_: object) -> None:
        raise Stopped

    where = {"copy": (opening.files, "write"), "move": (Path, "rename"), "line": (attempts, "add")}
    with monkeypatch.context() as broken:
        broken.setattr(*where[at], stop)
        with pytest.raises(Stopped):
            opens(config)
    assert attempts.read(root) == {}
    wanted = files(root / "grading/autograded/ana/tiny")
    opens(config)
    assert files(root / ARCHIVED / "autograded") == wanted
    assert [path.name for path in (root / attempts.ARCHIVE).iterdir()] == ["tiny"]


def test_the_page_says_that_another_is_open_and_later_which_one_it_is_of(root: Path, config: Config):
    assert "ask your instructor to open another attempt" in html(root)
    assert "casebook-attempt" not in html(root)
    opens(config)
    generate(config, "tiny", processes=1)
    assert '<meta name="casebook-attempt" content="2">' in html(root)[: lines._HEAD]
    assert "Your instructor has opened another attempt." in html(root)
    assert "choose <em>Begin attempt 2</em>" in html(root)
    assert "ask your instructor" not in html(root)
    assert "opened another attempt" not in html(root, "ben")
    a_class.submit(root, "ana", "tiny", second([RIGHT[1]]), LATER)
    grade(root)
    generate(config, "tiny", processes=1)
    assert "casebook-attempt" not in html(root)
    assert "For ana. Attempt 2." in html(root)


def test_the_trainees_page_reads_what_the_feedback_page_says(root: Path, config: Config, tmp_path: Path):
    opens(config)
    generate(config, "tiny", processes=1)
    fetched = tmp_path / "check/feedback/2026-01-06/tiny-check.html"
    fetched.parent.mkdir(parents=True)
    fetched.write_text(html(root))
    assert lines.opened(tmp_path / "check") == 2


def test_the_report_tells_each_attempt(root: Path, config: Config):
    assert "been given another attempt." in page.page(Report(reading.read(root, processes=1)))
    opens(config)
    told = page.page(Report(reading.read(root, processes=1)))
    assert "2 of 5, not passed" in told
    assert "open since 2026-01-06" in told
    assert "make attempt CHECK=" in told
    a_class.submit(root, "ana", "tiny", second(RIGHT), LATER)
    assert "handed in, not graded yet" in page.page(Report(reading.read(root, processes=1)))
    grade(root)
    told = page.page(Report(reading.read(root, processes=1)))
    assert "5 of 5, passed" in told
    assert "2 of 5, not passed" in told
    assert "Lend it on" in told
    assert "Another attempt was opened 1 time; 1 passed." in told
    assert ">ana<" not in page.page(Report(reading.read(root, processes=1), without_names=True))


def ask(root: Path, check: str = "tiny", student: str = "") -> argparse.Namespace:
    return argparse.Namespace(root=root, check=check, student=student)


def test_the_command_opens_makes_the_pages_and_says_how_they_go_back(root: Path, capsys: pytest.CaptureFixture[str]):
    assert command.run(ask(root)) == 0
    said = capsys.readouterr().out
    assert said.startswith("tiny: 1 attempt opened.\n  ana: attempt 2 is open; attempt 1 (2 of 5 points) is kept.\n")
    assert "Already passed: 1 trainee." in said
    assert "  cam sent no answers" in said
    assert "nbgrader release_feedback tiny" in said
    assert "ana: not returned, because this submission didn't come through the exchange. Send the page yourself" in said
    assert "casebook-attempt" in html(root)


def test_the_command_refuses_what_it_cannot_do(root: Path):
    for check, student, said in (
        ("", "ana", "Which check"),
        ("no", "ana", "There's no check called no"),
        ("tiny", "../ana", "The id"),
        ("tiny", "ben", "ben already passed this check"),
    ):
        with pytest.raises(Refused, match=said):
            command.run(ask(root, check, student))


def test_a_confirmed_zero_may_be_tried_again(root: Path, config: Config):
    confirm.run(ask(root, student="cam"))
    (kept,) = opens(config, "cam").opened
    assert (kept.score, kept.met, kept.unsafe) == (0, False, ())


def test_who_sent_no_answers_and_then_another_attempt_has_that_one_opened(root: Path, config: Config):
    a_class.submit(root, "cam", "tiny", second(RIGHT), LATER)
    assert "make attempt CHECK=tiny STUDENT=cam" in grade(root)["cam"]
    opens(config, "cam")
    assert "cam" not in grade(root)
    assert score(config, "cam") == 5


def test_nothing_else_is_looked_at_where_nobody_has_another_attempt(root: Path, monkeypatch: pytest.MonkeyPatch):
    asked: list[Path] = []
    monkeypatch.setattr(submitted, "is_same", lambda folder, _graded: asked.append(folder))
    assert len(submitted.found(settings.load(root), "tiny")) == 3
    assert asked == []


def test_a_gradebook_without_the_archive_still_tells_its_rows(root: Path, config: Config):
    opens(config)
    shutil.rmtree(root / attempts.ARCHIVE)
    assert len(gradebook.submissions(settings.directory(config).db_url, "tiny")) == 3
    assert attempts.read(root)["tiny", "ana"].awaited == 2
