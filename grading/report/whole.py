"""A class with everything that is reckoned of it, each when it is asked for, and once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from casebook.kinds.simulation import SimulationItem
from casebook.prose import to_text
from grading.report import data, flags, items, mastery, names, patterns, reliability, stories
from grading.report.data import GRADED, Frames
from grading.report.flags import Flag
from grading.report.items import ItemFigures
from grading.report.mastery import PointFigures
from grading.report.patterns import Look
from grading.report.reading import Check, Class
from grading.report.reliability import CheckFigures
from grading.report.stories import StoryFigures


@dataclass(frozen=True)
class Report:
    """The figures of a class. With ``without_names`` its trainees are called by letters."""

    of: Class
    without_names: bool = False

    @cached_property
    def frames(self) -> Frames:
        """The class as pandas frames, for whoever wants to go on by themselves."""
        return data.frames(self.of)

    @cached_property
    def shown(self) -> dict[str, str]:
        """What each trainee is called."""
        return names.shown((*self.of.students, *self.of.strangers), without_names=self.without_names)

    @cached_property
    def students(self) -> list[str]:
        """The ids of the class, in the order in which they are shown."""
        return sorted((student.id for student in self.of.students), key=self._place)

    @cached_property
    def handed_in(self) -> list[Check]:
        """The checks of which something is graded."""
        checks = self.frames.checks
        graded = set(checks[checks["state"].isin(GRADED)]["module"])
        return [check for check in self.of.checks if check.module in graded]

    @cached_property
    def items(self) -> dict[str, list[ItemFigures]]:
        """Each check's items."""
        return {check.module: items.figures(check, self.frames) for check in self.handed_in}

    @cached_property
    def flagged(self) -> list[tuple[Check, ItemFigures, list[Flag]]]:
        """Every item that there is a reason to look at, in the course's order."""
        found = ((check, one, flags.flags(one)) for check in self.handed_in for one in self.items[check.module])
        return [(check, one, why) for check, one, why in found if why]

    @cached_property
    def points(self) -> list[PointFigures]:
        """The teaching points, the weakest first."""
        return mastery.figures(self.frames.points, self.of.pass_mark)

    @cached_property
    def needs(self) -> dict[str, list[tuple[str, float]]]:
        """The points of each trainee that are below the mark."""
        return mastery.needs(self.frames.points, self.of.pass_mark)

    @cached_property
    def unsafe(self) -> list[str]:
        """The ids of those who chose something that would endanger somebody, in the order in which they are shown."""
        found = set(self.frames.unsafe["student"])
        return [id for id in self.students if id in found]

    @cached_property
    def looks(self) -> list[Look]:
        """What is worth a look in how answers were handed in, in the course's order."""
        return patterns.found(self.of)

    @cached_property
    def reliability(self) -> dict[str, CheckFigures]:
        """Each check's reliability."""
        asked = self.frames.asked
        return {
            check.module: reliability.figures(check.module, asked[asked["module"] == check.module], check.pass_mark)
            for check in self.handed_in
        }

    @cached_property
    def stories(self) -> list[tuple[Check, StoryFigures]]:
        """Every graded story that somebody played."""
        taken = self.frames.taken
        return [
            (check, story)
            for check in self.handed_in
            for item in check.items.values()
            if isinstance(item, SimulationItem)
            for story in stories.figures(item, taken[taken["module"] == check.module])
        ]

    def count(self, module: str, *states: str) -> int:
        """How many trainees stand in one of these states in a check."""
        return len(self.who(module, *states))

    def who(self, module: str, *states: str) -> list[str]:
        """Who they are, as they are called, in their order."""
        checks = self.frames.checks
        ids = set(checks[(checks["module"] == module) & checks["state"].isin(states)]["student"])
        return [self.shown[id] for id in self.students if id in ids]

    def point(self, id: str) -> str:
        """A teaching point's name."""
        return to_text(self.of.points[id].name) if id in self.of.points else id

    def _place(self, id: str) -> tuple[int, str]:
        """Letters go by their length first: Z before AA."""
        name = self.shown[id]
        return (len(name) if self.without_names else 0, name)
