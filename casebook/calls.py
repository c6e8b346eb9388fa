"""The one-line calls of course notebooks. Whatever goes wrong, a trainee reads plain words.

The calls of one notebook share one desk, and the same call twice (a page opened again, a second
tab) shows the same panel, brought up to date.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from casebook import content, slots, validating
from casebook.content import ContentMissing
from casebook.desk import Desk
from casebook.widgets import choosing
from casebook.widgets.certificate import CertificatePanel
from casebook.widgets.notice import NoticePanel
from casebook.widgets.overview import AidsPanel, HandingInPanel, ModulesPanel, OpeningPanel
from casebook.widgets.panel import AnsweringPanel
from casebook.widgets.partners import PartnersPanel
from casebook.widgets.runtime import Panel
from casebook.widgets.story import StoryPanel

T = TypeVar("T")
_log = logging.getLogger("casebook")

_desks: dict[Path, Desk] = {}
_panels: dict[tuple[Path, str, str, str], AnsweringPanel] = {}


def opening(module: str) -> Panel:
    """The top of a lesson or a check: how answers are kept, and how far the trainee has come."""
    return _panel("opening", module, "opening", lambda desk: OpeningPanel(desk, module))


def practice(module: str, item_id: str) -> Panel:
    """A practice item of a lesson."""

    def make(desk: Desk) -> AnsweringPanel:
        lesson = content.lesson(module, desk.folder)
        return choosing.practice(desk, module, _in(lesson.practice, item_id), lesson.points)

    return _panel("practice", module, item_id, make)


def scenario(module: str, story_id: str) -> Panel:
    """A practice scenario of a lesson."""

    def make(desk: Desk) -> AnsweringPanel:
        lesson = content.lesson(module, desk.folder)
        return StoryPanel(desk, module, _in(lesson.stories, story_id), lesson.points)

    return _panel("scenario", module, story_id, make)


def another(module: str, story_id: str) -> Panel:
    """A scenario that a lesson can do without: for whoever has the time."""
    return scenario(module, story_id)


def item(module: str, item_id: str) -> Panel:
    """A graded item of a check."""

    def make(desk: Desk) -> AnsweringPanel:
        return choosing.graded(desk, module, _in(content.check(module, desk.folder).items, item_id))

    return _validated(_panel("item", module, item_id, make), module, item_id)


def slot(module: str, slot_id: str) -> Panel:
    """The trainee's own variant of a slot. Where another was answered since the page was opened, it is that one."""

    def variant(desk: Desk) -> str:
        variants = _in(content.check(module, desk.folder).slots, slot_id)
        return slots.standing(desk.book, module, slot_id, variants, desk.who(), desk.attempt(module))

    def make(desk: Desk) -> AnsweringPanel:
        check = content.check(module, desk.folder)
        return choosing.graded(desk, module, check.items[variant(desk)], check.slots[slot_id])

    return _validated(_panel("slot", module, slot_id, make, variant), module, slot_id)


def modules() -> Panel:
    """The list of modules on the start page."""
    return _panel("modules", "start", "modules", ModulesPanel)


def handing_in(module: str) -> Panel:
    """The end of a check, where it is handed in."""
    return _panel("handing_in", module, "handing-in", lambda desk: HandingInPanel(desk, module))


def partners(module: str) -> Panel:
    """The trainee's own partners: in every lesson that has it the same list."""
    return _panel("partners", module, "partners", lambda desk: PartnersPanel(desk, module))


def review() -> Panel:
    """What to look at next, on the start page: what is due, what went wrong, and what is new to whoever comes back."""
    from casebook.widgets.review import ReviewPanel

    return _panel("review", "start", "review", ReviewPanel)


def certificate() -> Panel:
    """The certificate, on the start page."""
    return _panel("certificate", "start", "certificate", CertificatePanel)


def refresh() -> Panel:
    """The refresher's page."""
    from casebook.widgets.refresher import RefresherPanel  # py-fsrs comes with it, which no other page needs

    return _panel("refresh", "refresher", "refresher", RefresherPanel)


def aids() -> Panel:
    """The job aids on the start page."""
    return _panel("aids", "start", "aids", lambda desk: AidsPanel(desk, "start"))


def aid(module: str, slug: str) -> Panel:
    """One job aid, in a lesson."""
    return _panel("aid", module, slug, lambda desk: AidsPanel(desk, module, slug))


def _panel(
    call: str,
    module: str,
    item_id: str,
    make: Callable[[Desk], AnsweringPanel],
    shown: Callable[[Desk], str] | None = None,
) -> Panel:
    """The panel of a call. ``shown`` tells which item it shows now, where that may change."""
    try:
        desk = _desk()
        place = (desk.folder, call, module, shown(desk) if shown else item_id)
        if place in _panels:
            _panels[place].refresh()
        else:
            _panels[place] = make(desk)
        return _panels[place]
    except ContentMissing as missing:
        return NoticePanel([str(missing)], alarm=True)
    except OSError as error:
        return _unreadable(error)
    except Exception:
        # A damaged content file can be wrong in any way; IT finds which in the log.
        _log.exception("%s of %s could not be shown", item_id, module)
        return NoticePanel(
            [f"{item_id} can't be shown. Set the course up again; your answers stay as they are."], alarm=True
        )


def _validated(panel: Panel, module: str, question: str) -> Panel:
    """``panel``; where nbgrader validates the check, :class:`casebook.validating.NoAnswerYet` if it has no answer."""
    if validating.is_running():
        validating.look(module, question, _desk())
    return panel


def _unreadable(error: OSError) -> Panel:
    what = error.strerror or str(error)
    return NoticePanel(
        [f"The folder of this page, or a file in it, can't be read ({what}). Open the page again from its folder."],
        alarm=True,
    )


def _desk() -> Desk:
    folder = _here()
    return _desks.setdefault(folder, Desk(folder, where=_here))


def _here() -> Path:
    """The folder that the kernel works in. ``FileNotFoundError`` where it is gone for good.

    It stays the kernel's own when it is renamed: answers go with it, and not into whatever is made anew under the
    old name. Where it was deleted and is there again (a check that was fetched anew), Jupyter's word for the
    page's place leads back into it.
    """
    try:
        return Path.cwd()
    except FileNotFoundError:
        page = os.environ.get("JPY_SESSION_NAME")
        if not page:
            raise
        os.chdir(Path(page).parent)
        return Path.cwd()


def _in(known: Mapping[str, T], wanted: str) -> T:
    if wanted not in known:
        raise ContentMissing(
            f"This version of the course has nothing called {wanted}. Set the course up again; "
            "your answers stay as they are."
        )
    return known[wanted]
