"""The refresher's log: settings, questions asked, and reviews. Pure: turns a book of answers into records.

Each question has a number, and each number has one review. An event that is sent again, because a kernel died or a
reply was lost, finds its review already there and doesn't add another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from casebook.answers import Answer, Book
from casebook.content import Question
from casebook.kinds.base import Given
from casebook.refresher.evidence import Evidence, moment
from casebook.refresher.plan import Settings, settings_of

MODULE = "refresher"
"""The module name that the refresher's answers are saved under. The course's own modules never use it."""
ASK, DRAFT, HINT, REVIEW, SETTINGS, PATH = "ask", "draft", "hint", "review", "settings", "path"
MOST = 1_000_000
"""The highest number of a question. No refresher asks more questions than that."""
A_DAY = 86_400.0
"""Seconds. No question takes longer, so a line that says so didn't come from the refresher."""
TOO_LONG = 3.0
"""The most time that counts, as a multiple of a question's usual time. After that, somebody went for coffee."""


@dataclass(frozen=True)
class Review:
    """A question that was answered or skipped. If it was skipped, ``shown`` is empty."""

    number: int
    question: str
    at: datetime
    given: Given
    shown: Mapping[str, tuple[float, bool]]
    seconds: float
    expected: float
    hint: bool

    def evidence(self) -> Iterator[Evidence]:
        """Yield the review's evidence about each point."""
        for point, (share, unsafe) in self.shown.items():
            yield Evidence(point, self.at, share, unsafe, self.seconds, self.expected, self.hint)


@dataclass(frozen=True)
class Ask:
    """The open question: its number, when it was asked, the answer so far, and whether a hint was asked for."""

    number: int
    question: Question
    at: datetime
    draft: Given | None = None
    hint: bool = False


@dataclass(frozen=True)
class Log:
    """Everything that was saved. ``path`` is when the longer path, for returning trainees, was last started."""

    settings: Settings = field(default_factory=Settings)
    reviews: tuple[Review, ...] = ()
    ask: Ask | None = None
    path: datetime | None = None

    @property
    def next_number(self) -> int:
        """The number of the next question."""
        return self.reviews[-1].number + 1 if self.reviews else 0


def read(book: Book) -> Log:
    """Return the log in a book. Skip lines that aren't the refresher's or can't be read."""
    mine = [answer for answer in book.answers if answer.module == MODULE]
    reviews = _reviews(mine)
    settings = next((answer for answer in reversed(mine) if answer.id == SETTINGS), None)
    path = next((answer for answer in reversed(mine) if answer.id == PATH), None)
    log = Log(
        settings=settings_of(settings.given) if settings else Settings(),
        reviews=reviews,
        path=moment(path.at) if path else None,
    )
    return replace(log, ask=_open(mine, log.next_number))


def _reviews(mine: Iterable[Answer]) -> tuple[Review, ...]:
    """Return the reviews in the order of their numbers, and only the first for each number.

    A number is missing only if its own line can't be read. A review after such a gap counts if its question was asked.
    """
    reviews: list[Review] = []
    asked: list[object] = []
    for answer in mine:
        if answer.id == ASK:
            asked.append(answer.given.get("n"))
        review = _review(answer) if answer.id == REVIEW else None
        following = reviews[-1].number + 1 if reviews else 0
        if review and (review.number == following or (review.number > following and review.number in asked)):
            reviews.append(review)
    return tuple(reviews)


def _open(mine: list[Answer], number: int) -> Ask | None:
    of_it = [answer for answer in reversed(mine) if answer.given.get("n") == number]
    for answer in of_it:
        question, at = _question(answer.given) if answer.id == ASK else None, moment(answer.at)
        if question and at:
            about = [one for one in of_it if one.given.get("question") == question.id]
            draft = next((one.given.get("given") for one in about if one.id == DRAFT), None)
            hint = any(one.id == HINT for one in about)
            return Ask(number, question, at, draft if isinstance(draft, dict) else None, hint)
    return None


def _question(given: Given) -> Question | None:
    try:
        return Question(
            id=_text(given["question"]),
            module=_text(given["module"]),
            points=tuple(_text(point) for point in _list(given["points"])),
            seconds=_number(given["seconds"], A_DAY),
            story=given.get("story") is True,
        )
    except (KeyError, TypeError):
        return None


def asking(number: int, question: Question) -> Given:
    """Return what to save when a question is asked."""
    return {
        "n": number,
        "question": question.id,
        "module": question.module,
        "points": list(question.points),
        "seconds": question.seconds,
        "story": question.story,
    }


def about(ask: Ask, **more: object) -> Given:
    """Return what to save about an open question: a draft, or the fact that a hint was asked for."""
    return {"n": ask.number, "question": ask.question.id, **more}


def reviewing(ask: Ask, given: Given, shown: Mapping[str, tuple[float, bool]], seconds: float) -> Given:
    """Return what to save when the open question is answered."""
    expected = ask.question.seconds
    return {
        "n": ask.number,
        "question": ask.question.id,
        "given": dict(given),
        "shown": {point: [round(share, 4), unsafe] for point, (share, unsafe) in shown.items()},
        "seconds": round(min(max(seconds, 0.0), TOO_LONG * expected), 1),
        "expected": expected,
        "hint": ask.hint,
    }


def _review(answer: Answer) -> Review | None:
    given, at = answer.given, moment(answer.at)
    if at is None:
        return None
    try:
        return Review(
            number=_whole(given["n"], MOST),
            question=_text(given["question"]),
            at=at,
            given=_mapping(given["given"]),
            shown={point: _share(*_list(pair)) for point, pair in _mapping(given["shown"]).items()},
            seconds=_number(given["seconds"], A_DAY),
            expected=_number(given["expected"], A_DAY),
            hint=given["hint"] is True,
        )
    except (KeyError, TypeError):
        return None


def _share(share: object, unsafe: object) -> tuple[float, bool]:
    return _number(share, 1), unsafe is True


def _number(value: object, most: float) -> float:
    if type(value) not in (int, float) or not 0 <= (number := float(str(value))) <= most:
        raise TypeError(f"a number from 0 to {most} expected")
    return number


def _whole(value: object, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise TypeError(f"a whole number from 0 to {most} expected")
    return value


def _mapping(value: object) -> Given:
    if not isinstance(value, dict):
        raise TypeError("an answer expected")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("a list expected")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("words expected")
    return value
