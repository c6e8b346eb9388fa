from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from authoring import __main__ as command
from tests.authoring.author import BANK, CHECK, LESSON, Author

Run = Callable[..., tuple[int, str, str]]

NOTEBOOK = Path("course/modules/02-tiny.ipynb")
QUESTIONS = Path("course/modules/content/refresher.json")


@pytest.fixture
def run(author: Author, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the author's course: its exit code, and what it says and complains of."""

    def running(name: str, *more: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["authoring", name, "--root", str(author.root), *more])
        code = command.main()
        said = capsys.readouterr()
        return code, said.out, said.err

    return running


def test_a_good_course_is_well(run: Run):
    code, out, err = run("check")
    assert (code, err) == (0, "")
    assert "up to date" in out


def test_a_slip_is_said_with_file_and_line(run: Run, author: Author):
    author.writes(CHECK, "tiny-owner", "tiny-ower")
    for name in ("check", "update"):
        code, out, err = run(name)
        assert (code, out) == (1, "")
        assert f"{author.root / CHECK}:3: There's no item called 'tiny-ower'." in err
        assert err.endswith("2 problems\n")


def test_drift_is_said(run: Run, author: Author):
    author.writes(LESSON, "Ask the owner.", "Ask them.")
    code, _, err = run("check")
    assert code == 1
    assert str(NOTEBOOK) in err
    assert "make update" in err


def test_updating_says_what_has_changed(run: Run, author: Author):
    author.writes(LESSON, "Ask the owner.", "Ask them.")
    assert run("update") == (0, f"{NOTEBOOK}\n{QUESTIONS}\n2 files changed\n", "")
    code, out, err = run("update")
    assert (code, err) == (0, "")
    assert out.startswith("0 files changed\n")
    assert run("check")[0] == 0


def test_updating_after_a_mere_change_of_a_key_says_that_keys_are_read_when_grading(run: Run, author: Author):
    bank = (author.root / BANK).read_text()
    first, _, second = bank.partition("        right: true\n")
    assert second
    author.writes(BANK, bank, f"{first}{second}".replace("      - id: a\n", "      - id: a\n        right: true\n", 1))
    code, out, _ = run("update")
    assert code == 0
    assert out.startswith("0 files changed\n")
    assert "keys are read from grading/bank when grading" in out
    assert "make regrade CHECK=" in out


def test_whoever_looks_on_sees_which_rule_is_at_work(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    for name in ("update", "check"):
        code, _, shown = run(name)
        assert code == 0
        assert "Reading the course" in shown
        assert "Looking over the content (" in shown


def test_another_command_is_refused(run: Run):
    with pytest.raises(SystemExit) as refused:
        run("nonsense")
    assert refused.value.code == 2


def test_what_is_new_is_said_with_what_comes_next(run: Run):
    code, out, err = run("new-scenario", "--module", "tiny", "--name", "the-rake")
    assert (code, err) == (0, "")
    assert "Written: course/content/tiny/scenarios/the-rake.yml\n" in out
    assert "  make preview MODULE=tiny SCENARIO=the-rake\n" in out
    assert "      :::{scenario} the-rake\n      :::\n" in out
    assert run("new-item", "--module", "tiny", "--id", "a-b", "--kind", "rate")[0] == 0
    assert run("new-module", "--slug", "rakes", "--title", "Rakes")[0] == 0


def test_what_is_refused_is_said_in_plain_words(run: Run, author: Author):
    said = run("new-item", "--module", "tiny", "--id", "tiny-owner", "--kind", "rate")
    what = f"'tiny-owner' is already in use: {author.root / BANK}, line 3."
    assert said == (1, "", f"{what}\n    Write ID= and a different identifier.\n")
    assert run("preview", "--module", "tny")[2].startswith("There's no module called 'tny'.")
    assert run("import-notebook", "--notebook", "")[2].startswith("You didn't name a notebook.")
    assert run("import-notebook", "--notebook", "x", "--delete", "no")[2].startswith("DELETE=no")


def test_a_file_that_cannot_be_read_is_said_in_plain_words(run: Run, author: Author):
    code, _, err = run("import-notebook", "--notebook", str(author.root))
    assert (code, err) == (1, f"{author.root} can't be read or written: Is a directory.\n")


def test_what_was_brought_back_is_said_and_what_was_not(run: Run, author: Author):
    path = author.root / NOTEBOOK
    assert run("import-notebook", "--notebook", str(path)) == (0, f"{author.root / LESSON}: no changes\n", "")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Ask the owner.", "Ask them.").replace("# Lending", "# Borrowing"), encoding="utf-8")
    code, out, err = run("import-notebook", "--notebook", str(path))
    assert code == 1
    assert "  changed: the words that begin '## Asking'\n" in out
    assert f"{author.root / LESSON}: 1 change\nRun make update." in out
    first = json.loads(text)["cells"][0]["id"]
    line = author.line(str(NOTEBOOK), f'"id": "{first}",')
    assert f"{path}:{line}: Somebody edited this, but it's generated" in err


def test_what_only_smells_is_said_and_is_no_failure(run: Run, author: Author):
    author.writes(LESSON, "Ask the owner.", f"Ask {'and ask again ' * 14}the owner.")
    assert run("update")[0] == 0
    code, out, err = run("check")
    assert (code, "up to date" in out) == (0, True)
    assert "warning: A sentence of" in err
    assert err.endswith("0 problems, 1 warning\n")


def test_each_rule_can_be_asked_for(run: Run):
    code, out, _ = run("rules")
    assert code == 0
    assert "longest (error)\n" in out
    assert "echoes (warning)\n" in out


def test_coverage_and_wording_are_told(run: Run):
    assert "2 of the 2 points of finished modules have no empty cell." in run("coverage")[1]
    assert "picking blindly finds" in run("wording")[1]


def test_what_nobody_has_reviewed_is_told_and_a_bank_is_written_for_a_reviewer(run: Run, author: Author):
    assert "Waiting for a review:\n  tiny: tiny-owner, tiny-return\n" in run("review")[1]
    code, out, _ = run("review", "--module", "tiny")
    assert code == 0
    assert f"Written: {author.root / 'grading/review/tiny.html'}\n" in out
    assert run("review", "--module", "tny")[2].startswith("There's no module called 'tny'.")


def test_what_is_exempted_is_said_counted_and_taken_out_once_it_is_rewritten(run: Run, author: Author):
    listed = author.root / "course/exemptions.yml"
    listed.write_text(f"format_version: 1\nexempt:\n  voice:\n    - {LESSON}\n", encoding="utf-8")
    author.writes(LESSON, "Ask the owner.", "Ask anew.")
    run("update")
    code, out, err = run("check")
    assert (code, err) == (0, "")
    assert out.endswith("1 exemption left in course/exemptions.yml; 'make rules EXEMPT=yes' lists what they excuse.\n")
    assert run("exempt")[1].endswith("      1  voice: tiny 1\n")
    author.writes(LESSON, "Ask anew.", "Ask again.")
    run("update")
    code, _, err = run("check")
    assert (code, "doesn't break 'voice' anymore. [exemptions]" in err) == (0, True)
    assert run("exempt", "--prune") == (0, "1 exemption taken out of course/exemptions.yml.\n", "")
