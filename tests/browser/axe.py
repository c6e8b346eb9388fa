"""What axe-core finds in the course's own output, in both themes."""

from __future__ import annotations

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from conftest import Server
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OURS = [[".casebook"], [".casebook-page .jp-MarkdownOutput"]]
# About whole pages, which here are JupyterLab's.
SHELL = {
    "region": {"enabled": False},
    "page-has-heading-one": {"enabled": False},
    "landmark-one-main": {"enabled": False},
}


def set_theme(page: Page, server: Server, name: str) -> None:
    """Sets the theme: in the JupyterLab that is open, or else for the next one."""
    if page.evaluate("() => 'jupyterapp' in window"):
        page.evaluate("(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", name)
        page.wait_for_function("(name) => document.body.dataset.jpThemeName === name", arg=name)
        return
    answer = page.request.put(
        f"{server.url}lab/api/settings/@jupyterlab/apputils-extension:themes",
        headers={"Authorization": f"token {server.token}"},
        data=json.dumps({"raw": json.dumps({"theme": name})}),
    )
    assert answer.ok


def faults(page: Page) -> list[str]:
    # JupyterLab's body has no height, for which axe takes everything as cut off and passes it over.
    height = page.add_style_tag(content="html, body { height: 100vh !important; }")
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": WCAG}, "rules": SHELL}
    found = Axe().run(page, context={"include": OURS}, options=options).response
    height.evaluate("(style) => style.remove()")
    assert any(rule["id"] == "color-contrast" for rule in found["passes"]), "axe did not look at colours"
    return [f"{v['id']}: {node['html'][:120]}" for v in found["violations"] for node in v["nodes"]]
