"""nbgrader's own commands, run in this process: the same classes and configuration, without starting Python."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from nbgrader.apps import AutogradeApp, CollectApp, GenerateFeedbackApp, ReleaseFeedbackApp, ZipCollectApp

APPS = {
    "autograde": AutogradeApp,
    "collect": CollectApp,
    "generate_feedback": GenerateFeedbackApp,
    "release_feedback": ReleaseFeedbackApp,
    "zip_collect": ZipCollectApp,
}


@dataclass(frozen=True)
class Said:
    """A command's exit code, and its warnings and errors, one line each."""

    code: int
    lines: list[str]

    def of(self, words: str) -> list[str]:
        """The lines in which ``words`` stand."""
        return [line for line in self.lines if words in line]


def nbgrader(root: Path, command: str, *words: str) -> Said:
    """Runs ``nbgrader <command> <words>`` in the course's folder."""
    heard = _Heard()
    before = Path.cwd()
    os.chdir(root)
    app = APPS[command]()
    try:
        app.initialize(list(words))
        app.log.addHandler(heard)
        app.start()
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        app.log.removeHandler(heard)
        os.chdir(before)
    return Said(code, heard.lines)


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += record.getMessage().splitlines()
