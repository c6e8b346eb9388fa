"""An evidence sheet for a training body's accreditation: a page of HTML, made of the course's own files and the class.

What such bodies ask of a course taken online follows the American Probation and Parole Association's published
"Accreditation Requirements": half a contact hour or more, measurable objectives, a sequence with interaction and
feedback, a rule for completion, an evaluation of learning and of the course, a needs assessment, competent authors.
What only the agency knows is marked as still to be filled in. No trainee is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from casebook.kinds import KINDS
from casebook.kinds.base import Item
from grading import bank, files, yaml12
from grading.exports import sheets
from grading.exports.base import Exporter, TheClass, Trainee, score

_TEMPLATES = Path(__file__).parent.parent / "templates"


@dataclass(frozen=True)
class Objective:
    """What a learner can do after a module: measured by how many graded questions, and how many of these apply it.

    ``points`` are the teaching points that it takes.
    """

    can: str
    points: tuple[str, ...]
    questions: int
    applied: int


@dataclass(frozen=True)
class Part:
    """A module, the capstone or the final as the sheet has it."""

    title: str
    part: str
    aim: str
    minutes: int
    check_minutes: int
    pass_mark: float
    objectives: tuple[Objective, ...]
    questions: int
    kinds: str
    keys: int
    reviewed: int
    began: int
    met: int
    waits: int
    mean: str

    @property
    def whole(self) -> int:
        """The minutes of lesson and check."""
        return self.minutes + self.check_minutes


class EvidenceExporter(Exporter):
    """A page for whoever accredits the course."""

    NAME = "evidence"
    WHAT = "an evidence sheet for accreditation (HTML)"
    DEFAULT = "accreditation.html"
    NEEDS_GRADES = False

    def write(self, the_class: TheClass, to: Path) -> None:
        """Writes the page. Raises ``OSError``."""
        self.tell_of_waiting(the_class)
        parts = [self._part(the_class, entry) for entry in listed(bank.ROOT)]
        minutes = sum(part.whole for part in parts)
        page = _template().render(
            course=the_class.course,
            parts=parts,
            minutes=minutes,
            hours=sheets.number(the_class.course.contact_hours),
            feedback=sum(part.questions for part in parts),
            manual=any(kind.manual for part in the_class.course.titles for kind in _kinds_of(part)),
            class_size=len(the_class.listed),
            began=sum(bool(one.taken) for one in the_class.listed),
            met_all=sum(self._met_all(the_class, one) for one in the_class.listed),
            waiting=sum(part.waits for part in parts),
        )
        files.write(to, page.encode())
        self.log.info("Made %s. It shows what your agency has to fill in.", to)

    def _part(self, the_class: TheClass, entry: dict[str, Any]) -> Part:
        slug = entry["slug"]
        items = bank.items(slug)
        taken = [one for trainee in the_class.listed if (one := trainee.taken.get(slug)) is not None]
        final = [one for trainee in the_class.listed if (one := self.final(trainee, slug)) is not None]
        shares = [score(one) / one.most for one in final if one.most]
        return Part(
            title=entry["title"],
            part=entry.get("part", "module"),
            aim=_aim(slug),
            minutes=entry.get("minutes", 0),
            check_minutes=entry.get("check_minutes", 0),
            pass_mark=the_class.course.pass_mark_of(slug),
            objectives=tuple(_objective(each, the_class) for each in entry.get("objectives", ())),
            questions=len(_asked(items)),
            kinds=", ".join(dict.fromkeys(_KINDS.get(item.kind, item.kind) for item in items.values())),
            keys=len(items),
            reviewed=sum(bool(item.reviewed_by) for item in items.values()),
            began=len(taken),
            met=sum(the_class.met(one) for one in final),
            waits=sum(
                trainee.taken[slug].waits or slug in trainee.unanswered
                for trainee in the_class.listed
                if slug in trainee.taken
            ),
            mean=f"{100 * sum(shares) / len(shares):.0f}%" if shares else "none yet",
        )

    def _met_all(self, the_class: TheClass, trainee: Trainee) -> bool:
        final = [self.final(trainee, check) for check in the_class.course.titles]
        return all(one is not None and the_class.met(one) for one in final)


def listed(root: Path) -> list[dict[str, Any]]:
    """The modules that are given out, as ``course.yml`` lists them."""
    data = yaml12.load((root / "course/course.yml").read_text(encoding="utf-8"))
    return [module for module in data["modules"] if module["ready"]]


_KINDS = {
    "single": "one choice",
    "several": "several choices",
    "sort": "sorting",
    "order": "putting in order",
    "rate": "rating actions",
    "written": "a written answer",
    "simulation": "a simulation",
}


def _kinds_of(slug: str) -> Iterator[Any]:
    return (KINDS[item.kind] for item in bank.items(slug).values())


def _asked(items: dict[str, Item]) -> dict[str, list[Item]]:
    """The questions that a trainee meets: of a slot's variants each has one."""
    asked: dict[str, list[Item]] = {}
    for item in items.values():
        asked.setdefault(item.slot or item.id, []).append(item)
    return asked


def _objective(entry: dict[str, Any], the_class: TheClass) -> Objective:
    wanted = set(entry["points"])
    settling = [
        variants[0]
        for slug in the_class.course.titles
        for variants in _asked(bank.items(slug)).values()
        if wanted & _points(variants[0])
    ]
    names = tuple(bank.points()[point].name for point in entry["points"])
    return Objective(entry["can"], names, len(settling), sum(item.applied for item in settling))


def _points(item: Item) -> set[str]:
    return {*item.points, *(point for part in item.parts() for point in part.points)}


def _aim(slug: str) -> str:
    """The module's objective in one sentence, from its page of the instructor's guide; empty where there is none."""
    try:
        text = (bank.ROOT / "course/guide/modules" / f"{slug}.md").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    found = re.search(r"^## In one sentence\n(.+?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return " ".join(found[1].split()) if found else ""


@cache
def _template() -> Template:
    loader = FileSystemLoader(_TEMPLATES)
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template(
        "evidence.html.j2"
    )
