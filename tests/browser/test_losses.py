"""Kernels, servers and browsers are killed: what was called saved is there, what was not was said to be so."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from conftest import Server, start, stop
from playwright.sync_api import BrowserType, Page, expect
from trainee import SLOW, Trainee, comes_to_keep, kept, kernel

from tests.kinds_course import SLUG

pytestmark = pytest.mark.one_page

# What the page sends to the kernel comes nowhere, as in a broken network; and comes through again.
CUT = "WebSocket.prototype.realSend = WebSocket.prototype.send; WebSocket.prototype.send = () => undefined"
MEND = "void (WebSocket.prototype.send = WebSocket.prototype.realSend)"


def test_a_kernel_killed_between_two_answers_costs_neither(trainee: Trainee, kinds_served: Server):
    trainee.gives("single", "a")
    kernel(kinds_served, trainee.folder).kill()
    trainee.gives("several", "b", timeout=SLOW)
    trainee.finds_everything()


def test_a_kernel_killed_while_it_saves_costs_no_answer(trainee: Trainee, kinds_served: Server):
    trainee.gives("single", "a")
    process = kernel(kinds_served, trainee.folder)
    process.suspend()
    trainee.tries("single", "b")
    trainee.tries("written", "Kept all the same.")
    trainee.hears_not_saved("single", "b")
    trainee.hears_not_saved("written", "Kept all the same.")
    process.kill()
    trainee.hears_saved("single", "b")
    trainee.hears_saved("written", "Kept all the same.")
    trainee.finds_everything()


def test_a_kernel_that_answers_too_late_has_saved_no_other_answer(page: Page, trainee: Trainee, kinds_served: Server):
    process = kernel(kinds_served, trainee.folder)
    process.suspend()
    trainee.tries("single", "a")
    trainee.hears_not_saved("single", "a")
    process.resume()
    comes_to_keep(page, trainee.folder, ("kinds-single", {"choice": "a"}))
    page.evaluate(CUT)
    trainee.tries("single", "b")
    trainee.hears_not_saved("single", "b")
    page.evaluate(MEND)
    process.kill()
    trainee.hears_saved("single", "b")
    trainee.finds_everything()


def test_trying_again_before_the_kernel_is_back_costs_no_answer(trainee: Trainee, kinds_served: Server):
    process = kernel(kinds_served, trainee.folder)
    process.suspend()
    trainee.tries("single", "b")
    trainee.hears_not_saved("single", "b")
    trainee.tries_again("single")
    process.kill()
    trainee.hears_saved("single", "b")
    trainee.finds_everything()


@pytest.fixture
def own_server(kinds_served: Server, folder: Path, tmp_path: Path) -> Iterator[Callable[[], Server]]:
    """Starts a server for this test alone, always with the same port, token and folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    flags = f"--ServerApp.port={port} --ServerApp.port_retries=0 --IdentityProvider.token=the-same"
    command = [sys.executable, "-m", "running.learn", "--root", str(kinds_served.root), "--folder", str(folder.parent)]
    started: list[Server] = []

    def again() -> Server:
        started.append(start(command, kinds_served.root, folder.parent, tmp_path, flags))
        return started[-1]

    yield again
    for server in started:
        if server.process.poll() is None:
            stop(server)


def crash(server: Server, process: psutil.Process) -> None:
    """The machine's power fails, as far as the server and its kernel can tell."""
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait()
    with suppress(psutil.NoSuchProcess):
        process.kill()


def test_a_server_killed_while_it_saves_costs_no_answer(page: Page, own_server: Callable[[], Server], folder: Path):
    server = own_server()
    trainee = Trainee(page, server.address(f"{folder.name}/{SLUG}-check.ipynb"), folder).opens()
    trainee.gives("single", "a")
    process = kernel(server, folder)
    process.suspend()
    trainee.tries("single", "b")
    crash(server, process)
    trainee.hears_not_saved("single", "b")
    trainee.tries_again("single")
    trainee.hears_not_saved("single", "b")

    own_server()
    trainee.tries_again("single")
    trainee.hears_saved("single", "b")
    trainee.gives("several", "c")
    trainee.finds_everything()


@pytest.fixture
def own_browser(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path: Path
) -> Iterator[Callable[[], tuple[Page, psutil.Process]]]:
    """Starts a browser for this test alone, always with the same profile; gives a page and the browser's process."""
    profile, open_ones = tmp_path / "profile", []

    def again() -> tuple[Page, psutil.Process]:
        context = browser_type.launch_persistent_context(profile, **browser_type_launch_args)
        open_ones.append(context)
        return context.pages[0], _browser(profile)

    yield again
    for context in open_ones:
        context.close()


def _browser(profile: Path) -> psutil.Process:
    """The browser's own process that works with ``profile``. Debian's starting script has the same flags."""
    flag = f"--user-data-dir={profile}"
    ours = [one for one in psutil.Process().children(recursive=True) if flag in one.cmdline()]
    *_, browser = (one for one in ours if not any("--type=" in argument for argument in one.cmdline()))
    return browser


def test_a_browser_that_crashes_loses_nothing_that_was_called_saved(
    own_browser: Callable[[], tuple[Page, psutil.Process]], kinds_served: Server, folder: Path
):
    page, process = own_browser()
    trainee = Trainee(page, kinds_served.address(f"{folder.name}/{SLUG}-check.ipynb"), folder).opens()
    trainee.gives("single", "b")
    trainee.gives("written", "As far as the last pause.")
    page.keyboard.type(" And on")
    process.kill()
    process.wait()

    trainee.page, _ = own_browser()
    trainee.finds_everything()


def test_of_two_tabs_neither_loses_an_answer_and_both_show_the_last(page: Page, trainee: Trainee):
    other = Trainee(page.context.new_page(), trainee.address, trainee.folder, trainee.acknowledged).opens()
    trainee.gives("single", "a")
    other.sees("single", "a")
    other.gives("single", "b")
    trainee.sees("single", "b")
    trainee.gives("several", "c")
    other.gives("written", "From the other tab.")
    trainee.sees("written", "From the other tab.")
    other.gives("single", "c")
    for each in (trainee, other):
        each.sees("single", "c")
        each.finds_everything()


def test_a_tab_that_others_overtook_keeps_what_it_could_not_save_and_says_so(
    page: Page, trainee: Trainee, kinds_served: Server
):
    other = Trainee(page.context.new_page(), trainee.address, trainee.folder, trainee.acknowledged).opens()
    page.evaluate(CUT)
    trainee.tries("single", "a")
    trainee.hears_not_saved("single", "a")
    other.gives("single", "b")
    trainee.hears_not_saved("single", "a")
    page.evaluate(MEND)
    kernel(kinds_served, trainee.folder).kill()
    expect(trainee.panel("single").get_by_text("You saved a different answer in the meantime.")).to_be_visible(
        timeout=SLOW
    )
    other.sees("single", "b")
    trainee.hears_not_saved("single", "a")
    trainee.tries_again("single")
    trainee.hears_saved("single", "a")
    other.sees("single", "a")
    trainee.finds_everything()


def test_a_kernel_that_could_not_be_started_again_is_started_when_it_can_be(trainee: Trainee, kinds_served: Server):
    trainee.gives("single", "a")
    away = trainee.folder.rename(trainee.folder.with_name(f"{trainee.folder.name}-away"))
    kernel(kinds_served, away).kill()
    trainee.tries("single", "b")
    trainee.hears_not_saved("single", "b")
    away.rename(trainee.folder)
    trainee.tries_again("single")
    trainee.hears_saved("single", "b")
    trainee.finds_everything()


# A run of the page's cells that the kernel is never heard to answer: its messages were lost when it was restarted.
RUN_FOR_NOTHING = """() => {
  const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
  const real = kernel.requestExecute.bind(kernel);
  kernel.requestExecute = (...asked) =>
    Object.defineProperty(real(...asked), "done", { value: new Promise(() => undefined) });
  document.dispatchEvent(new CustomEvent("casebook:lost"));
  return new Promise((done) => setTimeout(done, 3000)).then(() => void (kernel.requestExecute = real));
}"""


def test_a_run_that_is_never_answered_holds_up_nothing_after_a_restart(
    page: Page, trainee: Trainee, kinds_served: Server
):
    trainee.gives("single", "a")
    page.evaluate(RUN_FOR_NOTHING)
    process = kernel(kinds_served, trainee.folder)
    process.suspend()
    trainee.tries("single", "b")
    trainee.hears_not_saved("single", "b")
    process.kill()
    trainee.hears_saved("single", "b")
    trainee.finds_everything()


def test_answers_go_with_a_folder_that_is_renamed(trainee: Trainee):
    trainee.gives("single", "a")
    old, new = trainee.folder, trainee.folder.with_name(f"{trainee.folder.name}-renamed")
    old.rename(new)
    trainee.folder = new
    trainee.gives("single", "b")
    assert not old.exists()
    shutil.copytree(new, old, ignore=shutil.ignore_patterns("answers.jsonl"))
    trainee.gives("several", "c")
    assert kept(old) == []
    trainee.address = trainee.address.replace(old.name, new.name)
    trainee.finds_everything()


def test_in_a_folder_that_was_moved_away_an_answer_is_not_saved_and_it_is_said(trainee: Trainee):
    trainee.gives("single", "a")
    trainee.gives("written", "Before.")
    old, new = trainee.folder, trainee.folder.with_name(f"{trainee.folder.name}-elsewhere")
    shutil.copytree(old, new)  # as to another disk
    shutil.rmtree(old)
    trainee.tries("single", "b")
    trainee.hears_not_saved("single", "b", "has been moved or deleted. Open the notebook again from its new place.")
    assert not old.exists()
    trainee.folder, trainee.address = new, trainee.address.replace(old.name, new.name)
    trainee.finds_everything()
