"""The feedback page of a check, made from its graded notebook.

One HTML file without script and with nothing from elsewhere: it can be mailed, printed and kept. So it has no links to
lessons either, which would be dead in most of these places: it says in words where a point is taught, and JupyterLab
(casebook/labextension) makes a link of these words where the lesson is at hand.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template
from markdown_it import MarkdownIt
from markupsafe import Markup
from nbformat import NotebookNode

from casebook.kinds.written import WrittenItem
from casebook.results import Result
from grading import bank, item_feedback, rubric, teaching_points, verdict, words
from grading.graded_notebook import has_no_answers, is_written
from grading.words import Sign

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_TEMPLATES = Path(__file__).parent / "templates"
_MOST_TO_REVIEW = 5
"""So many points are named at the top: more is no help to anybody. The table at the end has them all."""
_MOST_KNOWN = 3


def alone(nb: NotebookNode, result: Result, student: str) -> str:
    """The page of a self-graded check, whose cells have their marks."""
    about = {"assignment": result.module, "student": student, "score": result.score, "max_score": result.most}
    return page(nb, about, waits=result.waits, self_graded=True)


def page(nb: NotebookNode, nbgrader: dict[str, Any], *, waits: float = 0, self_graded: bool = False) -> str:
    """The page as HTML. ``nbgrader`` holds assignment, student, score, max_score, late_penalty, and maybe a name.

    Where another was opened, also which ``attempt`` this is, and which one is ``opened`` and not graded yet, if any.
    Where nobody but the course graded it, it says so, and what ``waits`` for marks that will not come.
    """
    info, check = bank.course(), nbgrader["assignment"]
    pass_mark = info.pass_mark_of(check)
    score, most = float(nbgrader["score"]), float(nbgrader["max_score"])
    empty = None if self_graded else has_no_answers(nb)
    parts = [part for cell in nb.cells if (part := _part(cell, check, self_graded))]
    asked = [part for part in parts if "item" in part]
    choices = verdict.in_cells(nb.cells)
    points = teaching_points.standings(part["facts"] for part in asked)
    weak, known = teaching_points.to_review(points), teaching_points.strongest(points)
    return _template().render(
        course=info.title,
        title=info.titles.get(check, check),
        student=nbgrader.get("name") or nbgrader["student"],
        attempt=nbgrader.get("attempt", 1),
        opened=nbgrader.get("opened"),
        score=_number(score),
        most=_number(most),
        late=_number(float(nbgrader.get("late_penalty") or 0)),
        pass_percent=round(pass_mark * 100),
        met=verdict.is_met(pass_mark, score, most, choices),
        enough=verdict.has_enough(pass_mark, score, most),
        blocking=[one for one in choices if one.blocks],
        named=[one for one in choices if not one.blocks],
        waits=any(part["sign"] == "waits" for part in asked),
        uncounted=_number(waits),
        self_graded=self_graded,
        no_answers=empty is not None,
        trouble=empty.metadata.casebook.trouble if empty else "",
        parts=parts,
        asked=len(asked),
        counts=_counts(asked, self_graded),
        points=points,
        known=known[:_MOST_KNOWN],
        weak=weak[:_MOST_TO_REVIEW],
        more=len(weak[_MOST_TO_REVIEW:]),
        sign=_sign,
        prose=_PROSE,
        help=info.help,
    )


def _part(cell: NotebookNode, check: str, self_graded: bool) -> dict[str, Any] | None:
    """A cell as a part of the page; nothing for a cell that shows nothing."""
    nbgrader = cell.metadata.get("nbgrader", {})
    if cell.metadata.get("casebook", {}).get("no_answers"):
        return None
    if cell.cell_type == "markdown":
        if is_written(cell):
            return _written(cell, check, self_graded)
        if nbgrader.get("task"):
            return {"comment": _comment(cell)} if nbgrader.get("comment") else None
        page_only = cell.metadata.get("casebook", {}).get("page_only")
        return None if page_only else {"words": _markdown(cell.source)}
    if not nbgrader.get("grade"):
        return None
    html = "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs)
    # Made by item_feedback from the bank, every word escaped.
    return {"item": Markup(html), **_marks(cell, waits=False)}  # noqa: S704


def _written(cell: NotebookNode, check: str, self_graded: bool) -> dict[str, Any]:
    """A written answer with its marks, or without them yet, and what the instructor says of it."""
    facts, comment = cell.metadata.casebook, _comment(cell)
    marks = _marks(cell, waits=facts.get("waits", False))
    is_marked = marks["sign"] != "waits"
    remark = _REMARK.format(comment) if comment else ""
    item = bank.items(check).get(facts.get("item", ""))
    if isinstance(item, WrittenItem) and "answer" in facts:
        has_level = is_marked and facts["answered"] and item.rubric
        level = rubric.level_of(item, float(cell.metadata.nbgrader["score"])) if has_level else None
        html = item_feedback.written(item, facts["answer"], level, remark)
    elif facts.get("item") == "":
        html = facts["answer"] + remark  # of a slot that was left blank, nobody knows which question it asked
    else:
        html = cell.source + remark  # the bank has it no more: as it was when it was graded
    # Made by item_feedback too; of what the trainee wrote nothing can act (item_feedback.inert).
    return {"item": Markup(html), "uncounted": self_graded and not is_marked, **marks}  # noqa: S704


_REMARK = '<div class="comment"><p><strong>Your instructor says:</strong></p>{}</div>'


def _marks(cell: NotebookNode, *, waits: bool) -> dict[str, Any]:
    """The marks of a question, as words and as a sign, and what else is known of its outcome."""
    nbgrader, facts = cell.metadata.nbgrader, cell.metadata.get("casebook", {})
    score, most = float(nbgrader["score"]), float(nbgrader["points"])
    kind: Sign = "part"
    if waits:
        kind = "waits"
    elif "unsafe" in facts:
        kind = "unsafe"
    elif most > 0 and score >= most:
        kind = "right"
    elif score <= 0:
        kind = "wrong" if facts.get("answered", True) else "missed"
    return {"score": _number(score), "most": _number(most), "sign": kind, "facts": facts}


_PROSE = {
    "line": lambda text: Markup(words.line(text)),  # noqa: S704 - made by words, every word escaped
    "why": lambda text: Markup(words.prose(text)),  # noqa: S704 - as above
}
"""For the template: an author's prose as HTML."""

_SAID: dict[Sign, str] = {
    "right": "Completely right",
    "part": "Partly right",
    "wrong": "Not right yet",
    "unsafe": "Something here wasn't safe",
    "missed": "No answer",
    "waits": "Not graded yet",
}


def _counts(asked: list[dict[str, Any]], self_graded: bool) -> list[tuple[Markup, int]]:
    """How many questions came to what, in words; what did not come up is left out."""
    found = Counter(part["sign"] for part in asked)
    said = {**_SAID, "waits": "Not counted"} if self_graded else _SAID
    return [(_sign(kind, words), found[kind]) for kind, words in said.items() if found[kind]]


def _sign(kind: Sign, said: str = "") -> Markup:
    return Markup(words.sign(kind, said or _SAID[kind]))  # noqa: S704 - a shape, and escaped words


def _comment(cell: NotebookNode) -> Markup | None:
    comment = cell.metadata.nbgrader.get("comment")
    return _markdown(comment) if comment else None


@lru_cache(4096)
def _markdown(source: str) -> Markup:
    # The parser escapes all HTML in it (html: False).
    return Markup(_MARKDOWN.render(source))  # noqa: S704


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


@cache
def _template() -> Template:
    """The page's template, with its style, and the only policy under which that is allowed to act."""
    style = (_TEMPLATES / "feedback.css").read_text(encoding="utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    # Our own file, word for word: a hash of it is in the policy.
    return environment.get_template("feedback.html.j2", globals={"style": Markup(style), "policy": Markup(policy)})  # noqa: S704
