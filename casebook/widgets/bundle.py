"""The browser's modules as one function body: a page can run it without importing from a ``blob:`` address.

An agency's proxy may forbid such imports (by a Content-Security-Policy), and JupyterLab itself needs none. The modules'
own form is kept simple for it: named imports from a file beside it, and exports where something is declared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./([\w.]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|const|class) (\w+))", re.MULTILINE)


def bundled(sources: Mapping[str, str]) -> str:
    """A function body that returns what the last of ``sources`` exports; each imports only from those before it."""
    last = list(sources)[-1]
    return "\n".join(
        ['"use strict";', "const made = {};", *map(_module, sources, sources.values()), f'return made["{last}"];']
    )


def _module(name: str, source: str) -> str:
    names = ", ".join(_EXPORT.findall(source))
    body = _EXPORT.sub("", _IMPORT.sub(r'const \1 = made["\2"];', source))
    return f'made["{name}"] = (() => {{\n{body}\nreturn {{ {names} }};\n}})();'
