"""A part added to the end of a YAML file as text: all that stood in it stays, byte for byte, comments too."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from authoring import files, yamlfile
from authoring.problems import BadContent, Problem
from authoring.yamlfile import YamlFile


def append(path: Path, key: str, entry: str, problems: Callable[[], list[Problem]]) -> None:
    """Adds ``entry`` to the end of the list ``key``, which ends the file at ``path``.

    ``problems`` tells what is wrong with the file. If more is than before, what was is put back and said.
    """
    before, known = path.read_bytes(), problems()
    file = yamlfile.read(path)
    files.replace(path, _longer(file, before.decode(), key, entry).encode())
    try:
        after = yamlfile.read(path).data.get(key)
        is_added = isinstance(after, list) and after[:-1] == _plainly(file.data.get(key))
        found = [problem for problem in problems() if problem not in known]
    except BadContent as bad:
        is_added, found = False, bad.problems
    except BaseException:
        files.replace(path, before)
        raise
    if not is_added or found:
        files.replace(path, before)
        what = f"Nothing could be added at the end of '{key}', so the file was left as it was."
        remedy = f"Make sure '{key}' is the last thing in it, with each part after '- '. Then try again."
        raise BadContent([Problem(path, file.line((key,)), what, remedy), *found])


def _plainly(listed: object) -> object:
    return listed if listed is not None else []


def _longer(file: YamlFile, text: str, key: str, entry: str) -> str:
    """``text``, which ``file`` was read from, with ``entry`` at its end, indented as the others of ``key`` are."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = re.split(r"\r\n|\r|\n", text)
    entries = file.data.get(key)
    indent, apart = "  ", True
    if entries:
        first, last = (file.line((key, n)) - 1 for n in (0, len(entries) - 1))
        dash = re.match(r"([ ]*)- ", lines[first])
        if not dash:
            remedy = "Write each part on lines of its own, after '- '; or add the new one by hand."
            raise BadContent([file.problem((key,), f"'{key}' isn't a list with a line for each part.", remedy)])
        indent = dash[1]
        apart = len(entries) == 1 or not lines[last - 1].strip()
    elif entries == []:
        text = re.sub(rf"^({key}:)[ \t]*\[[ \t]*\]", r"\1", text, count=1, flags=re.MULTILINE)
    if not text.endswith(("\n", "\r")):
        text += end
    if entries and apart and lines[-2:] != ["", ""]:
        text += end
    return text + "".join(f"{indent}{line}{end}" if line else end for line in entry.splitlines())
