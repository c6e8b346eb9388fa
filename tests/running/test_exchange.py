"""The class's exchange, wherever it is and whoever owns it, as a trainee's machine sees it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.exchange import ExchangeError

from grading import settings
from grading.nbgrader_steps import Steps
from grading.refused import StepFailed
from running import exchange, learn, releasing
from running.exchange import Exchange

WHOLE = Exchange(Path("unused"), "victim-services")


@pytest.fixture(scope="module")
def srv(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class's exchange outside of any clone, with every check of the tiny course released to it; read it only."""
    base = tmp_path_factory.mktemp("srv")
    instructor = shutil.copytree(small_built, base / "instructor")
    (base / "the exchange").mkdir()
    assert releasing.release(instructor, Exchange(base / "the exchange", "victim-services")) == ["last", "tiny"]
    return base / "the exchange"


@pytest.fixture
def clone(small: Path) -> Path:
    """A trainee's clone: the course without what only instructors have."""
    for name in ("grading", "course/source"):
        shutil.rmtree(small / name)
    return small


def test_a_trainees_clone_is_laid_out_from_the_class_exchange(clone: Path, srv: Path, tmp_path: Path):
    assert learn.lay_out(clone, tmp_path / "learn", exchange.of_class(clone, tmp_path / "learn", srv)) == []
    released = srv / "victim-services/outbound/tiny"
    assert {p.name: p.read_bytes() for p in (tmp_path / "learn/tiny").iterdir()} == {
        p.name: p.read_bytes() for p in released.iterdir()
    }
    assert not (clone / "grading").exists()
    assert not list((clone / "exchange").iterdir())


def test_a_trainees_nbgrader_is_configured_by_the_trainees_own_folder(clone: Path, srv: Path, tmp_path: Path):
    folder = tmp_path / "learn"
    learn.lay_out(clone, folder, exchange.of_class(clone, folder, srv))
    config = settings.load(folder)
    theirs = settings.load(clone)
    assert config.Exchange.root == str(srv)
    assert config.CourseDirectory.course_id == theirs.CourseDirectory.course_id == "victim-services"
    assert config.CourseDirectory.ignore == theirs.CourseDirectory.ignore
    assert config.ExchangeSubmit.strict is theirs.ExchangeSubmit.strict is True
    assert "Autograde" not in config
    assert "collect" not in theirs.ExchangeFactory  # it names a class of grading/, which isn't here


def test_an_instructors_configuration_still_collects_with_care(small: Path):
    assert settings.load(small).ExchangeFactory.collect == "grading.plugins.collecting.CarefulCollect"


def test_the_exchange_is_remembered(clone: Path, srv: Path, tmp_path: Path):
    folder = tmp_path / "learn"
    assert exchange.of_class(clone, folder, None).root == clone / "exchange"
    learn.lay_out(clone, folder, exchange.of_class(clone, folder, srv))
    assert exchange.of_class(clone, folder, None).root == srv
    assert exchange.of_class(clone, folder, tmp_path / "another").root == tmp_path / "another"


def test_an_exchange_for_learning_alone_is_not_taken_for_the_classs(small: Path, tmp_path: Path):
    folder = tmp_path / "learn"
    folder.mkdir()
    exchange.configure(small, folder, exchange.own(small))
    config = small / "nbgrader_config.py"
    config.write_text(config.read_text() + '\nc.Exchange.root = "/srv/exchange"\n')
    assert exchange.of_class(small, folder, None).root == Path("/srv/exchange")
    assert exchange.own(small).root == small / "exchange"


def test_a_damaged_configuration_of_the_folder_is_written_anew(clone: Path, srv: Path, tmp_path: Path):
    (tmp_path / "nbgrader_config.py").write_text("not python at all")
    learn.lay_out(clone, tmp_path, exchange.of_class(clone, tmp_path, srv))
    assert settings.load(tmp_path).Exchange.root == str(srv)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (shutil.rmtree, "can't be reached, so no check can be fetched"),
        (lambda root: shutil.rmtree(root / "victim-services"), "Your instructor hasn't released any check"),
        (lambda root: shutil.rmtree(root / "victim-services/inbound"), "You can't hand in checks"),
    ],
)
def test_a_trainee_is_told_what_is_wrong_and_has_the_lessons(
    clone: Path, srv: Path, tmp_path: Path, spoil: Callable[[Path], object], said: str
):
    root = shutil.copytree(srv, tmp_path / "exchange")
    spoil(root)
    (told,) = learn.lay_out(clone, tmp_path / "learn", Exchange(root, "victim-services"))
    assert said in told
    assert str(root) in told
    assert (tmp_path / "learn/02-tiny.ipynb").is_file()


def test_a_check_that_was_fetched_stays_while_the_exchange_is_away(clone: Path, srv: Path, tmp_path: Path):
    learn.lay_out(clone, tmp_path, exchange.of_class(clone, tmp_path, srv))
    learn.lay_out(clone, tmp_path, Exchange(tmp_path / "gone", "victim-services"))
    assert (tmp_path / "tiny/tiny-check.ipynb").is_file()


def test_a_released_check_that_cannot_be_read_is_named(
    clone: Path, srv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    real = Path.read_bytes

    def read(path: Path) -> bytes:
        if path.parent == srv / "victim-services/outbound/tiny":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    (told,) = learn.lay_out(clone, tmp_path, exchange.of_class(clone, tmp_path, srv))
    assert told == "The check tiny can't be read in the exchange (Permission denied). Tell your instructor."
    assert (tmp_path / "last/last-check.ipynb").is_file()


@pytest.fixture
def somebody_elses(srv: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The exchange as it is for somebody who may write only into its inbound folder."""
    real = os.access
    # Tests may run as root, whom no permission holds back.
    refused = [srv, srv / "victim-services", srv / "victim-services/outbound"]
    monkeypatch.setattr(os, "access", lambda p, mode: real(p, mode) and not (mode & os.W_OK and Path(p) in refused))
    return srv


def test_an_exchange_that_somebody_else_owns_takes_submissions(clone: Path, somebody_elses: Path, tmp_path: Path):
    folder = tmp_path / "learn"
    learn.lay_out(clone, folder, exchange.of_class(clone, folder, somebody_elses))
    steps = Steps(folder, cache=tmp_path / "cache")
    (folder / "tiny/tiny-check.ipynb").unlink()
    steps.fetch_assignment("tiny", folder)  # puts back what is missing
    steps.submit("tiny", folder, "ana")
    assert [path.name.split("+")[:2] for path in (somebody_elses / "victim-services/inbound").iterdir()] == [
        ["ana", "tiny"]
    ]


def test_stock_nbgrader_would_have_refused_it(somebody_elses: Path, small: Path, tmp_path: Path):
    steps = Steps(small, cache=tmp_path / "cache")
    steps.config.Exchange.root = str(somebody_elses)
    with pytest.raises(StepFailed, match="Unwritable directory") as refused:
        steps.fetch_assignment("tiny", tmp_path)
    assert isinstance(refused.value.__cause__, ExchangeError)


def test_releasing_is_the_instructors(clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    assert not releasing.is_possible(clone)
    monkeypatch.setattr("sys.argv", ["releasing", "--root", str(clone)])
    assert releasing.main() == 1
    assert "can't release checks" in capsys.readouterr().err


def test_one_check_is_released_to_the_configured_exchange_and_only_once(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    shared = tmp_path / "shared"
    shared.mkdir()
    config = small / "nbgrader_config.py"
    config.write_text(config.read_text() + f"\nc.Exchange.root = {str(shared)!r}\n")
    monkeypatch.setattr("sys.argv", ["releasing", "--root", str(small), "--check", "tiny"])
    assert (releasing.main(), releasing.main()) == (0, 0)
    assert capsys.readouterr().out.splitlines() == [
        f"Released to {shared}: tiny.",
        f"Nothing has changed since the release to {shared}.",
    ]
    assert [path.name for path in (shared / "victim-services/outbound").iterdir()] == ["tiny"]


def test_a_check_that_is_not_there_is_said(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.argv", ["releasing", "--root", str(small), "--check", "tinny"])
    assert releasing.main() == 1
    assert "There's no check called tinny." in capsys.readouterr().err
