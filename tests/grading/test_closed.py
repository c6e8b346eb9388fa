"""Nobody else on the machine reads names, marks or keys, whatever the umask of whoever runs the commands."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from grading import closed, settings
from tests.grading.machine import Machine

STEPS = """
import os, sys
from pathlib import Path
from casebook.answers import Answer, append
from grading import bank
from grading.__main__ import main
from grading.nbgrader_steps import Steps
from running import ways

os.umask(0o022)
root, home = Path(sys.argv[1]), Path(sys.argv[2])
steps = Steps(root, cache=home / "cache")
for check in ("tiny", "last"):
    steps.generate_assignment(check)
    steps.release_assignment(check)
    steps.fetch_assignment(check, home)
    for item in {item.slot or item.id: item for item in bank.items(check).values()}.values():
        append(home / check / "answers.jsonl", Answer(check, item.id, ways.RIGHT(item), "2026-01-05T09:00:00+00:00"))
    steps.submit(check, home, "ana")
    steps.collect(check)
(root / "grading/submitted/ana/tiny/link.txt").symlink_to("/etc/passwd")
steps.autograde("tiny")
steps.generate_feedback("tiny")

def ours(*words):
    os.umask(0o022)
    sys.argv = ["grading", *words]
    code = main()
    assert code == 0, (words, code)

(home / "class.csv").write_text("id,first name,last name,email\\nana,Ana,Ruiz,ana@example.gov\\n")
ours("roster", "--file", str(home / "class.csv"))
ours("autograde", "--processes", "1", "--force")
ours("feedback", "--processes", "1")
ours("regrade", "--check", "tiny")
ours("report")
for kind in ("certificates", "moodle", "canvas", "evidence"):
    ours("export", "--as", kind)
steps.release_feedback("tiny")
from authoring.review import write
write(root, "tiny")
"""


def open_to_others(root: Path) -> Iterator[str]:
    """The files that a stranger can reach and read."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.stat().st_mode & stat.S_IROTH:
            folders = list(path.relative_to(root).parents)[:-1]
            if all((root / folder).stat().st_mode & stat.S_IXOTH for folder in folders):
                yield str(path.relative_to(root))


@pytest.fixture(scope="module")
def root(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class that went through everything that an instructor runs, under the umask that most machines have."""
    base = tmp_path_factory.mktemp("closed")
    shutil.copytree(small_built, base / "course")
    (base / "home").mkdir()
    ran = Machine(base / "course", base / "home", base / "course").run(
        "python", "-c", STEPS, str(base / "course"), str(base / "home")
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return base / "course"


def test_no_name_mark_answer_or_key_can_be_read_by_others(root: Path):
    before = ("course/", "exchange/", "nbgrader_config.py", "STYLE.md")
    assert [name for name in open_to_others(root) if not name.startswith(before)] == []


MADE = [
    "gradebook.db",
    "roster.csv",
    "certificates.key",
    "certificates.jsonl",
    "class-report.html",
    "exported/certificates/*.pdf",
    "exported/*.csv",
    "regraded/*.txt",
    "review/tiny.html",
    "submitted/ana/tiny/answers.jsonl",
    "autograded/ana/tiny/*.ipynb",
    "feedback/ana/tiny/*.html",
    "set-aside/ana/tiny/link.txt",
]


def test_all_of_it_was_made(root: Path):
    assert [name for name in MADE if not list((root / "grading").glob(name))] == []


def test_what_is_public_stays_so_and_feedback_comes_back_to_its_trainee(root: Path):
    readable = {*open_to_others(root)}
    assert "exchange/victim-services/outbound/tiny/tiny-check.ipynb" in readable
    (page,) = (root / "exchange/victim-services/feedback").rglob("*.html")
    assert str(page.relative_to(root)) in readable


def test_no_key_can_be_read_once_nbgrader_itself_has_read_its_configuration(small: Path):
    (small / ".git/objects").mkdir(parents=True)
    keys = (*small.glob("grading/bank/*.yml"), small / ".git/objects/a")
    for key in keys:
        key.touch()
        key.chmod(0o644)
    for folder in (small / "grading/bank", small / ".git"):
        folder.chmod(0o2775)
    assert len([name for name in open_to_others(small) if name.startswith(("grading/bank", ".git"))]) == len(keys)
    settings.load(small)
    assert [name for name in open_to_others(small) if name.startswith(("grading/bank", ".git"))] == []
    assert stat.S_IMODE((small / "grading/bank").stat().st_mode) == 0o2770


def test_a_group_of_instructors_keeps_what_it_shares(small: Path):
    with (small / "nbgrader_config.py").open("a") as file:
        file.write("\nc.CourseDirectory.groupshared = True\n")
    shared = small / "grading/submitted"
    shared.mkdir()
    shared.chmod(0o2777)
    before = os.umask(0o022)
    try:
        closed.keep_closed(small)
        assert os.umask(0o022) == closed.SHARED
    finally:
        os.umask(before)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o2770
