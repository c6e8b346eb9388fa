"""What the exchange tells of a class: to whom feedback was returned before they handed in; and whose ids these are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.auth import Authenticator, NoAuthPlugin
from nbgrader.utils import notebook_hash
from traitlets.config import Config

from grading import settings, submission
from grading.bulk.submitted import NBGRADERS_OWN
from grading.bulk.submitted import handed_in as time_of

_SECRET = NBGRADERS_OWN[1]
Key = tuple[str, str]


def before(config: Config, folders: Mapping[Key, Path]) -> frozenset[Key]:
    """The checks and trainees that had feedback on an earlier submission before this one was handed in.

    Only the exchange keeps earlier submissions. Where it is not used nobody can know, and nobody is named.
    """
    if "root" not in config.Exchange:
        return frozenset()
    course = Path(config.Exchange.root) / settings.directory(config).course_id
    earlier: dict[Key, list[Path]] = {}
    for folder in course.glob("inbound/*+*+*"):
        student, module, _ = folder.name.split("+", 2)
        earlier.setdefault((module, student), []).append(folder)
    return frozenset(key for key, folder in folders.items() if _had_a_page(course, folder, earlier.get(key, [])))


def _had_a_page(course: Path, folder: Path, inbound: list[Path]) -> bool:
    """Whether a page of an earlier one of the ``inbound`` submissions was there when this one came.

    A trainee writes the time in ``timestamp.txt``, and the secret. When a folder came, the file system tells.
    """
    mine, told = submission.plain(folder / _SECRET), time_of(folder)
    same = [one for one in inbound if submission.plain(one / _SECRET) == mine]
    came = [*map(_arrived, same), *([told.replace(tzinfo=UTC)] if told else [])]
    earlier = inbound if len(same) > 1 else [one for one in inbound if one not in same]
    return bool(came) and any(page < max(came) for page in _pages(course, earlier))


def _arrived(folder: Path) -> datetime:
    return datetime.fromtimestamp(folder.lstat().st_ctime, UTC)


def _pages(course: Path, inbound: list[Path]) -> Iterator[datetime]:
    """When each page of these submissions was returned."""
    for folder in inbound:
        secret = submission.plain(folder / _SECRET)
        if secret is None:
            continue
        for notebook in folder.glob("*.ipynb"):
            name = notebook_hash(secret=secret.decode("utf-8", "replace"), notebook_id=notebook.stem)
            page = course / "feedback" / f"{name}.html"
            if page.is_file():
                yield datetime.fromtimestamp(page.stat().st_mtime, UTC)


def ids_are_given(config: Config) -> bool:
    """Whether a server gave the trainees their ids: where nbgrader's own settings say that a hub knows who they are."""
    plugin = Authenticator(config=config).plugin_class
    return not issubclass(plugin, NoAuthPlugin)
