"""The report as one HTML file: no script, nothing from elsewhere, made to be read, printed and kept safe."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from grading.report.blocks import Block, Figure, Listing, Part, Section, Table, Words
from grading.report.sections import ALL
from grading.report.whole import Report

_HERE = Path(__file__).parent


def page(report: Report) -> str:
    """The whole page."""
    sections = [section(report) for section in ALL]
    names = " (without names)" if report.without_names else ""
    return _template("page.html.j2").render(
        title=f"Class report{names}: {report.of.title}",
        sections=[(section.id, section.title, html(section.blocks, 3)) for section in sections],
        style=_style(),
    )


def fragment(section: Section) -> str:
    """One section, with its style, to stand in a notebook."""
    style = Markup("<style>{}</style>").format(_style())
    return Markup('{}<div class="class-report"><h2>{}</h2>{}</div>').format(
        style, section.title, html(section.blocks, 3)
    )


def html(blocks: Sequence[Block], level: int) -> Markup:
    """Blocks as HTML, every word escaped; headings from ``level`` down."""
    return Markup("\n").join(_block(block, level) for block in blocks)


def _block(block: Block, level: int) -> Markup:
    match block:
        case Words():
            return Markup("<p{}>{}</p>").format(Markup(' class="strong"') if block.strong else "", block.text)
        case Listing():
            entries = Markup("").join(Markup("<li>{}</li>").format(entry) for entry in block.entries)
            return Markup("<ul>{}</ul>").format(entries)
        case Part():
            inside = html(block.blocks, level + 1)
            return Markup("<section><h{0}>{1}</h{0}>\n{2}</section>").format(min(level, 6), block.title, inside)
        case Figure():
            # The picture is ours, made of numbers and of words that matplotlib escaped.
            svg = Markup(block.svg.replace("<svg ", f'<svg role="img" aria-label="{Markup.escape(block.alt)}" ', 1))  # noqa: S704
            return Markup("<figure>{}<figcaption>{}</figcaption></figure>").format(svg, block.caption)
        case Table():
            return Markup(_template("table.html.j2").render(table=block, cell=_cell))  # noqa: S704 - escaped there


def _cell(cell: object) -> tuple[str, str]:
    """A cell's words and its look."""
    return (cell, "") if isinstance(cell, str) else (getattr(cell, "text", ""), getattr(cell, "look", ""))


@cache
def _style() -> Markup:
    return Markup((_HERE / "page.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file


@cache
def _template(name: str) -> Template:
    environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template(name)
