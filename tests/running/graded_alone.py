"""The demonstration's submissions, graded once more as whoever learns alone has it done."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TypeAlias

from tests.grading.machine import Machine
from tests.running.the_class import TheClass

Marks: TypeAlias = dict[str, dict[str, float | None]]
"""By trainee and question; nothing where only an instructor could give them."""

_PROGRAM = """
import json, shutil, sys
from datetime import UTC, datetime
from pathlib import Path
from grading import alone
submitted, check, scratch = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
graded = {}
for folder in sorted(submitted.glob(f"*/{check}")):
    copy = shutil.copytree(folder, scratch / check / folder.parent.name)
    result = alone.grade(copy, check, datetime.now(UTC))
    graded[folder.parent.name] = {one.id: one.marks for one in result.scores}
print(json.dumps(graded))
"""


def alone(the_class: TheClass, check: str, scratch: Path) -> Marks:
    """What grading alone gives for the same answers files."""
    machine = Machine(the_class.course, the_class.home, the_class.home)
    submitted = str(the_class.course / "grading/submitted")
    ran = machine.run(Path(sys.executable).name, "-P", "-c", _PROGRAM, submitted, check, str(scratch), seconds=300)
    assert ran.returncode == 0, ran.stderr
    graded: Marks = json.loads(ran.stdout)
    return graded
