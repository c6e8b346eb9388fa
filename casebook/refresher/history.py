"""Evidence from before the refresher asked anything: from lessons and from graded checks. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from casebook import engine
from casebook.answers import Answer, Book
from casebook.content import Lesson
from casebook.kinds.base import NotAnAnswer
from casebook.refresher.evidence import Evidence, Shown, moment, of_outcome, of_path
from casebook.results import Result
from casebook.story import Story


def of_results(results: Iterable[Result]) -> Iterator[Evidence]:
    """The evidence for each point from self-graded checks."""
    for result in results:
        at = moment(result.at)
        unsafe = {point for one in result.unsafe for point in one.points}
        for score in result.scores if at else ():
            for point, share in score.points.items():
                if at:
                    yield Evidence(point, at, share, point in unsafe)


def of_lesson(lesson: Lesson, book: Book, zone: tzinfo) -> Iterator[Evidence]:
    """The evidence from a lesson's answers: the first answer of each day to each item and scenario.

    Anybody who answers again that day has already seen what's right.
    """
    for item in lesson.practice.values():
        checked = [answer for answer in book.all(lesson.module, item.id) if answer.checked]
        for answer in _first_of_days(checked, zone):
            try:
                yield from _evidence(answer, of_outcome(item, item.outcome(answer.given)))
            except NotAnAnswer:
                continue  # the item is another now
    for story in lesson.stories.values():
        ended = [answer for answer in book.all(lesson.module, story.id) if isinstance(answer.given.get("ended"), str)]
        for answer in _first_of_days(ended, zone):
            yield from _evidence(answer, _played(story, answer))


def _first_of_days(answers: Iterable[Answer], zone: tzinfo) -> list[Answer]:
    first: dict[object, Answer] = {}
    for answer in answers:
        at = moment(answer.at)
        if at:
            first.setdefault(at.astimezone(zone).date(), answer)
    return list(first.values())


def _played(story: Story, answer: Answer) -> Shown:
    playing, path = answer.given.get("playing"), answer.given.get("path")
    if type(playing) is not int or playing < 1 or not isinstance(path, list):
        return {}
    state = engine.replay_as_far_as_possible(story, playing - 1, tuple(str(one) for one in path))
    return of_path(step.choice for step in engine.steps(story, state))


def _evidence(answer: Answer, shown: Shown) -> Iterator[Evidence]:
    at = moment(answer.at)
    for point, (share, unsafe) in shown.items() if at else ():
        if at:
            yield Evidence(point, at, share, unsafe)
