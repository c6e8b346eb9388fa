"""Content files with one value of theirs replaced: a slip of an editor, or somebody's tampering."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

Place = tuple[str | int, ...]

BAD = st.sampled_from([None, True, 7, -1.5, "words", "", [], [1], {}, {"id": "x"}, ["a", {"text": None}]])


def places(node: Any, here: Place = ()) -> Iterator[Place]:
    """The way to every value in ``node``."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield (*here, key)
        yield from places(value, (*here, key))


@contextmanager
def damaged(whole: bytes, file: Path, data: st.DataObject, bad: object) -> Iterator[Path]:
    """A folder in which ``file`` is ``whole``, JSON, with ``bad`` in a place that ``data`` draws."""
    content = json.loads(whole)
    *way, last = data.draw(st.sampled_from(list(places(content))), label="place")
    node = content
    for key in way:
        node = node[key]
    node[last] = bad
    with TemporaryDirectory() as folder:
        path = Path(folder) / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
        yield Path(folder)
