"""What a trainee's folders hold of the past: for the refresher, and for what the start page says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, tzinfo

from casebook import content, results
from casebook.desk import Desk
from casebook.refresher import history, log, memory
from casebook.refresher.evidence import Evidence
from casebook.refresher.today import Today


def today(desk: Desk, learned: Callable[[tzinfo], Iterable[Evidence]]) -> Today:
    """Where the refresher stands; ``learned`` gives what was shown outside it."""
    now = desk.now().astimezone()
    zone = now.tzinfo or UTC
    points, pool = content.refresher(desk.folder)
    kept = log.read(desk.book)
    reviewed = (one for review in kept.reviews for one in review.evidence())
    known = memory.memories([*learned(zone), *reviewed], zone, kept.settings.retention)
    return Today(now, zone, kept, points, pool, known)


def in_checks(desk: Desk) -> Iterator[Evidence]:
    """What self-graded checks showed."""
    for outline in content.outlines(desk.folder):
        yield from history.of_results(results.read((desk.folder / outline.check).parent))


def in_lessons(desk: Desk, zone: tzinfo) -> Iterator[Evidence]:
    """What answers in lessons showed; only lessons in which something was answered are read."""
    answered = {answer.module for answer in desk.book.answers}
    for outline in content.outlines(desk.folder):
        if outline.lesson and outline.slug in answered:
            yield from history.of_lesson(content.lesson(outline.slug, desk.folder), desk.book, zone)
