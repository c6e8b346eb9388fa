"""The other side: an item built from core ipywidgets controls, as a competent author would build it.

Its notebook calls this in one line a cell, and the texts lie in a file beside the notebook, as with us. So what
goes to the browser is what the controls need: no code and no text goes there and back with the cells. Feedback is
put into an HTML widget, which is quicker than an Output.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from ipywidgets import HTML, Button, Checkbox, Layout, RadioButtons, VBox

FILE = "core-items.json"
CLASS = "bench-item"


@cache
def _items(folder: Path) -> dict[str, dict[str, Any]]:
    items: dict[str, dict[str, Any]] = json.loads((folder / FILE).read_text(encoding="utf-8"))
    return items


def item(item_id: str) -> VBox:
    """The item ``item_id`` of the file beside the notebook, with a button that shows the feedback on the choice."""
    known = _items(Path.cwd())[item_id]
    several, options = known["several"], known["options"]
    if several:
        whole = Layout(width="auto")
        controls = [Checkbox(description=o["text"], indent=False, layout=whole) for o in options]
    else:
        listed = [(o["text"], n) for n, o in enumerate(options)]
        controls = [RadioButtons(options=listed, value=None, layout=Layout(width="max-content"))]
    feedback = HTML()
    button = Button(description="Check my answer")

    def show(_button: Button) -> None:
        picked = [n for n, box in enumerate(controls) if box.value] if several else [controls[0].value]
        feedback.value = "".join(f"<p>{options[n]['feedback']}</p>" for n in picked if n is not None)

    button.on_click(show)
    panel = VBox([HTML(known["stem"]), *controls, button, feedback])
    panel.add_class(CLASS)
    return panel
