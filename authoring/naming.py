"""Names that authors give to a command: of a module that there is, or of what is to be made.

An identifier is permanent, for answers are kept under it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from authoring import course, yamlfile
from authoring.course import BANK, CONTENT, COURSE, PRACTICE, REFRESHER, ModuleEntry
from authoring.problems import Refused
from authoring.rules.identifiers import is_plain
from authoring.yamlfile import Place, YamlFile
from casebook import attempts, partner_map

_NOT_FREE = {"start", "opening", "modules", "handing-in", attempts.ID, partner_map.MODULE}
"""What the course itself calls pages and panels."""


def module(root: Path, slug: str) -> ModuleEntry:
    """The entry of a module, finished or a draft; :class:`Refused` where there is none of this name."""
    entries = {entry.slug: entry for entry in course.listed(root).modules}
    if slug in entries:
        return entries[slug]
    what = f"There's no module called '{slug}'." if slug else "You didn't name a module."
    raise Refused(what, f"Write MODULE= and one of: {', '.join(entries)}.")


def free(root: Path, name: str, variable: str) -> None:
    """Raises :class:`Refused` unless ``name`` is a plain identifier that nothing in the course has, drafts included."""
    if not is_plain(name):
        said = f"'{name}' can't be an identifier." if name else "You didn't give an identifier."
        raise Refused(said, f"Write {variable}= and a-z, 0-9 and single hyphens, as in 'one-free-afternoon'.")
    if name in _NOT_FREE:
        raise Refused(f"The course itself uses '{name}'.", f"Write {variable}= and a different identifier.")
    places = _taken(root)
    if name in places:
        raise Refused(f"'{name}' is already in use: {places[name]}.", f"Write {variable}= and a different identifier.")


def _taken(root: Path) -> dict[str, str]:
    """Every identifier that answers may be kept under, and where it stands. Raises :class:`BadContent`."""
    found: dict[str, str] = {}

    def note(name: object, file: YamlFile, place: Place) -> None:
        found.setdefault(str(name), f"{file.path}, line {file.line(place)}")

    listed = yamlfile.read(root / COURSE)
    for n, entry in enumerate(_entries(listed, "modules")):
        note(entry.get("slug"), listed, ("modules", n))
    items = (path for name in (PRACTICE, REFRESHER) for path in (root / CONTENT).glob(f"*/{name}"))
    for path in [*items, *(root / BANK).glob("*.yml")]:
        file = yamlfile.read(path)
        for n, one in enumerate(_entries(file, "items")):
            note(one.get("id"), file, ("items", n))
            if "slot" in one:
                note(one["slot"], file, ("items", n, "slot"))
    for path in (root / CONTENT).glob("*/scenarios/*.yml"):
        if not path.name.endswith(".plan.yml"):
            file = yamlfile.read(path)
            note(file.data.get("id"), file, ("id",))
            note(path.stem, file, ())
    return found


def _entries(file: YamlFile, key: str) -> list[dict[str, Any]]:
    listed = file.data.get(key)
    return [one if isinstance(one, dict) else {} for one in listed] if isinstance(listed, list) else []
