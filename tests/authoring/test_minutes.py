from __future__ import annotations

from authoring import minutes
from authoring.course import Course, Module
from authoring.minutes import THINKING, WORDS_A_MINUTE, WRITTEN_A_MINUTE
from tests.authoring.author import LESSON, PRACTICE, Author

WRITTEN = """
  - id: tiny-p-say
    kind: written
    points: [ladder-asks]
    basis: section
    stem: Ask.
    words: {from: 100, to: 300}
    model: Please.
"""


def tiny(course: Course) -> Module:
    return course.modules[0]


def test_minutes_are_told_in_fives_and_never_as_none(author: Author):
    module = tiny(author.course())
    assert (minutes.lesson(module), minutes.check(module)) == (5, 5)


def test_words_are_read_at_the_pace_of_the_rule(author: Author):
    author.writes(LESSON, "Ask the owner.", "word " * WORDS_A_MINUTE * 12)
    module = tiny(author.course())
    assert minutes.lesson(module) == 15
    assert minutes.reading(module.lesson) == 12


def test_another_scenario_takes_no_minutes_of_the_lesson(author: Author):
    path = author.root / "course/content/tiny/scenarios/the-ladder.yml"
    longer = path.read_text(encoding="utf-8").replace("A ladder leans on a wall.", "word " * WORDS_A_MINUTE * 20)
    path.write_text(longer, encoding="utf-8")
    before = minutes.lesson(tiny(author.course()))
    author.writes(LESSON, ":::{scenario} the-ladder", ":::{another} the-ladder")
    assert minutes.lesson(tiny(author.course())) < before


def test_of_the_variants_of_a_slot_one_is_answered(author: Author):
    _, final = author.course().modules
    assert minutes.check(final) == 5
    author.writes("grading/bank/last.yml", "Olu's ladder leans on Pia's wall.", "word " * WORDS_A_MINUTE * 20)
    _, longer = author.course().modules
    assert minutes.check(longer) == 10


def test_writing_takes_the_middle_of_what_is_asked_for(author: Author):
    before = minutes.lesson(tiny(author.course()))
    path = author.root / PRACTICE
    path.write_text(path.read_text(encoding="utf-8") + WRITTEN.lstrip("\n"), encoding="utf-8")
    # 200 words to write, and next to nothing to read.
    assert 200 / WRITTEN_A_MINUTE == 10
    assert minutes.lesson(tiny(author.course())) == before + 10


def test_a_story_counts_the_words_that_are_met_on_its_walks_and_each_decision(author: Author):
    (scenario,) = tiny(author.course()).scenarios
    assert minutes.story(scenario) == 1
    author.writes("course/content/tiny/scenarios/the-ladder.yml", "She thinks about it.", "word " * WORDS_A_MINUTE * 12)
    (longer,) = tiny(author.course()).scenarios
    asking = sum("ask" in walk.choices for walk in longer.walks) / len(longer.walks)
    decisions = sum(len(walk.choices) for walk in longer.walks) / len(longer.walks) * THINKING
    assert 12 * asking + decisions <= minutes.story(longer) <= 12 * asking + decisions + 2
