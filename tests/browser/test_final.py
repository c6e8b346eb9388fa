"""The final assessment in a real JupyterLab: one trainee, known by one name today and by another tomorrow."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from axe import faults
from conftest import Server, serve
from lab import open_notebook, ready, saved, step
from playwright.sync_api import Page, expect
from trainee import kept

from casebook import slots

AB = ("last-ask-a", "last-ask-b")
CASES = {"last-ask-a": "Olu's ladder leans on Pia's wall.", "last-ask-b": "Quin holds a ladder that Rosa bought."}
START, CHECK = "00-start.ipynb", "last/last-check.ipynb"


def known_as(variant: str) -> str:
    """A name for which this variant is drawn."""
    return next(name for name in map(str, range(100)) if slots.draw(name, "last-ask", AB) == variant)


def machine_of(name: str, root: Path, folder: Path, home: Path) -> AbstractContextManager[Server]:
    """What 'make learn' serves of the tiny course to somebody who is known by this name."""
    home.mkdir()
    learn = [sys.executable, "-m", "running.learn", "--root", str(root), "--folder", str(folder)]
    return contextmanager(serve)(["env", f"JUPYTERHUB_USER={name}", *learn], root, folder, home)


def test_the_variant_that_was_answered_is_there_again_under_another_name(page: Page, small: Path, tmp_path: Path):
    folder = tmp_path / "my course"
    with machine_of(known_as("last-ask-b"), small, folder, tmp_path / "first") as server:
        check = open_notebook(page, server.address(CHECK))
        question = step(check, "last-ask-b")
        expect(question).to_contain_text(CASES["last-ask-b"])
        expect(check).not_to_contain_text(CASES["last-ask-a"])
        expect(check.get_by_text("0 of 2 questions done")).to_be_visible()
        assert faults(page) == []
        question.get_by_role("radio", name="Quin").check()
        expect(saved(question)).to_be_visible()
        expect(check.get_by_text("1 of 2 questions answered. Still open: question 2.")).to_be_visible()
    assert kept(folder / "last") == [("last-ask-b", {"choice": "b"})]
    with machine_of(known_as("last-ask-a"), small, folder, tmp_path / "second") as server:
        start = open_notebook(page, server.address(START))
        row = start.locator(".casebook-modules > li").filter(has_text="The last ladder")
        expect(row).to_contain_text("1 of 2 answered")
        expect(row.get_by_role("link")).to_have_count(1)
        row.get_by_role("link", name="Open the check: The last ladder").click()
        check = ready(page, ".casebook-item")
        question = step(check, "last-ask-b")
        expect(question).to_contain_text(CASES["last-ask-b"])
        expect(check).not_to_contain_text(CASES["last-ask-a"])
        expect(question.get_by_role("radio", name="Quin")).to_be_checked()
        question.get_by_role("radio", name="Rosa").check()
        expect(saved(question)).to_be_visible()
    assert kept(folder / "last") == [("last-ask-b", {"choice": "b"}), ("last-ask-b", {"choice": "a"})]
