"""An author's preview in a real browser: the panel follows the file as it is saved, broken and mended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe import faults
from playwright.sync_api import Locator, Page, expect

from tests.authoring.author import BANK, COURSE, STORY, Author

ROOT = Path(__file__).resolve().parents[2]
Opens = Callable[..., Page]


@pytest.fixture
def author(small: Path) -> Author:
    """An author whose module is a draft, and places nothing."""
    author = Author(small)
    author.writes(COURSE, "ready: true", "ready: false")
    for text in ("lesson.md", "check.md"):
        (small / "course/content/tiny" / text).unlink()
    return author


@contextmanager
def preview(author: Author, *names: str) -> Iterator[str]:
    """The address that a preview prints, until it is interrupted as by Ctrl+C."""
    command = [sys.executable, "-m", "authoring", "preview", "--root", str(author.root), "--no-browser", *names]
    environment = {**os.environ, "TMPDIR": str(author.root.parent)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().split()[-1]
        finally:
            process.send_signal(signal.SIGINT)
            said = ended(process)
        assert (process.returncode, "Nothing you answered in it is kept" in said) == (0, True)
    assert list(author.root.parent.glob("casebook-preview-*")) == []


def ended(process: subprocess.Popen[str]) -> str:
    """What a process says that is about to end; one that does not end is ended, and the test fails."""
    try:
        return process.communicate(timeout=20)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        raise


@pytest.fixture
def story(page: Page, author: Author) -> Iterator[Page]:
    """The preview of the tiny course's story."""
    with preview(author, "--module", "tiny", "--scenario", "the-ladder") as address:
        yield opened(page, address)


@pytest.fixture
def item(page: Page, author: Author) -> Iterator[Page]:
    """The preview of a graded item."""
    with preview(author, "--module", "tiny", "--item", "tiny-return") as address:
        yield opened(page, address)


def opened(page: Page, address: str) -> Page:
    """The preview's page, once it shows what it is of."""
    page.goto(address)
    expect(page.get_by_role("status").first).to_contain_text("Nothing to fix")
    return page


def problems(page: Page) -> Locator:
    return page.get_by_role("region", name="Problems")


def take(page: Page, choice: str) -> None:
    radio = page.get_by_role("radio", name=choice)
    radio.check()
    page.get_by_role("button", name="This is what I do").click()
    expect(radio).to_have_count(0)


def test_a_story_follows_its_file_and_keeps_the_path_played(story: Page, author: Author):
    story.get_by_role("button", name="Begin", exact=True).click()
    take(story, "Ask Ada for it.")
    expect(story.get_by_text("It starts to rain.")).to_be_visible()
    author.writes(STORY, "It starts to rain.", "It starts to snow.")
    expect(story.get_by_text("It starts to snow.")).to_be_visible(timeout=2_000)
    expect(story.get_by_text("You: Ask Ada for it.")).to_be_visible()
    expect(problems(story)).to_be_hidden()


def test_a_broken_file_is_said_above_the_last_good_state_until_it_is_mended(story: Page, author: Author):
    story.get_by_role("button", name="Begin", exact=True).click()
    expect(story.get_by_text("A ladder leans on a wall.")).to_be_visible()
    author.writes(STORY, "    asks: What do you do?", "    askes: What do you do?")
    line = author.line(STORY, "askes: What do you do?")
    expect(problems(story)).to_contain_text(f"course/content/tiny/scenarios/the-ladder.yml, line {line}")
    expect(problems(story)).to_contain_text("'askes' isn't a key here.")
    expect(story.get_by_role("group", name="What do you do?")).to_be_visible()
    expect(story.get_by_role("status").first).to_contain_text("1 thing to fix")
    author.writes(STORY, "    askes: What do you do?", "    asks: What now?")
    expect(story.get_by_role("group", name="What now?")).to_be_visible(timeout=2_000)
    expect(problems(story)).to_be_hidden()


def test_a_file_that_is_no_yaml_is_said_too(story: Page, author: Author):
    author.writes(STORY, "people:", "people: [")
    expect(problems(story)).to_contain_text("This isn't YAML")
    expect(story.get_by_role("button", name="Begin", exact=True)).to_be_visible()


def test_a_graded_item_keeps_its_answers_and_shows_its_key_to_the_author(item: Page, author: Author):
    item.get_by_role("checkbox", name="Dry it").check()
    expect(item.get_by_text("You can change it until you submit.")).to_be_visible()
    author.writes(BANK, "text: Tell Ada", "text: Tell her")
    expect(item.get_by_role("checkbox", name="Tell her")).to_be_visible(timeout=2_000)
    expect(item.get_by_role("checkbox", name="Dry it")).to_be_checked()
    key = item.get_by_text("SECRET-FEEDBACK she will want to know.")
    expect(key).to_be_hidden()
    item.get_by_text("For the author").click()
    expect(key).to_be_visible()
    assert faults(item) == []


def test_nothing_comes_from_another_host_and_nothing_is_kept_in_the_course(page: Page, author: Author):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with preview(author, "--module", "tiny") as address:
        page.goto(address)
        page.get_by_role("link", name="tiny-p-who").click()
        page.get_by_role("radio", name="The owner").check()
        page.get_by_role("button", name="Check my answer").click()
        expect(page.get_by_text("That's right.")).to_be_visible()
        page.get_by_role("button", name="Start over").click()
        expect(page.get_by_role("radio", name="The owner")).not_to_be_checked()
    host = address.split("/")[2]
    assert all(url.startswith(("data:", "blob:", f"http://{host}/")) for url in asked)
    assert list(author.root.rglob("answers.jsonl")) == []
