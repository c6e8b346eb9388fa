"""Collecting with care from nbgrader's exchange, where anybody may put a folder under any name.

``c.ExchangeFactory.collect`` is :class:`CarefulCollect`: nbgrader's command, formgrader's button and the watch use it.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import check_mode, parse_utc
from traitlets import Unicode

from casebook.answers import FILE_NAME
from grading import gradebook, roster_ids, set_aside
from grading.bulk.lock import NO_ROOM
from grading.bulk.submitted import TIME, handed_in, is_possible, notebook
from grading.owners import Owner, another, owner
from grading.roster_ids import Known

EVERYBODY = "*"
_SLACK = timedelta(hours=1)
"""Clocks differ, and copying takes a while."""

_MOST_ALIKE = 10
"""Lines for one reason: thousands of odd folders, laid by somebody, must not hide the rest of what is told."""


@dataclass(frozen=True)
class Sent:
    """A submission in the exchange: who it says it's from, and when; and the number of the login that owns it."""

    student: str
    folder: Path
    at: datetime
    uid: int | None = None


class CarefulCollect(ExchangeCollect):
    """nbgrader's collecting. It takes a trainee's newest own submission, and only plain files of it.

    What isn't taken stays in the exchange and is named, and so is what is odd about the rest: in nbgrader's log, and in
    :attr:`left`.
    """

    login = Unicode(
        "{id}",
        help="The login of the trainee with this id, where the two differ; for example 'jupyter-{id}'.",
    ).tag(config=True)

    def init_src(self) -> None:
        """Finds each trainee's submission to collect."""
        self.left: list[str] = []
        self._alike: Counter[str] = Counter()
        where = self.coursedir
        if not where.course_id:
            self.fail("No course id specified. Re-run with --course flag.")
        known = self._known()
        if where.student_id != EVERYBODY:
            if wrong := roster_ids.fault(where.student_id):
                self.fail(f"{wrong} Give a trainee's id, or leave --student out for everybody.")
            if question := known.did_you_mean(where.student_id):
                self.fail(f"No trainee has the id {where.student_id}. {question}")
        self.course_path = str(Path(self.root) / where.course_id)
        self.inbound_path = str(Path(self.course_path) / "inbound")
        if not Path(self.inbound_path).is_dir():
            self.fail(f"Course not found: {self.inbound_path}")
        if not check_mode(self.inbound_path, read=True, execute=True):
            self.fail(f"You don't have read permissions for the directory: {self.inbound_path}")
        self._tell_of_owners()
        self.duedate = gradebook.due(where.db_url, where.assignment_id)
        self._by_path = {str(sent.folder): sent for sent in self._chosen(known)}
        self.src_records: list[dict[str, Any]] = [self._record(sent) for sent in self._by_path.values()]
        for why, count in self._alike.items():
            if count > _MOST_ALIKE:
                self._tell(f"Not collected, for the same reason: {count - _MOST_ALIKE:,} more. {why}")

    def copy_files(self) -> None:
        """Collects what isn't there yet, or with ``update`` is newer than what's there."""
        self.log.info("%s submissions of %s in the exchange", len(self.src_records), self.coursedir.assignment_id)
        for record in self.src_records:
            where, student = self.coursedir, record["username"]
            place = Path(where.format_path(where.submitted_directory, student, where.assignment_id))
            if self._is_new(record["timestamp"], place):
                self.log.info("Collecting submission: %s %s", student, where.assignment_id)
                self.do_copy(str(Path(self.inbound_path) / record["filename"]), str(place))
            else:
                self.log.info("No newer submission to collect: %s %s", student, where.assignment_id)

    def _is_new(self, at: datetime, place: Path) -> bool:
        if not os.path.lexists(place):
            return True
        before = handed_in(place)
        newer = before is None or at > before
        return (self.update and newer) or (self.before_duedate and at != before)

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:  # noqa: ARG002 - nbgrader's own signature
        """Copies a submission's plain files. What was collected before stays until the new copy is complete."""
        place = Path(dest)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".collecting-", dir=place.parent) as aside:
                new = Path(aside) / "new"
                sent = self._by_path.get(src)
                for left in set_aside.said(set_aside.copy(Path(src), new, sent.uid if sent else None)):
                    self.log.warning("%s: %s", src, left)
                if sent:
                    self._look_at_times(sent, new)
                name = notebook(self.coursedir.assignment_id)
                if (new / FILE_NAME).exists() and not (new / name).exists():
                    set_aside.lay_in(new, name)  # nbgrader finds no submission without one
                _replace(place, new, Path(aside) / "before")
        except OSError as error:
            if error.errno in NO_ROOM:
                raise
            self._tell(f"Not collected: {roster_ids.shown(Path(src).name)}. {error.strerror or error}.")

    def _look_at_times(self, sent: Sent, new: Path) -> None:
        """One time counts: the name's, by which the newest was chosen. Tells where the disk's own clock was later."""
        said = handed_in(new)
        if said is not None and abs(said - sent.at) > timedelta(seconds=1):
            (new / TIME).write_text(f"{sent.at:%Y-%m-%d %H:%M:%S.%f} UTC")
            self._tell(
                f"{sent.student}: {roster_ids.shown(sent.folder.name)} has a different time in its {TIME} "
                f"({said:%Y-%m-%d %H:%M} UTC). The time in the folder's name counts."
            )
        changed = _changed(sent.folder)
        if self.duedate and changed and sent.at <= self.duedate < changed - _SLACK:
            self._tell(
                f"{sent.student}: says it was handed in at {sent.at:%Y-%m-%d %H:%M} UTC, on time. But it was put "
                f"there, or changed, at {changed:%Y-%m-%d %H:%M} UTC, after the due date. The earlier time counts "
                f"unless you change it in its {TIME}. If the exchange was copied or moved in between, that may be why."
            )

    def _tell_of_owners(self) -> None:
        """Whoever owns the course's folder in the exchange can read, take away and hold back what is handed in."""
        if self.coursedir.groupshared:
            return
        for folder in (self.course_path, self.inbound_path):
            if Path(folder).is_symlink() or (login := another(Path(folder))):
                whose = (
                    "is a link"
                    if Path(folder).is_symlink()
                    else f"belongs to the login {roster_ids.shown(login)}, not to you"
                )
                self._tell(
                    f"{folder} {whose}. Somebody may have put it in place of yours, and could read or "
                    "take away what others turn in. See 'Whose submission it is' in course/guide/grading.md."
                )
                return

    def _chosen(self, known: Known) -> Iterator[Sent]:
        """The newest submission of each trainee, or with ``before_duedate`` the newest that was in time."""
        everyones: dict[str, list[Sent]] = defaultdict(list)
        for sent in self._sent(known):
            everyones[sent.student].append(sent)
        self._leave_doubtful(everyones, known)
        for _, theirs in sorted(everyones.items()):
            newest_first = sorted(theirs, key=lambda sent: sent.at, reverse=True)
            due = self.duedate if self.before_duedate else None
            in_time = [sent for sent in newest_first if due is not None and sent.at <= due]
            yield (in_time or newest_first)[0]

    def _leave_doubtful(self, everyones: dict[str, list[Sent]], known: Known) -> None:
        """Takes out trainees whom nobody knows yet, and whose ids some file systems take for one."""
        forms = Counter(map(roster_ids.folded, everyones))
        for student in [one for one in everyones if one not in known and forms[roster_ids.folded(one)] > 1]:
            for sent in everyones.pop(student):
                self._leave(
                    sent.folder,
                    "Another id is the same except for capitals or accents. Import the class list first: make roster.",
                )

    def _sent(self, known: Known) -> Iterator[Sent]:
        """Every submission of the check in the exchange that is what it says it is."""
        check, wanted = self.coursedir.assignment_id, self.coursedir.student_id
        for folder in sorted(Path(self.inbound_path).iterdir()):
            student, found, rest = folder.name.partition(f"+{check}+")
            if not found:
                if roster_ids.folded(check) in map(roster_ids.folded, folder.name.split("+")[1:2]):
                    self._leave(folder, f"There's no check by that name. Did you mean {check}?")
            elif wanted in (EVERYBODY, student):
                at = _time(rest)
                why, uid = self._looked_at(student, folder, known)
                if at is None or why:
                    self._leave(folder, why or "There's no time in its name.")
                else:
                    yield Sent(student, folder, at, uid)

    def _known(self) -> Known:
        """Trainees of the gradebook, and whoever was collected before."""
        ids = gradebook.ids(self.coursedir.db_url)
        with suppress(OSError):
            ids |= {path.name for path in (Path(self.coursedir.root) / self.coursedir.submitted_directory).iterdir()}
        return Known(ids)

    def _looked_at(self, student: str, folder: Path, known: Known) -> tuple[str, int | None]:
        """Why a folder isn't taken, if it isn't, and the number of the login that owns it."""
        if wrong := roster_ids.fault(student):
            return wrong, None
        try:
            if folder.is_symlink() or not folder.is_dir():
                return "It isn't a folder.", None
            whose = owner(folder)
        except OSError as error:
            return f"It can't be read ({error.strerror or error}).", None
        if question := known.did_you_mean(student):
            return f"No trainee has the id {student}. {question}", None
        return (self._not_theirs(student, whose) if self.check_owner else ""), whose.uid

    def _not_theirs(self, student: str, whose: Owner) -> str:
        """That somebody else put a folder there. What this very account put there is its own affair."""
        if whose.mine or whose.login == self.login.replace("{id}", student):
            return ""
        return (
            f"It says it's from {student}, but it belongs to the login {roster_ids.shown(whose.login)}. Ask both. If "
            "that's how your class works, see 'Whose submission it is' in course/guide/grading.md."
        )

    def _leave(self, folder: Path, why: str) -> None:
        self._alike[why] += 1
        if self._alike[why] <= _MOST_ALIKE:
            self._tell(f"Not collected: {roster_ids.shown(folder.name)}. {why}")

    def _tell(self, words: str) -> None:
        self.left.append(words)
        self.log.warning("%s", words)

    @staticmethod
    def _record(sent: Sent) -> dict[str, Any]:
        return {"username": sent.student, "filename": sent.folder.name, "timestamp": sent.at}


def _replace(place: Path, new: Path, before: Path) -> None:
    """Puts ``new`` in place of what's there, or leaves that as it is."""
    if not os.path.lexists(place):
        new.rename(place)
        return
    place.rename(before)
    try:
        new.rename(place)
    except OSError:
        before.rename(place)
        raise


def _time(rest: str) -> datetime | None:
    """When a folder says it was handed in, by the end of its name: a time, and mostly a random word after it."""
    said, _, random = rest.partition("+")
    if not said or "+" in random:
        return None
    try:
        at: datetime | None = parse_utc(said)
    except Exception:  # of odd words its parser raises whatever it comes upon
        return None
    return at if at is not None and is_possible(at) else None


def _changed(folder: Path) -> datetime | None:
    """When a submission was put there or changed, in UTC without a zone, by the disk: its owner can't set that time."""
    try:
        last = max(path.lstat().st_ctime for path in (folder, folder / FILE_NAME) if os.path.lexists(path))
    except (OSError, ValueError):
        return None
    return datetime.fromtimestamp(last, UTC).replace(tzinfo=None)
