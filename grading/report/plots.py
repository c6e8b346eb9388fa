"""The report's pictures, as SVG to stand in a page: the same figures give the same bytes.

Colours are names that the page's style gives a value to, in light and in dark. Every number in a picture stands in a
table beside it, too.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from casebook import storymap
from grading.report.mastery import LEVELS
from grading.report.stories import StoryFigures

WIDTH = 5.6
"""Inches: as wide as a telephone shows without making the words too small."""

# Colours that matplotlib understands and that occur nowhere else, each for a name in page.css.
_INK, _LINE, _PAPER, _YES, _PART, _NOT, _MARK, _ON = (f"#01020{n}" for n in range(2, 10))
_NAMES = {
    _INK: "ink",
    _LINE: "line",
    _PAPER: "paper",
    _YES: "yes",
    _PART: "part",
    _NOT: "not",
    _MARK: "mark",
    _ON: "on",
}
_DRAWN = 50
"""Ways: of a story with more, those that nobody took are left out of the picture."""
_LOOKS = dict(zip(LEVELS, (_YES, _PART, _NOT), strict=True))
_STYLE: dict[Any, Any] = {
    "axes.unicode_minus": False,
    "svg.hashsalt": "casebook",
    "svg.fonttype": "none",
    "font.size": 9,
    "font.family": "sans-serif",
    "text.color": _INK,
    "axes.edgecolor": _LINE,
    "axes.labelcolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def scores(name: str, shares: Sequence[float], pass_mark: float) -> str:
    """How many trainees have how large a share of a check's marks, with the pass mark."""

    def draw(axes: Axes) -> None:
        counts, edges = histogram(shares)
        axes.bar(edges[:-1], counts, 10, align="edge", color=_YES, edgecolor=_LINE)
        axes.axvline(100 * pass_mark, color=_MARK, linestyle="--", linewidth=1.5)
        axes.text(100 * pass_mark - 1, axes.get_ylim()[1], "passing score", ha="right", va="top")
        axes.set_xlim(0, 100)
        axes.set_xlabel("score in percent")
        axes.set_ylabel("trainees")
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))

    return _drawn(name, 2.3, draw)


def histogram(shares: Sequence[float]) -> tuple[list[int], list[float]]:
    """The counts in ten steps of ten percent, the last with 100, and the edges of the steps."""
    edges = [10.0 * n for n in range(11)]
    counts = [0] * 10
    for share in shares:
        counts[min(9, max(0, int(round(100 * share, 6) // 10)))] += 1
    return counts, edges


def levels(name: str, rows: Sequence[tuple[str, Mapping[str, int]]]) -> str:
    """For each point a bar: the share of trainees at each level."""

    def draw(axes: Axes) -> None:
        for n, (point, counts) in enumerate(rows):
            whole, left = sum(counts.values()), 0.0
            axes.text(0, n - 0.32, point, ha="left", va="bottom")
            for level in LEVELS:
                width = 100 * counts[level] / whole
                axes.barh(n, width, 0.5, left=left, color=_LOOKS[level], edgecolor=_LINE, linewidth=0.6)
                if width >= 8:
                    axes.text(
                        left + width / 2, n + 0.02, f"{width:.0f}%", ha="center", va="center", fontsize=8, color=_ON
                    )
                left += width
        axes.set_ylim(len(rows) - 0.4, -1)
        axes.set_xlim(0, 100)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("percent of trainees: learned, partly, not yet (from left to right)")

    return _drawn(name, 0.7 + 0.4 * len(rows), draw)


def questions(name: str, found: Sequence[tuple[int, float, float]]) -> str:
    """Each question by its number: how easy it was, and how well it tells strong from weak."""

    def draw(axes: Axes) -> None:
        axes.axhline(0, color=_LINE, linewidth=0.8)
        axes.axhline(0.2, color=_MARK, linestyle="--", linewidth=1)
        for number, facility, discrimination in found:
            axes.text(100 * facility, discrimination, str(number), ha="center", va="center", fontsize=8)
        axes.set_xlim(0, 103)
        lowest = min((d for _, _, d in found), default=0.0)
        axes.set_ylim(min(-0.15, lowest - 0.08), max(0.7, *(d + 0.08 for _, _, d in found)) if found else 0.7)
        axes.set_xlabel("percent correct (mean score)")
        axes.set_ylabel("discrimination")

    return _drawn(name, 3.2, draw)


def story(name: str, of: StoryFigures, numbers: Mapping[str, int]) -> str:
    """The map of a story: scenes by number, ways as broad as many took them."""
    places = _places(of)
    most = max(of.ways.values(), default=1)
    few = sum(len(storymap.roads(of.story, key)) for key in places) <= _DRAWN

    def draw(axes: Axes) -> None:
        for key in places:
            for to in storymap.roads(of.story, key):
                (x0, y0), (x1, y1) = places[key], places[to]
                taken = of.ways.get((key, to), 0)
                if taken:
                    axes.plot([x0, x1], [y0, y1], color=_MARK, linewidth=0.8 + 5 * taken / most, zorder=2)
                elif few:
                    axes.plot([x0, x1], [y0, y1], color=_LINE, linewidth=0.6, linestyle=":", zorder=1)
        for key, (x, y) in places.items():
            ending = of.story.scenes[key].ending is not None
            box = {"boxstyle": "square" if ending else "circle", "facecolor": _PAPER, "edgecolor": _INK}
            axes.text(x, y, str(numbers[key]), ha="center", va="center", fontsize=8, bbox=box, zorder=3)
        axes.margins(0.08)
        axes.invert_yaxis()
        axes.set_axis_off()

    rows = max(y for _, y in places.values()) + 1
    return _drawn(name, 0.6 + 0.42 * rows, draw)


def _places(of: StoryFigures) -> dict[str, tuple[float, float]]:
    """Where each scene stands: its row down, and spread evenly within it."""
    rows: dict[int, list[str]] = {}
    for key, row in storymap.rows(of.story).items():
        rows.setdefault(row, []).append(key)
    # Rows that stand alone are set off from the middle by turns, so that a way past them can be seen.
    return {
        key: ((n + 1) / (len(keys) + 1) + (0.06 if row % 2 else -0.06), float(row))
        for row, keys in sorted(rows.items())
        for n, key in enumerate(keys)
    }


def _drawn(name: str, height: float, draw: Callable[[Axes], None]) -> str:
    with rc_context(_STYLE):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        figure.patch.set_alpha(0)
        axes = figure.add_subplot()
        axes.patch.set_alpha(0)
        draw(axes)
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return _for_a_page(out.getvalue().decode("utf-8"), name)


def _for_a_page(svg: str, name: str) -> str:
    """The drawing alone, with ids of its own, colours by name, and no size but its proportions."""
    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", svg))
    svg = re.sub(r' id="([^"]+)"', lambda m: f' id="{name}-{m[1]}"' if m[1] in used else "", svg)
    svg = re.sub(r"(url\(#|href=\"#)", rf"\g<1>{name}-", svg)
    for colour, variable in _NAMES.items():
        svg = svg.replace(colour, f"var(--{variable})")
    head, rest = svg.split(">", 1)
    box = re.search(r'viewBox="[^"]+"', head)
    assert box  # noqa: S101 - matplotlib always writes one
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {box[0]}>{rest}'
