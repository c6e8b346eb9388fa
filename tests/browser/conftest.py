"""A real JupyterLab in a real Chromium, on a course of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from lab import OPEN_HERE
from playwright.sync_api import Browser, Error, Page, expect
from trainee import Trainee

from tests import kinds_course
from tests.kinds_course import SLUG

ROOT = Path(__file__).resolve().parents[2]
expect.set_options(timeout=15_000)  # a busy machine is slow, not broken
HOW_TO_GET_THEM = "install Chromium ('apt-get install chromium', or 'python -m playwright install chromium')"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder is a browser test."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; gets Playwright's own where the machine has none.

    Without windows it takes a third less of a machine's time: Chromium draws its own, even where nobody sees them.
    """
    found = next(
        filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))),
        None,
    )
    if found:
        return found
    own = _playwrights_own()
    if not own.is_file():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, capture_output=True)
    if own.is_file():
        return str(own)
    if os.environ.get("CI"):
        pytest.fail(f"No Chromium, so no browser test can run: {HOW_TO_GET_THEM}.")
    pytest.skip(f"No Chromium: {HOW_TO_GET_THEM}.")


def _playwrights_own() -> Path:
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return Path(said.stdout.strip())


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    """Headless, as any user, and silent: nothing of it looks for other hosts."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return {"executable_path": chromium, "args": ["--no-sandbox", "--disable-gpu", *quiet]}


@dataclass(frozen=True)
class Server:
    """A running JupyterLab: its address, its token, the course's root, the folder it serves, its process."""

    url: str
    token: str
    root: Path
    folder: Path
    process: subprocess.Popen[bytes]
    environment: dict[str, str]

    def address(self, path: str) -> str:
        """The page of a notebook, in a workspace that remembers nothing."""
        return f"{self.url}lab/tree/{path}?token={self.token}&reset"


@pytest.fixture(scope="session")
def course_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real course in a folder of its own, as a clone has it."""
    root = tmp_path_factory.mktemp("clone") / "course"
    for name in ("course", "grading"):
        left = shutil.ignore_patterns("release", "submitted", "autograded", "feedback", "gradebook.db", "__pycache__")
        shutil.copytree(ROOT / name, root / name, ignore=left)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "exchange").mkdir()
    return root


@pytest.fixture(scope="session")
def served(course_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """What 'make learn' serves: the course laid out in a trainee's folder."""
    folder = tmp_path_factory.mktemp("trainee") / "my course"
    command = [sys.executable, "-m", "running.learn", "--root", str(course_root), "--folder", str(folder)]
    yield from serve(command, course_root, folder, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def kinds_served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """What 'make learn' serves of a course of kinds."""
    root = kinds_course.make(tmp_path_factory.mktemp("kinds") / "course")
    folder = tmp_path_factory.mktemp("kinds-trainee") / "my course"
    command = [sys.executable, "-m", "running.learn", "--root", str(root), "--folder", str(folder)]
    yield from serve(command, root, folder, tmp_path_factory.mktemp("kinds-home"))


def serve(command: list[str], root: Path, folder: Path, home: Path) -> Iterator[Server]:
    """Runs a command that becomes JupyterLab, on a free port of this machine alone, until it is done with."""
    server = start(command, root, folder, home)
    try:
        yield server
    finally:
        stop(server)


def start(command: list[str], root: Path, folder: Path, home: Path, more: str = "--ServerApp.port=0") -> Server:
    """Runs a command that becomes JupyterLab, with ``more`` of its flags."""
    environment = {name: os.environ[name] for name in ("PATH", "SSL_CERT_FILE", "LANG") if name in os.environ}
    environment |= {"HOME": str(home), "JUPYTER_RUNTIME_DIR": str(home / "runtime"), "TMPDIR": str(home)}
    flags = f"--no-browser --ServerApp.ip=127.0.0.1 --LabApp.expose_app_in_browser=True {more}"
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--lab-args", flags],
            cwd=root,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        about = _wait_for_server(process, home)
    except BaseException:
        _end(process)
        raise
    return Server(about["url"], about["token"], root, folder, process, environment)


def stop(server: Server) -> None:
    """Ends a server, and the kernels that it started."""
    _end(server.process)


def _end(process: subprocess.Popen[bytes]) -> None:
    # Its own session: whatever it started there goes with it.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for_server(process: subprocess.Popen[bytes], home: Path) -> dict[str, Any]:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"The server stopped:\n{(home / 'server.log').read_text()[-3000:]}")
        path = home / "runtime" / f"jpserver-{process.pid}.json"
        if path.is_file():
            try:
                about: dict[str, Any] = json.loads(path.read_text())
            except ValueError:
                continue  # being written
            return about
        time.sleep(0.2)
    pytest.fail(f"The server did not start:\n{(home / 'server.log').read_text()[-3000:]}")


@pytest.fixture
def server(served: Server) -> Server:
    """The server of this run, with no answer given yet."""
    for path in served.folder.rglob("answers.jsonl"):
        path.unlink()
    return served


@pytest.fixture
def kinds_server(kinds_served: Server) -> Server:
    """The server of every kind, with no answer given yet."""
    for path in kinds_served.folder.rglob("answers.jsonl"):
        path.unlink()
    return kinds_served


class Tab:
    """A page that the tests of a file use one after the other, so that JupyterLab starts in it once.

    After a test that failed, or that loaded the page again, it is another one.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._page: Page | None = None

    def page(self) -> Page:
        """The page, with no notebook open."""
        if self._page is None:
            self._page = self._browser.new_context().new_page()
        return self._page

    def put_back(self, failed: bool) -> None:
        """Takes back what a test has done to the page, or else the page itself."""
        try:
            if failed or not self._as_new(self.page()):
                self.close()
        except Error:  # it has crashed, or is closed
            self.close()

    def close(self) -> None:
        """Ends the page."""
        page, self._page = self._page, None
        if page is not None:
            page.context.close()

    @staticmethod
    def _as_new(page: Page) -> bool:
        for other in page.context.pages[1:]:
            other.close()
        page.unroute_all(behavior="ignoreErrors")
        page.context.set_offline(False)
        page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
        page.set_viewport_size({"width": 1280, "height": 720})
        page.mouse.move(0, 0)  # what it points at looks different
        return bool(page.evaluate(OPEN_HERE, ""))


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    """The page that the tests of a file share."""
    tab = Tab(browser)
    yield tab
    tab.close()


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that tells of every script error on it: shared by the tests of a file marked ``one_page``, else new."""
    tab: Tab | None = request.getfixturevalue("tab") if request.node.get_closest_marker("one_page") else None
    page: Page = tab.page() if tab else request.getfixturevalue("context").new_page()
    errors: list[str] = []
    failed_before = request.session.testsfailed
    # JupyterLab rejects a promise that nobody waits for when it gives up a kernel.
    known = "Kernel connection disconnected"

    def told(error: Error) -> None:
        if str(error) != known:
            errors.append(str(error))

    page.on("pageerror", told)
    page.set_default_timeout(20_000)
    yield page
    page.remove_listener("pageerror", told)
    if tab:
        tab.put_back(failed=bool(errors) or request.session.testsfailed > failed_before)
    assert not errors


@pytest.fixture
def folder(kinds_served: Server) -> Path:
    """A copy of the check of every kind that is this test's alone."""
    folder = Path(mkdtemp(prefix="check-", dir=kinds_served.folder))
    left = shutil.ignore_patterns("answers.jsonl")
    return Path(shutil.copytree(kinds_served.folder / SLUG, folder, ignore=left, dirs_exist_ok=True))


@pytest.fixture
def trainee(page: Page, kinds_served: Server, folder: Path) -> Iterator[Trainee]:
    """Somebody who has that check open."""
    trainee = Trainee(page, kinds_served.address(f"{folder.name}/{SLUG}-check.ipynb"), folder).opens()
    yield trainee
    trainee.leaves()
