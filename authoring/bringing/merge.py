"""A text with what a notebook now shows in the place of what it showed before. Pure.

What is shown alike keeps its bytes, also where it was moved; a 'teaches' goes with its heading.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from authoring.bringing.text import Text


@dataclass(frozen=True)
class Shown:
    """A mark as a notebook shows it: in which cell, whether it is apart from what is above, whether a directive."""

    key: str
    cell: str
    apart: bool
    is_directive: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it begins a section, which may have a 'teaches'."""
        return not self.is_directive and self.key.startswith("## ")


@dataclass(frozen=True)
class Merged:
    """The new text; the numbers of the new marks that were moved; each 'teaches' whose heading has gone."""

    source: str
    moved: tuple[int, ...]
    adrift: tuple[str, ...]


def merged(text: Text, old: Sequence[Shown], new: Sequence[Shown]) -> Merged:
    """``text``, of which a notebook showed ``old`` (a mark for each of its marks), so that it shows ``new``."""
    origins, moved = _origins(old, new)
    carried = {**origins, **_headings(old, new, origins)}
    afters = {n: text.marks[m].after for n, m in carried.items()}
    head, adrift = _adrift(text, carried, afters)
    out = [head]
    for n, mark in enumerate(new):
        origin = origins.get(n)
        stays = origin is not None and origins.get(n - 1, -1 if n == 0 else None) == origin - 1
        if origin is not None and stays and old[origin].apart == mark.apart:
            out.append(text.marks[origin].before)
        elif n and mark.apart:
            out.append(_ended(out, text.end) + text.end)
        else:
            out.append(_ended(out, text.end))
        out.append(text.marks[origin].raw if origin is not None else _raw(mark, text.end))
        if afters.get(n):
            out.append(_ended(out, text.end) + afters[n])
    return Merged("".join(out) + text.tail, tuple(moved), tuple(adrift))


def _origins(old: Sequence[Shown], new: Sequence[Shown]) -> tuple[dict[int, int], list[int]]:
    """For each new mark the old one that it is; and which of them stand elsewhere now."""
    origins: dict[int, int] = {}
    same = SequenceMatcher(None, [mark.key for mark in old], [mark.key for mark in new], autojunk=False)
    for block in same.get_matching_blocks():
        origins |= {block.b + k: block.a + k for k in range(block.size)}
    left = defaultdict[str, deque[int]](deque)
    for m in sorted(set(range(len(old))) - set(origins.values())):
        left[old[m].key].append(m)
    moved = [n for n, mark in enumerate(new) if n not in origins and left[mark.key]]
    origins |= {n: left[new[n].key].popleft() for n in list(moved) if left[new[n].key]}
    return origins, [n for n in moved if n in origins]


def _headings(old: Sequence[Shown], new: Sequence[Shown], origins: dict[int, int]) -> dict[int, int]:
    """For each heading that was reworded in its cell, the one that it was."""
    gone = [m for m, mark in enumerate(old) if mark.is_heading and m not in origins.values()]
    found = {}
    for n, mark in enumerate(new):
        was = next((m for m in gone if old[m].cell == mark.cell), None)
        if mark.is_heading and n not in origins and was is not None:
            found[n] = was
            gone.remove(was)
    return found


def _adrift(text: Text, carried: dict[int, int], afters: dict[int, str]) -> tuple[str, list[str]]:
    """Puts each 'teaches' that lost its heading under the nearest mark above it that is left; or into the head."""
    head, adrift = text.head, []
    now = {m: n for n, m in carried.items()}
    for m, mark in enumerate(text.marks):
        if mark.after and m not in now:
            adrift.append(mark.key)
            above = next((now[k] for k in range(m - 1, -1, -1) if k in now), None)
            if above is None:
                head += mark.after
            else:
                afters[above] = afters.get(above, "") + mark.after
    return head, adrift


def _raw(mark: Shown, end: str) -> str:
    return f"{mark.key}{end}:::{end}" if mark.is_directive else f"{mark.key}{end}"


def _ended(out: Sequence[str], end: str) -> str:
    """What ends the last line, where it is not ended."""
    last = next((piece for piece in reversed(out) if piece), "")
    return "" if not last or last.endswith(("\n", "\r")) else end
