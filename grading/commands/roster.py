"""Brings a class's list into nbgrader's gradebook: a CSV file from any spreadsheet.

Nothing is written unless the whole file is well. Run it again with a newer file: what is told anew is changed, an empty
cell changes nothing, and nobody is ever taken out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path

from nbgrader.api import Gradebook, InvalidEntry
from nbgrader.auth import Authenticator
from sqlalchemy import make_url
from traitlets.config import Config

from grading import roster, settings
from grading.commands.telling import count
from grading.refused import Refused
from grading.roster import Change, Person

NAME = "roster"
HELP = "bring the class's list into the gradebook"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("--file", default="", help="the list: a CSV file with a row for each trainee")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")


def run(arguments: argparse.Namespace) -> int:
    """0; :class:`Refused` with every problem of the file."""
    if not arguments.file:
        raise Refused("Name the file with the class's list: make roster FILE=class.csv")
    path = Path(arguments.file).expanduser()
    if not path.is_file():
        raise Refused(f"There is no file {path}. Give the whole path of the class's list: make roster FILE=…")
    try:
        read = roster.read(path.read_bytes())
    except roster.NotARoster as bad:
        raise Refused("\n".join([f"{path}: nothing was changed.", *(f"  {one}" for one in bad.problems)])) from None
    config = settings.load(arguments.root)
    kept = roster.kept(arguments.root)
    known = _known(config, kept)
    clashes = roster.clashes(read.people, known)
    if clashes:
        raise Refused("\n".join([f"{path}: nothing was changed.", *(f"  {one}" for one in clashes)]))
    changes = roster.changes(read.people, known)
    if not arguments.dry_run:
        _save(config, changes)
        roster.keep(arguments.root, {**kept, **{one.after.id: one.after for one in changes}})
    print("\n".join(_told(changes, known, read.ignored, dry=arguments.dry_run)))
    return 0


def _known(config: Config, kept: Mapping[str, Person]) -> dict[str, Person]:
    """The trainees of the gradebook, with the units that are kept beside it. No gradebook is made for it."""
    where = settings.directory(config)
    url = make_url(where.db_url)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        return {}
    with Gradebook(where.db_url, where.course_id) as gradebook:
        found = [
            {name: getattr(one, name) or "" for name in ("id", *roster.IN_GRADEBOOK)} for one in gradebook.students
        ]
    return {one["id"]: Person(**one, unit=kept[one["id"]].unit if one["id"] in kept else "") for one in found}


def _save(config: Config, changes: Iterable[Change]) -> None:
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
                    f"{change.after.id} could not be put into the gradebook: {error}. Those before it are in: mend it, "
                    "and run it again."
                ) from None


def _told(changes: list[Change], known: dict[str, Person], ignored: tuple[str, ...], *, dry: bool) -> list[str]:
    added = [one for one in changes if one.new]
    changed = [one for one in changes if one.fields and not one.new]
    listed = {one.after.id for one in changes}
    others = sorted(known.keys() - listed)
    would = "would be " if dry else ""
    lines = [
        f"{count(len(added), 'trainee')} {would}new, {len(changed)} {would}changed, "
        f"{len(changes) - len(added) - len(changed)} as they were." + (" Nothing was written." if dry else "")
    ]
    lines += [f"  new: {one.after.id} ({one.after.name or 'no name'})" for one in added]
    lines += [f"  {one.after.id}: {', '.join(_change(one, field) for field in one.fields)}" for one in changed]
    if others:
        lines.append(f"In the gradebook and not in this file, left as they are: {', '.join(others)}.")
    if ignored:
        lines.append(f"Columns that were passed over: {', '.join(ignored)}.")
    return lines


def _change(change: Change, field: str) -> str:
    before = getattr(change.before, field) if change.before else ""
    return f"{roster.LABELS[field]} {before or '(none)'} → {getattr(change.after, field)}"
