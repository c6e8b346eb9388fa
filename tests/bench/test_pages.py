"""Both notebooks have the same items, in the same words."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from ipywidgets import HTML, Button, Checkbox, RadioButtons

from bench import core, items, pages
from casebook import content
from casebook.kinds.options import OptionsItem
from casebook.prose import to_text

COUNT = 30


@pytest.fixture(scope="module")
def thirty() -> list[OptionsItem]:
    return items.thirty(items.of_course(pages.ROOT))


@pytest.fixture(scope="module")
def folder(thirty: list[OptionsItem], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where both notebooks lie, with what they play."""
    root = tmp_path_factory.mktemp("bench") / "course"
    pages.write_course(root, thirty)
    pages.write_core(root / "course/modules", thirty)
    return root / "course/modules"


def calls(notebook: Path) -> list[str]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def in_words(markup: str) -> str:
    """The words of HTML, with one space between them; emphasis and links stand within a line, other tags part words."""
    within = re.sub(r"</?(em|strong|a)\b[^>]*>", "", markup)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", within)).split())


def prose_in_words(*sources: str | None) -> str:
    return " ".join(" ".join(to_text(source or "") for source in sources).split())


def core_words(panel: Any) -> list[str]:
    """What a core panel shows, and the feedback on each option, by choosing one after the other."""
    stem, *controls, button, feedback = panel.children
    assert [type(stem), type(button), type(feedback)] == [HTML, Button, HTML]
    said = []
    for choose, leave in ways(controls):
        choose()
        button.click()
        said.append(in_words(feedback.value))
        leave()
    return [in_words(stem.value), *labels(controls), *said]


def labels(controls: list[Any]) -> list[str]:
    if isinstance(controls[0], RadioButtons):
        return [label for label, _ in controls[0].options]
    assert {type(box) for box in controls} == {Checkbox}
    return [box.description for box in controls]


def ways(controls: list[Any]) -> list[tuple[Any, Any]]:
    """For each option, how to choose it and how to leave it again."""
    one = controls[0]
    if isinstance(one, RadioButtons):
        return [(lambda n=n: setattr(one, "value", n), lambda: None) for n in range(len(one.options))]
    return [(lambda b=b: setattr(b, "value", True), lambda b=b: setattr(b, "value", False)) for b in controls]


def our_words(item: Any) -> list[str]:
    """What our panel is made from: the lesson's own content."""
    stem = prose_in_words(item.case, item.stem)
    return [stem, *(to_text(o.text) for o in item.options), *(prose_in_words(o.feedback) for o in item.options)]


def test_both_have_the_same_items_in_the_same_order(folder: Path, thirty: list[OptionsItem]):
    _opening, *ours = calls(folder / pages.OURS)
    theirs = calls(folder / pages.CORE)
    ids = [item.id for item in thirty]
    assert ours == [f'import casebook; casebook.practice("{pages.SLUG}", "{id}")' for id in ids]
    assert theirs == [f'from bench import core; core.item("{id}")' for id in ids]


def test_both_say_the_same_words(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(folder)
    ours = content.lesson(pages.SLUG, folder).practice
    assert len(ours) == COUNT
    for id, item in ours.items():
        assert core_words(core.item(id)) == our_words(item), id


def test_both_run_in_the_same_kernel(folder: Path):
    names = (pages.OURS, pages.CORE)
    ours, theirs = (json.loads((folder / name).read_text(encoding="utf-8"))["metadata"] for name in names)
    assert ours["kernelspec"] == theirs["kernelspec"]
    assert "casebook" not in theirs  # our extension leaves it alone
