"""Every export is listed once, and the guide tells of each with settings that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grading import bank, exports
from grading.exports import EXPORTERS
from grading.exports.base import Exporter

GUIDE = (bank.ROOT / "course/guide/exports.md").read_text(encoding="utf-8")
SHARED = {"__init__", "base", "sheets"}


def test_every_file_of_the_folder_is_an_export_in_the_list():
    files = {path.stem for path in Path(exports.__file__).parent.glob("*.py")} - SHARED
    assert {exporter.__module__.rpartition(".")[2] for exporter in EXPORTERS.values()} == files
    assert {exporter.NAME for exporter in EXPORTERS.values()} == set(EXPORTERS)


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_export_says_what_it_makes_and_the_guide_how(name: str):
    assert EXPORTERS[name].WHAT
    assert EXPORTERS[name].DEFAULT
    assert f"make export AS={name}\n" in GUIDE


def test_the_guides_settings_are_there():
    classes: dict[str, type[Exporter]] = {exporter.__name__: exporter for exporter in EXPORTERS.values()}
    told = re.findall(r"\bc\.(\w+)\.(\w+) = (.+?)(?:`|\n)", GUIDE)
    assert len(told) >= 6
    for name, trait, value in told:
        given = eval(value, {})  # noqa: S307 - the guide's own words, as Python in nbgrader_config.py
        assert getattr(classes[name](**{trait: given}), trait) == given
        assert classes[name].class_traits(config=True)[trait].help or trait in ("to", "student", "assignment")
