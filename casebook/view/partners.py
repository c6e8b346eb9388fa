"""The trainee's own partners: the list, its form, and what can be taken along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from casebook.kinds.written import REMINDER
from casebook.partner_map import ABOUT, ASKED, DIRECTORY, MISSING, Asked, Partner
from casebook.partner_sheets import CSV_NAME, contact_plan, to_csv
from casebook.prose import parse
from casebook.view.base import View


def partners(recorded: Mapping[str, Partner], day: date) -> View:
    """The trainee's partners, what is asked of each, and what can be taken along of them on ``day``."""
    told = tuple(recorded.values())
    return {
        "type": "partners",
        "about": parse(ABOUT),
        "directory": parse(DIRECTORY),
        "reminder": REMINDER,
        "missing": MISSING,
        "asked": [_asked(asked) for asked in ASKED],
        "partners": [{"id": key, "given": asdict(one), "facts": _facts(one)} for key, one in recorded.items()],
        "plan": contact_plan(told, day),
        "csv": {"name": CSV_NAME, "text": to_csv(told)},
    }


def _asked(asked: Asked) -> View:
    return {
        "name": asked.name,
        "control": "one" if asked.choices else "area" if asked.rows > 1 else "line",
        "label": parse(asked.label),
        "layout": "row",
        "options": [{"value": value, "label": parse(words)} for value, words in asked.choices],
        "hint": asked.hint,
        "rows": asked.rows,
        "needed": asked.needed,
        "wide": asked.wide,
    }


def _facts(one: Partner) -> list[list[str]]:
    """What is known of a partner, as labels and words; its name stands above them."""
    told = [(asked, getattr(one, asked.name)) for asked in ASKED if asked.name != "organization"]
    return [[asked.label, asked.words(value)] for asked, value in told if value and value != "unsure"]
