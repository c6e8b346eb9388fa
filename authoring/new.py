"""New modules, scenarios and items, from the templates under ``authoring/templates/``.

Nothing is overwritten. What is added to a file is added as text, so that all that stood in it stays, byte for byte;
where the file cannot be read with it, what was is put back.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from string import Template

from authoring import appending, course, files, naming, schema, yamlfile
from authoring.course import BANK, CONTENT, COURSE, PRACTICE, REFRESHER, CourseFile, ModuleEntry
from authoring.problems import Refused
from authoring.rules.identifiers import LETTERS
from casebook.kinds import KINDS

TEMPLATES = Path(__file__).parent / "templates"
PLACES = {"practice": "lesson.md", "bank": "check.md", "refresher": ""}
"""Where an item may stand, and the text that then places it. The refresher asks what is due, so no text does."""

_DIRECTIVES = {"practice": "practice", "bank": "item"}

_GRADED = re.compile(r"[ ]*# graded(?:: (?P<said>.*))?$")


@dataclass(frozen=True)
class Made:
    """What was made or added to, and what its author does next; ``paths`` are from the course's root."""

    paths: tuple[Path, ...]
    next_steps: tuple[str, ...]


def scenario(root: Path, module: str, name: str) -> Made:
    """A scenario with its plan. Raises :class:`Refused` or :class:`BadContent` where it cannot be made."""
    entry = naming.module(root, module)
    naming.free(root, name, "NAME")
    folder = CONTENT / module / "scenarios"
    made = {
        folder / f"{name}.yml": _filled("scenario.yml", id=name),
        folder / f"{name}.plan.yml": _filled("scenario.plan.yml", id=name),
    }
    _make(root, made)
    steps = (
        "Fill in what begins with TODO. Watch it in the browser as you write:",
        f"    make preview MODULE={module} SCENARIO={name}",
        *_place(entry, "lesson.md", "scenario", name),
    )
    return Made(tuple(made), steps)


def item(root: Path, module: str, id: str, kind: str, where: str = "practice") -> Made:
    """An item at the end of its file. Raises :class:`Refused` or :class:`BadContent` where it cannot be added."""
    entry = naming.module(root, module)
    if kind not in KINDS:
        raise Refused(f"There's no kind of item called '{kind}'.", f"Write KIND= and one of: {', '.join(KINDS)}.")
    if where not in PLACES:
        raise Refused(
            f"WHERE={where} isn't a place for an item.", "Write WHERE=practice, WHERE=refresher or WHERE=bank."
        )
    naming.free(root, id, "ID")
    slot = _slot(where, id) if entry.part == "final" else None
    path = {"practice": CONTENT / module / PRACTICE, "refresher": CONTENT / module / REFRESHER}.get(
        where, BANK / f"{module}.yml"
    )
    text = _filled(f"items/{kind}.yml", id=id).decode()
    first, *rest = _for(where, text.splitlines())
    text = "\n".join([first, *([f"  slot: {slot}"] if slot else []), *rest]) + "\n"
    if not (root / path).exists():
        _make(root, {path: _filled(f"module/{where}.yml")})
    appending.append(root / path, "items", text, lambda: course.excerpt(root, module, root / path)[1])
    steps = (
        f"Fill in what begins with TODO, at the end of {path}. Watch it in the browser as you write:",
        f"    make preview MODULE={module} ITEM={id}",
        *_placing(entry, where, id, slot),
    )
    return Made((path,), steps)


def _slot(where: str, id: str) -> str:
    """The slot of a variant that is named after it. Raises :class:`Refused` where it is not, or cannot stand there."""
    if where != "bank":
        raise Refused("The final has no lesson, so it doesn't have practice items.", "Write WHERE=bank.")
    slot, _, letter = id.rpartition("-")
    if not slot or letter not in LETTERS:
        raise Refused(f"'{id}' doesn't name a variant of a slot.", "Write ID= and the slot's name followed by -a, -b …")
    return slot


def module(root: Path, slug: str, title: str) -> Made:
    """A module, as a draft: its texts, and its entry at the end of the list where it has none yet.

    Raises :class:`Refused` or :class:`BadContent` where it cannot be made.
    """
    listed = {entry.slug: entry for entry in course.listed(root).modules}
    if slug in listed:
        _is_bare(listed[slug], title)
    else:
        naming.free(root, slug, "SLUG")
        _is_title(title)
    is_final = slug in listed and listed[slug].part == "final"
    texts = ("check.md",) if is_final else ("lesson.md", "check.md", PRACTICE)
    made = {CONTENT / slug / name: _filled(f"module/{name}") for name in texts}
    made[BANK / f"{slug}.yml"] = _filled("module/bank.yml")
    _make(root, made)
    if slug not in listed:
        try:
            _enter(root, slug, title)
        except BaseException:
            for path in made:
                (root / path).unlink()
            raise
    steps = (
        *(_of_final(slug) if is_final else _of_module(slug)),
        f"Check its place and its minutes in the list in {COURSE}. When the module is finished, set its",
        "'ready: true' there. Then make check lists what's missing, and make update writes its notebooks.",
    )
    return Made((*made, COURSE) if slug not in listed else tuple(made), steps)


def _of_module(slug: str) -> tuple[str, ...]:
    return (
        f"Write {CONTENT / slug / 'lesson.md'} and check.md beside it: fill in what begins with TODO.",
        "Add scenarios and items, and place them in the two texts:",
        f"    make new-scenario MODULE={slug} NAME=…",
        f"    make new-item MODULE={slug} ID=… KIND=… WHERE=practice (or bank, or refresher)",
    )


def _of_final(slug: str) -> tuple[str, ...]:
    return (
        f"Write {CONTENT / slug / 'check.md'}: fill in what begins with TODO.",
        "Add the variants of each slot, and place the slot:",
        f"    make new-item MODULE={slug} ID=<slot>-a KIND=… WHERE=bank (then -b, with the same KIND)",
    )


def _placing(entry: ModuleEntry, where: str, id: str, slot: str | None) -> tuple[str, ...]:
    if where == "refresher":
        return ("You don't have to place it: the refresher asks it when one of its points is due.", _last(entry))
    return _place(entry, PLACES[where], "slot", slot) if slot else _place(entry, PLACES[where], _DIRECTIVES[where], id)


def _place(entry: ModuleEntry, text: str, directive: str, id: str) -> tuple[str, ...]:
    return (
        f"Place it in {CONTENT / entry.slug / text}, on lines of its own:",
        f"    :::{{{directive}}} {id}",
        "    :::",
        _last(entry),
    )


def _last(entry: ModuleEntry) -> str:
    return "Then run make update." if entry.ready else f"The module is a draft: {COURSE} says so ('ready: false')."


def _is_bare(entry: ModuleEntry, title: str) -> None:
    """Raises :class:`Refused` unless a module that is listed waits for its texts."""
    if entry.ready:
        raise Refused(f"The module '{entry.slug}' is finished.", "Edit its texts, or write SLUG= and a different name.")
    if title not in ("", entry.title):
        what = f"{COURSE} already lists '{entry.slug}', as \"{entry.title}\"."
        raise Refused(
            what, "Leave TITLE out, and change the title there if you like. Or write SLUG= and a different name."
        )


def _is_title(title: str) -> None:
    if not title.strip():
        raise Refused("The module needs a title.", 'Write it like TITLE="When the harm is partner violence".')
    if not title.isprintable():
        raise Refused("The title has a character that can't be shown.", "Write it on one line, in plain words.")


def _enter(root: Path, slug: str, title: str) -> None:
    text = _filled("module/entry.yml", slug=slug, title=_scalar(title)).decode()
    appending.append(root / COURSE, "modules", text, lambda: schema.shape(CourseFile, yamlfile.read(root / COURSE))[1])


def _scalar(words: str) -> str:
    """``words`` as one YAML value: as they are where nothing in them can mean anything to YAML, else in quotes."""
    is_plain = re.fullmatch(r"[A-Za-z]\w*( [\w,.'?!-]+)+", words)
    return words if is_plain else json.dumps(words, ensure_ascii=False)


def _filled(name: str, **words: str) -> bytes:
    return Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(words).encode()


def _for(where: str, lines: list[str]) -> list[str]:
    """A template's lines for this place: those marked '# graded' are for the bank alone."""
    kept = []
    for line in lines:
        marked = _GRADED.search(line)
        if marked and where == "bank":
            kept.append(line.replace("# graded: ", "# ") if marked["said"] else line[: marked.start()])
        elif not marked:
            kept.append(line)
    return kept


def _make(root: Path, made: dict[Path, bytes]) -> None:
    for path in made:
        if (root / path).exists():
            raise Refused(f"{path} already exists, and nothing gets overwritten.", "Choose a different name.")
    files.make({root / path: data for path, data in made.items()})
