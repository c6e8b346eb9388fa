"""Brings a class's list into nbgrader's gradebook: a CSV file from any spreadsheet.

Nothing is written unless the whole file is well. Run it again with a newer file: what is told anew is changed, an empty
cell changes nothing, and nobody is ever taken out.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from grading import roster, roster_gradebook
from grading.commands.telling import count
from grading.refused import Refused
from grading.roster import Change, Person

NAME = "roster"
HELP = "import the class list into the gradebook"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("--file", default="", help="the list: a CSV file with a row for each trainee")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")


def run(arguments: argparse.Namespace) -> int:
    """0; :class:`Refused` with every problem of the file."""
    if not arguments.file:
        raise Refused("Name the file with the class list: make roster FILE=class.csv")
    path = Path(arguments.file).expanduser()
    if not path.is_file():
        raise Refused(f"There's no file {path}. Give the full path of the class list: make roster FILE=…")
    try:
        read = roster.read(path.read_bytes())
    except roster.NotARoster as bad:
        raise Refused("\n".join([f"{path}: nothing was changed.", *(f"  {one}" for one in bad.problems)])) from None
    known = roster_gradebook.known(arguments.root)
    clashes = roster.clashes(read.people, known)
    if clashes:
        raise Refused("\n".join([f"{path}: nothing was changed.", *(f"  {one}" for one in clashes)]))
    changes = roster.changes(read.people, known)
    if not arguments.dry_run:
        roster_gradebook.save(arguments.root, changes)
    print("\n".join(_told(changes, known, read.ignored, dry=arguments.dry_run)))
    return 0


def _told(changes: list[Change], known: dict[str, Person], ignored: tuple[str, ...], *, dry: bool) -> list[str]:
    added = [one for one in changes if one.new]
    changed = [one for one in changes if one.fields and not one.new]
    listed = {one.after.id for one in changes}
    others = sorted(known.keys() - listed)
    would = "would be " if dry else ""
    lines = [
        f"{count(len(added), 'trainee')} {would}new, {len(changed)} {would}changed, "
        f"{len(changes) - len(added) - len(changed)} unchanged." + (" Nothing was saved." if dry else "")
    ]
    lines += [f"  new: {one.after.id} ({one.after.name or 'no name'})" for one in added]
    lines += [f"  {one.after.id}: {', '.join(_change(one, field) for field in one.fields)}" for one in changed]
    if others:
        lines.append(f"In the gradebook but not in this file (left as they are): {', '.join(others)}.")
    if ignored:
        lines.append(f"Columns it skipped: {', '.join(ignored)}.")
    return lines


def _change(change: Change, field: str) -> str:
    before = getattr(change.before, field) if change.before else ""
    return f"{roster.LABELS[field]} {before or '(none)'} → {getattr(change.after, field)}"
