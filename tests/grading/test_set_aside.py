from __future__ import annotations

import os
from pathlib import Path

import pytest

from grading import set_aside


@pytest.fixture
def eve(tmp_path: Path) -> Path:
    folder = tmp_path / "grading/submitted/eve/tiny"
    folder.mkdir(parents=True)
    return folder


def test_a_name_as_long_as_names_can_be_is_set_aside_each_time(eve: Path, tmp_path: Path):
    others = tmp_path / "others.jsonl"
    others.write_text("another's answers")
    for _ in range(3):
        (eve / "answers.jsonl").unlink(missing_ok=True)
        (eve / "answers.jsonl").symlink_to(others)
        (eve / ("a" * 255)).symlink_to(others)
        assert {left.name for left in set_aside.tidy(eve)} == {"answers.jsonl", "a" * 255}
        assert [path.name for path in eve.iterdir() if path.is_symlink()] == []
    kept = tmp_path / "grading/set-aside/eve"
    assert sorted(path.name for path in kept.iterdir()) == ["tiny", "tiny.2", "tiny.3"]
    assert all(len(list(folder.iterdir())) == 2 for folder in kept.iterdir())


def test_what_cannot_be_looked_over_is_not_given_to_nbgrader(eve: Path, monkeypatch: pytest.MonkeyPatch):
    def refuses(_folder: Path) -> list[set_aside.Left]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(set_aside, "tidy", refuses)
    with pytest.raises(SystemExit, match=r"so nothing in it was graded\. Move this folder"):
        set_aside.before_autograding([str(eve / "tiny-check.ipynb")])


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    folder = tmp_path / "inbound"
    folder.mkdir()
    (folder / "answers.jsonl").write_text("answers")
    return folder


def test_a_folder_that_is_a_link_by_now_is_not_copied(sent: Path, tmp_path: Path):
    (tmp_path / "link").symlink_to(sent)
    with pytest.raises(OSError, match="It was swapped for something else while it was being collected"):
        set_aside.copy(tmp_path / "link", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_somebody_elses_by_now_is_not_copied(sent: Path, tmp_path: Path):
    with pytest.raises(PermissionError, match="It was swapped"):
        set_aside.copy(sent, tmp_path / "new", sent.stat().st_uid + 1)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
def test_a_file_that_another_login_put_into_a_folder_is_not_taken(sent: Path, tmp_path: Path):
    os.chown(sent / "answers.jsonl", 54_321, -1)
    (left,) = set_aside.copy(sent, tmp_path / "new")
    assert str(left).startswith("answers.jsonl was set aside: it is somebody else's")
    assert (tmp_path / "new/answers.jsonl").read_text() != "answers"


def test_a_file_that_grows_while_it_is_read_is_not_taken(sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with (sent / "film.mp4").open("wb") as file:
        file.truncate(200 * 2**20)
    look = set_aside._why_not

    def before_it_grew(about: os.stat_result, whose: int | None = None) -> str | None:
        why = look(about, whose)
        return None if why == set_aside._TOO_LARGE else why

    monkeypatch.setattr(set_aside, "_why_not", before_it_grew)
    (left,) = set_aside.copy(sent, tmp_path / "new")
    assert str(left) == "film.mp4 was set aside: it is a file of more than 16 MB."
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["answers.jsonl"]


def test_of_more_than_any_submission_holds_the_answers_come_first(
    sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(set_aside, "MOST_FILES", 20)
    for number in range(100):
        (sent / f"{number}.txt").touch()
    (left,) = set_aside.copy(sent, tmp_path / "new")
    assert str(left) == "the rest was set aside: it is more than any submission holds (20 files, 64 MB)."
    names = {path.name for path in (tmp_path / "new").iterdir()}
    assert len(names) == 20
    assert "answers.jsonl" in names


def test_sparse_files_do_not_fill_the_instructors_disk(sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(set_aside, "MOST_BYTES", 3 * 2**20)
    for number in range(20):
        with (sent / f"{number}.txt").open("wb") as file:
            file.truncate(2**20)
    assert [one.name for one in set_aside.copy(sent, tmp_path / "new")] == ["the rest"]
    assert sum(path.stat().st_size for path in (tmp_path / "new").iterdir()) < 5 * 2**20


def test_a_page_of_a_trainees_own_gets_nowhere_near_the_feedback(sent: Path, eve: Path, tmp_path: Path):
    for folder in (sent, eve):
        (folder / "tiny-check.html").write_text("forged")
    (left,) = set_aside.copy(sent, tmp_path / "new")
    assert str(left) == "tiny-check.html was set aside: it is a web page, which trainees don't turn in."
    assert [one.name for one in set_aside.tidy(eve)] == ["tiny-check.html"]
    assert not (tmp_path / "new/tiny-check.html").exists()
    assert not (eve / "tiny-check.html").exists()


def test_of_very_much_that_is_set_aside_the_first_things_are_named(tmp_path: Path):
    folder = tmp_path / "submitted/eve/tiny"
    folder.mkdir(parents=True)
    for n in range(60):
        (folder / f"link-{n:02}").symlink_to("/etc/passwd")
    (folder / "timestamp.txt").symlink_to("/etc/passwd")
    told = [words for words in set_aside.made_sound(folder) if "set aside" in words]
    assert told[:2] == ["timestamp.txt was set aside: it is a link.", "link-00 was set aside: it is a link."]
    assert (len(told), told[-1]) == (11, "51 more things were set aside.")
    assert len(list((tmp_path / "set-aside/eve/tiny").iterdir())) == 61
