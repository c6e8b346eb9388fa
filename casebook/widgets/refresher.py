"""The panel of the refresher: asks, keeps each review once, and shows where each teaching point stands."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from casebook import content, view
from casebook.content import ContentMissing, Lesson, Point, Question
from casebook.desk import Desk
from casebook.kinds import KINDS
from casebook.kinds.base import Given, Item, NotAnAnswer
from casebook.playing import Playing
from casebook.refresher import calendar, log, plan
from casebook.refresher.evidence import Evidence, Shown, of_outcome, of_path
from casebook.refresher.log import Ask, Log
from casebook.refresher.plan import settings_of
from casebook.refresher.today import Today
from casebook.view import View
from casebook.view import refresher as views
from casebook.widgets import learning
from casebook.widgets.panel import AnsweringPanel

_ANSWERED = "You already answered this question. Go on to the next."
_OTHER = "This version of the course has a different question here. Open the page again."


class RefresherPanel(AnsweringPanel):
    """Asks about what is due."""

    def __init__(self, desk: Desk) -> None:
        self._learned: tuple[object, tuple[Evidence, ...]] = (None, ())
        super().__init__(desk, log.MODULE, "refresher")

    def current(self) -> View:
        """The refresher as the answers have it: with the open question, where one was asked today."""
        self._settle()
        now = self._today()
        return views.refresher(now, self._asking(now, now.log.ask) if now.asks and now.log.ask else None)

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """Asks, keeps what is answered, and tells. What is about a question carries its number."""
        match event:
            case {"type": "next", "n": int(number)}:
                self._ask(number)
            case {"type": "path", "n": int(number)}:
                self._keep(log.PATH, {})
                self._ask(number)
            case {"type": "hint", "n": int(number)}:
                self._keep(log.HINT, log.about(self._asked(number)))
            case {"type": "play", "n": int(number), "event": dict(inner)}:
                return self._play(number, inner)
            case {"type": "settings", "minutes": minutes, "retention": retention}:
                self._set({"minutes": minutes, "retention": retention})
            case {"type": "calendar"}:
                now = self._today()
                return {"ics": calendar.ics(now.ahead, now.now, now.log.settings.minutes)}
            case {"type": "refresh"}:
                pass
            case _:
                raise NotAnAnswer("You can't do that here.")
        self.refresh()
        return {"view": self.view}

    def _today(self) -> Today:
        return learning.today(self.desk, self._lessons_and_checks)

    def _lessons_and_checks(self, zone: tzinfo) -> tuple[Evidence, ...]:
        """What was shown outside the refresher; made again only where an answer or a result has come to it."""
        graded = tuple(learning.in_checks(self.desk))
        mark = (graded, [answer for answer in self.desk.book.answers if answer.module != log.MODULE])
        if self._learned[0] != mark:
            self._learned = (mark, (*graded, *learning.in_lessons(self.desk, zone)))
        return self._learned[1]

    def _keep(self, id: str, given: Given) -> None:
        self.desk.keep(log.MODULE, id, given)

    def _ask(self, number: int) -> None:
        """Asks the next question, unless the one of this number is asked already."""
        now = self._today()
        if number == now.log.next_number and not now.asks and now.next:
            self._keep(log.ASK, log.asking(number, now.next))

    def _asked(self, number: int) -> Ask:
        ask = log.read(self.desk.book).ask
        if ask is None or ask.number != number:
            raise NotAnAnswer(_ANSWERED)
        return ask

    def _asking(self, now: Today, ask: Ask) -> View:
        lesson = self._lesson(ask.question)
        if ask.question.story:
            return views.asking(now, ask, self._story(ask, lesson), "")
        item = _item(lesson, ask.question)
        fits = ask.draft if ask.draft and not KINDS[item.kind].problem(item.public(), ask.draft) else None
        shown = {**view.item(item.public(), fits, graded=False), "saved_at": None, "changed": None}
        names = [now.points[point].name for point in ask.question.points if point in now.points]
        return views.asking(now, ask, shown, f"It's about: {'; '.join(names)}.")

    def _lesson(self, question: Question) -> Lesson:
        return content.lesson(question.module, self.desk.folder)

    def _playing(self, ask: Ask, lesson: Lesson) -> Playing:
        """The scenario of a question, kept apart from the lesson's own playings of it."""
        story = lesson.stories.get(ask.question.id)
        if story is None:
            raise ContentMissing(_OTHER)
        return Playing(self.desk, log.MODULE, f"{ask.question.id}-{ask.number}", story, lesson.points)

    def _story(self, ask: Ask, lesson: Lesson) -> View:
        return {**self._playing(ask, lesson).view(), "once": True}

    def _play(self, number: int, event: dict[str, Any]) -> dict[str, Any]:
        before = log.read(self.desk.book)
        if number == before.next_number - 1:
            return self._told_again(before, event)
        ask = self._asked(number)
        lesson = self._lesson(ask.question)
        if ask.question.story:
            self._playing(ask, lesson).play(event)
            return {**self._review_story(ask, lesson, event), "view": self._story(ask, lesson)}
        item = _item(lesson, ask.question)
        given = _answer(item, event)
        if event.get("type") == "check":
            reply = self._review(ask, given, of_outcome(item, item.outcome(given)), event)
            return {**reply, **_feedback(item, given, lesson.points)}
        draft = self.desk.keep(log.MODULE, log.DRAFT, log.about(ask, given=given))
        return {"at": draft.at}

    def _told_again(self, kept: Log, event: dict[str, Any]) -> dict[str, Any]:
        """The feedback on the question that was answered last, once more. Nothing is kept of it."""
        review, now = kept.reviews[-1], self._today()
        question = next((one for one in now.pool if one.id == review.question), None)
        if question is None or question.story:
            raise NotAnAnswer(_ANSWERED)
        lesson = self._lesson(question)
        item = _item(lesson, question)
        reply = {"at": review.at.isoformat(timespec="milliseconds")}
        if event.get("type") != "check":
            return reply
        told = {"told": views.told(now, tuple(review.shown))}
        return {**reply, **told, **_feedback(item, _answer(item, event), lesson.points)}

    def _settle(self) -> None:
        """Keeps the review of a scenario that came to its end just before something stopped it from being kept."""
        ask = log.read(self.desk.book).ask
        _, pool = content.refresher(self.desk.folder)
        if ask and ask.question.story and plan.is_in(pool, ask.question):
            self._review_story(ask, self._lesson(ask.question), {})

    def _review_story(self, ask: Ask, lesson: Lesson, event: dict[str, Any]) -> dict[str, Any]:
        """Keeps the review of a scenario that is over; one that was skipped shows nothing, and comes no more today."""
        playing = self._playing(ask, lesson)
        taken = playing.ended()
        if taken is None and not playing.skipped():
            return {}
        return self._review(ask, {}, of_path(step.choice for step in taken or ()), event)

    def _review(self, ask: Ask, given: Given, shown: Shown, event: dict[str, Any]) -> dict[str, Any]:
        """Keeps a review: one line, so that it is there whole or not at all."""
        seconds = event.get("seconds")
        spent = float(seconds) if isinstance(seconds, int | float) else ask.question.seconds
        kept = self.desk.keep(log.MODULE, log.REVIEW, log.reviewing(ask, given, shown, spent))
        return {"at": kept.at, "told": views.told(self._today(), tuple(shown))}

    def _set(self, given: dict[str, Any]) -> None:
        settings = settings_of(given)
        if (settings.minutes, settings.retention) != (given["minutes"], given["retention"]):
            raise NotAnAnswer("That can't be set.")
        self._keep(log.SETTINGS, given)


def _item(lesson: Lesson, question: Question) -> Item:
    item = lesson.refresher.get(question.id) or lesson.practice.get(question.id)
    if item is None:
        raise ContentMissing(_OTHER)
    return item


def _answer(item: Item, event: dict[str, Any]) -> dict[str, Any]:
    given = event.get("given")
    if not isinstance(given, dict):
        raise NotAnAnswer("That isn't an answer.")
    problem = KINDS[item.kind].problem(item.public(), given)
    if problem:
        raise NotAnAnswer(problem)
    return given


def _feedback(item: Item, given: Given, points: dict[str, Point]) -> dict[str, Any]:
    return {"feedback": view.remarks(item.outcome(given), points)}
