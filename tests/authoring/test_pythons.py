from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from authoring import build
from tests.authoring.author import BANK, LESSON, STORY, Author

ROOT = Path(__file__).resolve().parents[2]
SUPPORTED = ("3.11", "3.12", "3.13")
NEEDED = ("pyyaml", "markdown-it-py", "mdit-py-plugins", "pydantic", "pyphen", "anywidget")
PRINT_HASHES = """
import hashlib, json, sys
from pathlib import Path
from authoring import build
files = build.outputs(build.checked(Path(sys.argv[1])))
print(json.dumps({str(path): hashlib.sha256(data).hexdigest() for path, data in files.items()}))
"""
NOT_ASCII = "“À la carte” … für 大家 😀"


@pytest.fixture
def root(author: Author) -> Path:
    """The tiny course, in more than English."""
    for file, words in ((LESSON, "Ask the owner."), (STORY, "It starts to rain."), (BANK, "Its owner")):
        author.writes(file, words, NOT_ASCII)
    return author.root


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An environment for each other Python of this machine, with what the generator needs, by version."""
    found = other_pythons()
    if not found:
        pytest.skip(f"There is no other Python of {', '.join(SUPPORTED)} on this machine to compare with.")
    folder = tmp_path_factory.mktemp("pythons")
    return {version: environment(python, folder / version) for version, python in found.items()}


def other_pythons() -> dict[str, Path]:
    """Every other supported Python that pyenv has or that is on the path, by its full version."""
    candidates = [python for v in SUPPORTED for python in Path.home().glob(f".pyenv/versions/{v}*/bin/python")]
    candidates += [Path(python) for v in SUPPORTED if (python := shutil.which(f"python{v}"))]
    found = {version(python): python for python in candidates}
    return {v: python for v, python in found.items() if v not in ("", version(Path(sys.executable)))}


def version(python: Path) -> str:
    code = "import platform; print(platform.python_version())"
    answer = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else ""


def environment(python: Path, folder: Path) -> Path:
    """The Python of a new environment with the very versions that are locked."""
    uv = shutil.which("uv") or str(Path(sys.executable).parent / "uv")
    locked = folder.with_suffix(".txt")
    run(uv, "export", "--quiet", "--frozen", "--all-groups", "--no-hashes", "--no-emit-project", "-o", str(locked))
    run(uv, "venv", "--quiet", "--python", str(python), str(folder))
    run(uv, "pip", "install", "--quiet", "--python", str(folder), "--constraint", str(locked), *NEEDED)
    return folder / "bin/python"


def run(*command: str, **more: str) -> str:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **more}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def generated(python: Path, root: Path, **environ: str) -> dict[str, str]:
    """The hashes of what another process generates, by path."""
    made: dict[str, str] = json.loads(run(str(python), "-c", PRINT_HASHES, str(root), **environ))
    return made


def hashes(root: Path) -> dict[str, str]:
    """The hashes of what this very process generates, by path."""
    files = build.outputs(build.checked(root))
    return {str(path): sha256(data).hexdigest() for path, data in files.items()}


def test_every_python_generates_the_same_bytes(others: dict[str, Path], root: Path):
    for name, python in others.items():
        assert generated(python, root) == hashes(root), f"Python {name}"


def test_the_order_of_sets_does_not_matter(root: Path):
    for seed in ("1", "2"):
        assert generated(Path(sys.executable), root, PYTHONHASHSEED=seed) == hashes(root)
