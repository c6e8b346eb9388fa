"""Keys never leave grading/: no feedback, no key and no weight of a graded item is where a trainee may look."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casebook.kinds import KINDS
from grading import bank
from grading.nbgrader_steps import Steps
from tests import kinds_course
from tests.grading.machine import BIN

ROOT = bank.ROOT
MODULES = sorted(path.name for path in (ROOT / "course/source").iterdir() if path.is_dir())
# Of modules that are not given out yet, too: nothing of their keys may be anywhere either.
BANKS = sorted(path.stem for path in (ROOT / "grading/bank").glob("*.yml"))
ITEMS = [item for module in BANKS for item in bank.items(module).values()]

SECRET_NAMES = {
    "right",
    "unsafe",
    "feedback",
    "reviewed_by",
    "marks",
    "points",
    "basis",
    "applied",
    "share",
    "key",
    "why",
    "group",
    "place",
    "best",
    "never",
    "rubric",
    "level",
    "model",
    "verdict",
    "score",
    "walks",
}
PUBLIC_NAMES = {"format_version", "module", "title", "items", "id", "kind", "case", "stem", "options", "text", "slot"}
PUBLIC_NAMES |= {"groups", "statements", "steps", "actions", "words", "from", "to"}
PUBLIC_NAMES |= {
    "stories",
    "minutes",
    "begin",
    "carries",
    "scenes",
    "asks",
    "choices",
    "told",
    "go",
    "when",
    "add",
    "set",
}
PUBLIC_NAMES |= {"ending", "unsafe", "why", "people", "name", "who", "content_note"}
ALLOWED = {("points", "nbgrader"), ("unsafe", "choices"), ("why", "choices")}
"""Where a name that is secret elsewhere may stand: nbgrader gives the points; a story tells what is unsafe, and why."""
OWN_NAMES = {"scenes", "carries", "add", "set"}
"""Under these an author's own names stand."""


def _plain(text: str) -> str:
    return " ".join(text.split())


def sentences(prose: str) -> list[str]:
    """The sentences of ``prose`` that are long enough to be nobody else's."""
    return [s for s in re.split(r"(?<=[.!?])\s+", _plain(prose)) if len(s) >= 20]


FEEDBACK = [secret for item in ITEMS for secret in item.secrets()]
SECRETS = sorted({sentence for feedback in FEEDBACK for sentence in sentences(feedback)})


def leaks(*folders: Path) -> list[str]:
    """Every secret sentence in the files of the folders, with the file's name."""
    found = []
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
            words = _words(path)
            found += [f"{path.name}: {secret}" for secret in SECRETS if secret in words]
    return found


def secret_names(path: Path) -> set[str]:
    """Names in a file of JSON that tell how an item is scored."""
    told = set(_names(json.loads(path.read_text(encoding="utf-8"))))
    return {name for name, _place in told - ALLOWED} & SECRET_NAMES


def _names(data: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every name in JSON data, with the name of what it stands in."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield name, place
            yield from _names(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from _names(value, place)


def _words(path: Path) -> str:
    """What a file says: as it stands, and where it is JSON also its strings, so that no escape hides a word."""
    raw = path.read_text(encoding="utf-8", errors="ignore")
    words = [raw, html.unescape(raw)]
    if path.suffix in (".json", ".ipynb"):
        words.append("".join(_strings(json.loads(raw))))
    return _plain("\n".join(words))


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _strings(value)
        yield "\n"


@pytest.fixture(scope="module")
def given_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the release version, what lies in the exchange, and a trainee's fetched copy."""
    base = tmp_path_factory.mktemp("given-out")
    root = base / "course"
    ignore = shutil.ignore_patterns(".ipynb_checkpoints", "answers.jsonl")
    shutil.copytree(ROOT / "course/source", root / "course/source", ignore=ignore)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for name in ("course/exchange", "course/grading", "trainee"):
        (base / name).mkdir()
    steps = Steps(root, cache=base / "cache")
    for module in MODULES:
        steps.generate_assignment(module)
        steps.release_assignment(module)
        steps.fetch_assignment(module, base / "trainee")
    for name in ("course/release", "exchange"):
        shutil.copytree(root / name, base / "given-out" / name)
    (base / "trainee").rename(base / "given-out/trainee")
    return base / "given-out"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trainee's package as it is installed elsewhere, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = shutil.which("uv", path=os.pathsep.join([str(BIN), os.environ["PATH"]]))
    assert uv, "uv is not there; 'make test' gets it"
    command = [uv, "build", "--wheel", "--quiet", "--out-dir", str(folder), str(ROOT)]
    # What was fetched for setting up is enough; only a machine that kept nothing of it asks the registry.
    if subprocess.run([*command, "--offline"], capture_output=True, check=False).returncode:
        subprocess.run(command, check=True)
    (packed,) = folder.glob("*.whl")
    zipfile.ZipFile(packed).extractall(folder / "unpacked")
    return folder / "unpacked"


def test_every_piece_of_feedback_is_searched_for():
    assert len(FEEDBACK) > 50
    for feedback in FEEDBACK:
        assert set(sentences(feedback)) & set(SECRETS), feedback


def test_every_item_of_the_bank_is_one_whose_feedback_is_known():
    assert [item.id for item in ITEMS if not item.secrets()] == []


def test_the_search_finds_every_secret_where_it_is_kept():
    found = {leak.partition(": ")[2] for leak in leaks(ROOT / "grading/bank")}
    assert found == set(SECRETS)


def test_the_search_finds_a_secret_in_a_notebook_and_in_a_page(tmp_path: Path):
    secret = next(secret for secret in SECRETS if '"' in secret and "." in secret)
    words = secret.split()
    broken = [" ".join(words[:3]) + "\n", " ".join(words[3:])]
    (tmp_path / "notebook.ipynb").write_text(json.dumps({"cells": [{"source": broken}]}))
    (tmp_path / "page.html").write_text(f"<p>{html.escape(secret)}</p>")
    (tmp_path / "code.py").write_text(f"# {secret}")
    (tmp_path / "harmless.py").write_text("# right")
    assert leaks(tmp_path) == [f"{name}: {secret}" for name in ("code.py", "notebook.ipynb", "page.html")]


def test_the_source_of_the_checks_holds_no_feedback():
    assert leaks(ROOT / "course/source") == []


def test_the_lessons_hold_no_feedback_of_a_graded_item():
    assert leaks(ROOT / "course/modules") == []


def test_the_trainees_package_holds_no_feedback():
    assert leaks(ROOT / "casebook") == []


@pytest.mark.parametrize("place", ["course/release", "exchange", "trainee"])
def test_what_is_given_out_holds_no_feedback(given_out: Path, place: str):
    assert list((given_out / place).rglob("*.ipynb"))
    assert leaks(given_out / place) == []


def test_what_is_given_out_does_not_name_what_scores_it(given_out: Path):
    for notebook in given_out.rglob("*.ipynb"):
        text = notebook.read_text(encoding="utf-8")
        assert "grading" not in text
        assert "HIDDEN" not in text


def test_what_is_given_out_is_the_check_and_its_public_items(given_out: Path):
    for module in MODULES:
        folders = [given_out / place / module for place in ("course/release", "trainee")]
        folders.append(given_out / "exchange/victim-services/outbound" / module)
        for folder in folders:
            assert {path.name for path in folder.rglob("*")} == {f"{module}-check.ipynb", "items.json"}


def test_the_files_of_the_checks_tell_nothing_of_right_and_wrong_by_name(given_out: Path):
    files = [p for folder in (ROOT / "course/source", given_out) for p in folder.rglob("*") if _is_json(p)]
    assert len(files) >= 8 * len(MODULES)
    assert {path.name: secret_names(path) for path in files if secret_names(path)} == {}


def test_public_items_hold_what_is_shown_and_nothing_else():
    for path in (ROOT / "course/source").glob("*/items.json"):
        named = _names(json.loads(path.read_text(encoding="utf-8")))
        names = {name for name, place in named if place not in OWN_NAMES}
        assert names <= PUBLIC_NAMES


def test_a_name_that_tells_would_be_noticed(tmp_path: Path):
    (tmp_path / "items.json").write_text('{"items": [{"options": [{"id": "a", "right": true}], "points": 2}]}')
    assert secret_names(tmp_path / "items.json") == {"right", "points"}


@pytest.fixture(scope="module")
def kinds_given_out(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What is made, and released, of a check with an item of every kind."""
    base = tmp_path_factory.mktemp("kinds")
    root = kinds_course.make(base / "course")
    Steps(root, cache=base / "cache").generate_assignment(kinds_course.SLUG)
    return [root / "course/source", root / "course/release"]


@pytest.mark.parametrize("name", KINDS)
def test_nothing_secret_of_any_kind_is_given_out(kinds_given_out: list[Path], name: str):
    secrets = kinds_course.graded(name).secrets()
    assert secrets
    for folder in kinds_given_out:
        files = [path for path in folder.rglob("*") if _is_json(path)]
        assert len(files) == 2
        for path in files:
            assert not [secret for secret in secrets if _plain(secret) in _words(path)]
            assert secret_names(path) == set()


def test_public_items_of_every_kind_hold_what_is_shown_and_nothing_else(kinds_given_out: list[Path]):
    items = json.loads((kinds_given_out[1] / kinds_course.SLUG / "items.json").read_text(encoding="utf-8"))["items"]
    assert [item["kind"] for item in items] == list(KINDS)
    assert {name for name, place in _names(items) if place not in OWN_NAMES} <= PUBLIC_NAMES
    whys = [choice for choice in _choices(items) if "why" in choice]
    assert whys
    assert all(choice["unsafe"] for choice in whys)


def _choices(data: Any) -> Iterator[dict[str, Any]]:
    """Every choice of a story in JSON data."""
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _choices(value)
    if isinstance(data, dict):
        yield from data.get("choices", ())


def test_the_trainees_wheel_holds_the_trainees_package_alone(wheel: Path):
    names = {path.name.partition("-")[0] for path in wheel.iterdir()}
    assert names == {"casebook"}
    parts = {part for path in wheel.rglob("*") for part in path.relative_to(wheel).parts}
    assert not parts & {"grading", "authoring", "running", "tests", "course", "bank", "exchange", "nbgrader_config.py"}
    assert "answers.py" in parts


def test_the_trainees_wheel_holds_no_feedback_and_no_bank(wheel: Path):
    assert leaks(wheel) == []
    assert [path.name for path in wheel.rglob("*") if path.suffix in (".yml", ".yaml", ".ipynb", ".jsonl")] == []


def test_the_trainees_package_does_not_import_the_instructors():
    for path in (ROOT / "casebook").rglob("*.py"):
        assert not re.search(r"^\s*(from|import) (grading|authoring|running)\b", path.read_text(encoding="utf-8"), re.M)


def _is_json(path: Path) -> bool:
    return path.is_file() and path.suffix in (".json", ".ipynb") and ".ipynb_checkpoints" not in path.parts
