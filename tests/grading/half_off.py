"""A course's own rule for lateness, as nbgrader's manual describes one: half of the points are taken off."""

from __future__ import annotations

from nbgrader.plugins import BasePlugin


class HalfOff(BasePlugin):
    def late_submission_penalty(self, _student: str, score: float, _seconds: float) -> float:
        return score / 2


class Broken(BasePlugin):
    def late_submission_penalty(self, _student: str, _score: float, _seconds: float) -> float:
        raise KeyError("days")
