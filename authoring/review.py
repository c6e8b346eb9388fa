"""For the experts who confirm the keys: what nobody has reviewed yet, and a module's bank as a page to read and print.

The page holds every key. It is written under ``grading/``, which keys never leave, and is not committed.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from authoring import course as course_module
from authoring import naming
from authoring.course import Course, Module
from authoring.preview import key
from casebook import reviews
from casebook.kinds import KINDS
from casebook.kinds.base import Item
from casebook.kinds.options import OptionsItem
from casebook.kinds.simulation import SimulationItem
from casebook.prose import blocks_html, inline_html, parse, to_html
from casebook.story import Choice, Passage, Scene, Story, Text
from casebook.view import View
from grading import files

FOLDER = Path("grading/review")


def listed(course: Course) -> str:
    """What nobody has reviewed, as lines of text: a count for each bank, then the items by name."""
    lines = [f"{'Bank':<28}{'Items':>7}{'Reviewed':>10}{'Waiting':>9}{'Inferences':>12}"]
    names: list[str] = []
    for module in course.modules:
        found = reviews.of(module.bank.items)
        items, waiting = found.items, found.waiting
        counts = f"{items:>7}{items - len(waiting):>10}{len(waiting):>9}{found.inferences:>12}"
        lines.append(f"{module.slug:<28}{counts}")
        names += _WRAPPER.wrap(f"{module.slug}: {', '.join(waiting)}") if waiting else []
    return "\n".join([*lines, "", *(["Waiting for a review:", *names] if names else ["Everything has been reviewed."])])


_WRAPPER = textwrap.TextWrapper(100, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def write(root: Path, slug: str) -> Path:
    """Writes the page of a module, also of a draft, and says where it is.

    Raises :class:`Refused` where there is no such module, :class:`BadContent` and ``OSError``.
    """
    naming.module(root, slug)
    course = course_module.read(root, only=slug)
    path = root / FOLDER / f"{slug}.html"
    files.write(path, page(course, course.modules[0]))
    return path


def page(course: Course, module: Module) -> bytes:
    """The bank of ``module`` as a page of HTML that needs no script and nothing from elsewhere."""
    sections = (_item(course, n, item) for n, item in enumerate(module.bank.items, start=1))
    filled = _PAGE.format(
        title=html.escape(module.entry.title),
        bank=html.escape(f"{course_module.BANK}/{module.slug}.yml"),
        style=resources.files("authoring").joinpath("review.css").read_text(encoding="utf-8"),
        items="".join(sections),
    )
    return filled.encode()


_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Review: {title}</title>
<style>
{style}</style>
</head>
<body>
<main>
<h1>Review: {title}</h1>
<p><strong>This page holds the keys.</strong> It's only for the reviewer. Delete it when you're done.</p>
<p>Compare each item with the section, not with your own practice. If they differ, write down both.</p>
<dl>
<dt>Key</dt><dd>Is the answer marked right really right, and is everything else wrong?</dd>
<dt>Tag</dt><dd>Does the section settle it, or is it an inference: good practice that follows from it?</dd>
<dt>Wording</dt><dd>Would a tired officer understand it? Are small words (most, often, may) right?</dd>
<dt>Safety</dt><dd>Could doing the right answer put anyone in danger? Is everything unsafe marked?</dd>
</dl>
<p>In the column <em>Counts as</em>: <em>group</em> is where a statement belongs, <em>place</em> its place in the order,
<em>best</em> the rating of an action from 0 to 4. <em>unsafe</em> and <em>never</em> mark what earns no part of the
points. In a story, <em>verdict</em>, <em>basis</em> and <em>score</em> are those of one choice.</p>
{items}</main>
<footer><p>Reviewer: <span class="blank"></span> Date: <span class="blank"></span></p>
<p>Record the answers in {bank}, item by item, as <em>reviewed_by</em>.</p></footer>
</body>
</html>
"""

_ASKED = (("Key", "right", "wrong"), ("Tag", "section", "inference"), ("Wording", "clear", "not clear"))
_SAFETY = ("Safety", "safe", "not safe")
_HIDDEN = ("set:", "add:")
"""What a story remembers is told by what it says."""


def _item(course: Course, number: int, item: Item) -> str:
    tag = "the section settles it" if item.basis == "section" else "inference"
    about = [KINDS[item.kind].name, f"{item.marks or 0:g} points", f"tag: {tag}"]
    about.append(f"reviewed by {item.reviewed_by}" if item.reviewed_by else "nobody has reviewed it")
    asked = "".join(
        f"<li>{name}: {''.join(f'<span class=box></span>{word} ' for word in words)}</li>"
        for name, *words in (*_ASKED, _SAFETY)
    )
    return (
        f'<section id="{html.escape(item.id)}">\n<h2>{number}. {html.escape(item.id)}</h2>\n'
        f'<p class="about">{html.escape("; ".join(about))}</p>\n{_question(item)}{_key(item)}'
        f"{_points(course, item)}<ul class='asked'>{asked}</ul>\n"
        "<p>If not: <span class='line'></span></p>\n</section>\n"
    )


def _question(item: Item) -> str:
    kind = KINDS[item.kind]
    parts = [
        to_html(item.case or ""),
        f"<p><strong>{inline_html(parse(item.stem))}</strong> {html.escape(kind.hint)}</p>",
    ]
    for field in kind.fields(item.public())[:1]:
        if field.layout == "row":  # all rows have the same choices
            parts.append(
                f"<ul>{''.join(f'<li>{html.escape(v)}: {inline_html(parse(t))}</li>' for v, t in field.options)}</ul>"
            )
    return "".join(parts) + "\n"


def _key(item: Item) -> str:
    if isinstance(item, SimulationItem):
        return "".join(_stories(planned.story for planned in item.stories))
    rows = key.of(item)["rows"]
    if isinstance(item, OptionsItem):  # the file says which options are right, and nothing of the others
        rows = [row if "right" in row["facts"] else {**row, "facts": ["not right", *row["facts"]]} for row in rows]
    return _table(("Part", "Words", "Counts as", "Feedback"), map(_row, rows))


def _row(row: View) -> tuple[str, ...]:
    """A part: its letter, its words, what it counts as, why."""
    facts = [fact for fact in row["facts"] if not fact.startswith(_HIDDEN)]
    return html.escape(row["name"]), inline_html(row["text"]), html.escape(", ".join(facts)), blocks_html(row["why"])


def _stories(stories: Iterable[Story]) -> Iterator[str]:
    """Each story, scene by scene; what a second one shares with the first is shown once."""
    told: list[Scene] = []
    for story in stories:
        yield f"<h3>{html.escape(story.title)}</h3>\n{to_html(story.content_note or '')}"
        people = "".join(f"<li>{html.escape(one.name)}: {html.escape(one.who)}</li>" for one in story.people)
        yield f"<ul>{people}</ul>\n" if people else ""
        rows = iter(key.of(story)["rows"])
        for scene in story.scenes.values():
            keys = [next(rows) for _ in scene.choices]
            if scene not in told:
                told.append(scene)
                yield _scene(scene, keys)


def _scene(scene: Scene, keys: Iterable[View]) -> str:
    ending = f" (an ending: {scene.ending})" if scene.ending else ""
    parts = [f"<h4>{html.escape(scene.title + ending)}</h4>\n{_text(scene.text)}"]
    if scene.choices:
        choices = (_choice(choice, row) for choice, row in zip(scene.choices, keys, strict=True))
        parts.append(f"<p><strong>{html.escape(scene.asks or '')}</strong></p>\n")
        parts.append(_table(("Choice", "What it leads to", "Counts as", "Why"), choices))
    return "".join(parts)


def _choice(choice: Choice, row: View) -> tuple[str, ...]:
    _, words, counts, why = _row(row)
    return words, _text(choice.told), counts, why


def _text(text: Text) -> str:
    """All that may be told here, each passage with its condition."""
    passages = (text,) if isinstance(text, str) else text
    return "".join(
        f"<p><em>Where {html.escape(one.when)}:</em></p>{to_html(one.text)}"
        if isinstance(one, Passage) and one.when
        else to_html(one.text if isinstance(one, Passage) else one)
        for one in passages
    )


def _points(course: Course, item: Item) -> str:
    known = (course.points[point] for point in item.points if point in course.points)
    said = "".join(f"<li>{html.escape(point.name)}: {inline_html(parse(point.text))}</li>" for point in known)
    return f"<p>It's based on:</p><ul>{said}</ul>\n"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    head = "".join(f"<th scope='col'>{name}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>\n"
