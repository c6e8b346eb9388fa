"""The class's list in nbgrader's gradebook, whose own records of trainees it fills in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nbgrader.api import Gradebook, InvalidEntry
from nbgrader.auth import Authenticator
from traitlets.config import Config

from grading import roster, settings
from grading.gradebook import is_there
from grading.refused import Refused
from grading.roster import Change, Person


def known(root: Path) -> dict[str, Person]:
    """The trainees of the gradebook, by id, with the units that are kept beside it. No gradebook is made for it.

    Raises as :func:`roster.kept` does.
    """
    config = settings.load(root)
    if not is_there(config):
        return {}
    where = settings.directory(config)
    kept = roster.kept(root)
    with Gradebook(where.db_url, where.course_id) as gradebook:
        found = [
            {name: getattr(one, name) or "" for name in ("id", *roster.IN_GRADEBOOK)} for one in gradebook.students
        ]
    return {one["id"]: Person(**one, unit=kept[one["id"]].unit if one["id"] in kept else "") for one in found}


def save(root: Path, changes: Iterable[Change]) -> None:
    """Writes changes into the gradebook, and units beside it.

    Raises :class:`Refused`, before anything is written where what is kept beside it was damaged; and ``OSError``.
    """
    changes = list(changes)
    kept = roster.kept(root)
    _write(settings.load(root), changes)
    roster.keep(root, {**kept, **{one.after.id: one.after for one in changes}})


def _write(config: Config, changes: Iterable[Change]) -> None:
    where = settings.directory(config)
    with Gradebook(where.db_url, where.course_id, Authenticator(config=config)) as gradebook:
        for change in changes:
            if not change.new and not any(name in roster.IN_GRADEBOOK for name in change.fields):
                continue
            given = {name: getattr(change.after, name) or None for name in roster.IN_GRADEBOOK}
            try:
                gradebook.update_or_create_student(change.after.id, **given)
            except InvalidEntry as error:
                raise Refused(
                    f"{change.after.id} couldn't be added to the gradebook: {error}. The ones before it were added. "
                    "Fix that row in the list, and run the command again."
                ) from None
