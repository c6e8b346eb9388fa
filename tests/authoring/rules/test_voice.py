from __future__ import annotations

import pytest

from authoring.rules import voice
from tests.authoring.author import BANK, LESSON, STORY, Author, Slip

SLIPS = [
    Slip(LESSON, "Ask the owner.", "Ask the owner.\nAsk\nher anew.", "'anew' sounds translated.", "her anew."),
    Slip(BANK, "text: Its owner", "text: '\"Ask anew,\" you say'", "'anew' sounds translated.", '"Ask anew,'),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_habit_is_named_on_its_line_in_speech_too_with_what_to_say(author: Author, slip: Slip):
    author.makes(slip)
    (problem,) = author.problems(voice.check)
    author.is_told(problem, slip)
    assert problem.remedy == "STYLE.md has: again."


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("course/guide/README.md", "# The guide\n\nRead it anew.\n"),
        ("grading/says.py", 'said = "Grade it anew, please."\n'),
        ("casebook/browser/says.js", 'const said = "Save it anew, please.";\n'),
    ],
)
def test_the_guide_and_the_program_are_read_too(author: Author, file: str, words: str):
    path = author.root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    (problem,) = author.problems(voice.check)
    assert (problem.file, problem.line) == (path, words[: words.index("anew")].count("\n") + 1)


def test_a_story_is_read_too(author: Author):
    author.writes(STORY, "title:", "title: Anew,")
    assert [problem.file.name for problem in author.problems(voice.check)] == ["the-ladder.yml"]


def test_without_a_table_nothing_is_a_habit(author: Author):
    author.writes(LESSON, "Ask the owner.", "Ask anew.")
    (author.root / "STYLE.md").unlink()
    assert author.problems(voice.check) == []
