"""The class's exchange as a trainee's machine sees it: where it is, what is released there, and what is wrong with it.

Nothing here needs ``grading`` or ``course/source``: a trainee's machine has neither.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from traitlets.config import PyFileConfigLoader

CONFIGURATION = "nbgrader_config.py"

_WRITTEN = """# nbgrader's configuration for this folder, written by "make learn" each time it starts.
# Change the exchange with: make learn CLASS=yes EXCHANGE=/path/to/the/exchange
c = get_config()
c.CourseDirectory.course_id = {course!r}
c.CourseDirectory.ignore = {ignore!r}
c.Exchange.root = {root!r}
c.ExchangeSubmit.strict = {strict!r}
# Getting a check again puts back what is missing of it, and touches nothing else.
c.ExchangeFetchAssignment.replace_missing_files = True
# A trainee needs to write into the inbound folder only, not into the exchange's own folder.
c.ExchangeFactory.list = "running.reaching.List"
c.ExchangeFactory.fetch_assignment = "running.reaching.FetchAssignment"
c.ExchangeFactory.fetch_feedback = "running.reaching.FetchFeedback"
c.ExchangeFactory.submit = "running.reaching.Submit"
"""


@dataclass(frozen=True)
class Exchange:
    """An exchange folder, and the course's name in it."""

    root: Path
    course: str

    @property
    def outbound(self) -> Path:
        """Where the instructor's released checks lie."""
        return self.root / self.course / "outbound"

    @property
    def inbound(self) -> Path:
        """Where trainees hand in."""
        return self.root / self.course / "inbound"


def own(course_root: Path) -> Exchange:
    """The exchange inside the course's own folder: the one for somebody who learns alone."""
    return Exchange(course_root / "exchange", configured(course_root).course)


def configured(course_root: Path) -> Exchange:
    """The exchange that the course's own ``nbgrader_config.py`` names."""
    found = _configured(course_root)
    return Exchange(Path(found.Exchange.root), found.CourseDirectory.course_id)


def of_class(course_root: Path, folder: Path, named: Path | None) -> Exchange:
    """The class's exchange: ``named``, else the one that ``folder`` was set up with, else the configured one."""
    default = configured(course_root)
    return Exchange(named or _remembered(folder, course_root / "exchange") or default.root, default.course)


def configure(course_root: Path, folder: Path, exchange: Exchange) -> None:
    """Writes nbgrader's configuration into the trainee's ``folder``."""
    of_course = _configured(course_root)
    written = _WRITTEN.format(
        course=exchange.course,
        ignore=list(of_course.CourseDirectory.ignore),
        root=str(exchange.root),
        strict=bool(of_course.ExchangeSubmit.strict),
    )
    path = folder / CONFIGURATION
    if not path.is_file() or path.read_text(encoding="utf-8") != written:
        path.write_text(written, encoding="utf-8")


def released(exchange: Exchange) -> list[Path]:
    """The folder of every released check; none where the exchange can't be read (see :func:`trouble`)."""
    try:
        return sorted(path for path in exchange.outbound.iterdir() if path.is_dir())
    except OSError:
        return []


def trouble(exchange: Exchange) -> str:
    """What a trainee has to know about the exchange, and what to do; empty if all is well."""
    go_on = "The lessons work without it. Tell your instructor."
    if not os.access(exchange.root, os.R_OK | os.X_OK) or not exchange.root.is_dir():
        return f"The class's exchange folder {exchange.root} can't be reached, so no check can be fetched. {go_on}"
    try:
        found = any(path.is_dir() for path in exchange.outbound.iterdir())
    except FileNotFoundError:
        found = False
    except OSError as error:
        return f"The released checks in {exchange.outbound} can't be read ({error.strerror}). {go_on}"
    if not found:
        return (
            f"Your instructor hasn't released any check to {exchange.root} yet. The lessons work without one. "
            'When a check is released, choose "Get the check" on the start page.'
        )
    if not os.access(exchange.inbound, os.W_OK | os.X_OK):
        return (
            f"You can't hand in checks: you aren't allowed to write to {exchange.inbound}. Your answers are still "
            "saved. Tell your instructor."
        )
    return ""


def _configured(folder: Path) -> Any:
    return PyFileConfigLoader(CONFIGURATION, str(folder)).load_config()


def _remembered(folder: Path, own_root: Path) -> Path | None:
    """The exchange that ``folder`` was set up with, unless that was the course's own (for learning alone)."""
    if not (folder / CONFIGURATION).is_file():
        return None
    try:
        root = Path(_configured(folder).Exchange.root)
    except Exception:  # somebody edited it: it is written anew
        return None
    return None if root == own_root else root
