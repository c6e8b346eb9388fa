from __future__ import annotations

from pathlib import Path

from authoring import messages


def python(folder: Path, source: str) -> list[tuple[int, str]]:
    path = folder / "says.py"
    path.write_text(source, encoding="utf-8")
    return [(text.line, text.words) for text in messages.in_python(path)]


def javascript(folder: Path, source: str) -> list[tuple[int, str]]:
    path = folder / "says.js"
    path.write_text(source, encoding="utf-8")
    return [(text.line, text.words) for text in messages.in_javascript(path)]


def test_strings_of_three_words_are_messages_and_docstrings_and_comments_are_not(tmp_path: Path):
    source = '"""A module that talks."""\n\n# It says so here.\nsaid = "The ladder is wet."\nname = "wet-ladder"\n'
    assert python(tmp_path, source) == [(4, "The ladder is wet.")]


def test_what_an_f_string_puts_in_is_a_dash(tmp_path: Path):
    assert python(tmp_path, 'def say(n):\n    """Says it."""\n    return f"{n} ladders are wet today."\n') == [
        (3, "- ladders are wet today.")
    ]


def test_a_list_of_words_is_no_message(tmp_path: Path):
    assert python(tmp_path, f'small = """\n{"the whom upon " * 8}\n"""\n') == []


def test_strings_of_javascript_are_messages_and_its_comments_are_not(tmp_path: Path):
    source = '// "It says so here"\nconst a = "The ladder is wet.";\n/* "nor is it this" */ b = `It is ${n} dry.`;\n'
    assert javascript(tmp_path, source) == [(2, "The ladder is wet."), (3, "It is ${n} dry.")]


def test_a_course_without_a_program_says_nothing(tmp_path: Path):
    assert list(messages.everything(tmp_path)) == []
