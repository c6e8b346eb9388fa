"""The decisions that the class took in graded stories."""

from __future__ import annotations

from collections.abc import Iterator

from casebook import storymap
from casebook.prose import to_text
from casebook.story import VERDICTS
from grading.report import plots, say
from grading.report.blocks import Block, Figure, Part, Section, Words, table
from grading.report.reading import Check
from grading.report.stories import SceneFigures, StoryFigures, Taken
from grading.report.whole import Report


def section(report: Report) -> Section:
    """The section."""
    title = "What the class decided"
    if not report.stories:
        return Section("decisions", title, (Words("Nobody has played a graded story yet."),))
    return Section("decisions", title, tuple(_story(check, story) for check, story in report.stories))


def _story(check: Check, of: StoryFigures) -> Part:
    numbers = {key: n for n, (key, _) in enumerate(sorted(storymap.rows(of.story).items(), key=_row), start=1)}
    return Part(f"{to_text(of.story.title)} ({check.title})", tuple(_blocks(of, numbers)))


def _row(entry: tuple[str, int]) -> int:
    return entry[1]


def _blocks(of: StoryFigures, numbers: dict[str, int]) -> Iterator[Block]:
    yield Words(
        f"Played by {say.counted(of.trainees, 'trainee')}. If somebody stopped partway, the decisions "
        "they'd made by then count."
    )
    yield Figure(
        plots.story(f"story-{of.story.id}", of, numbers),
        alt="A map of the story: scenes by number, endings as squares, with wider lines for paths that more people "
        "took. The numbers are in the tables.",
        caption="The story, from the top down. A wide line means many took that path, a dotted line that "
        "nobody did (left out if there are very many).",
    )
    yield table("Where the paths led", ("From", "To", "Taken"), list(_ways(of, numbers)), "ttn")
    rows = [
        row
        for scene in sorted(of.scenes, key=lambda scene: numbers[scene.scene])
        for row in _choices(of, scene, numbers)
    ]
    heads = ("Choice", "Scene", "Taken", "Verdict")
    yield table("Choices: how many of the trainees who reached the scene picked each one", heads, rows, "ttnt")


def _ways(of: StoryFigures, numbers: dict[str, int]) -> Iterator[tuple[str, ...]]:
    left = {scene.scene: scene.visits for scene in of.scenes}
    for (key, to), taken in sorted(of.ways.items(), key=lambda way: (numbers[way[0][0]], numbers[way[0][1]])):
        yield _named(of, key, numbers), _named(of, to, numbers), say.of(taken, left[key])


def _named(of: StoryFigures, key: str, numbers: dict[str, int]) -> str:
    ending = " (ending)" if of.story.scenes[key].ending is not None else ""
    return f"{numbers[key]}. {to_text(of.story.scenes[key].title)}{ending}"


def _choices(of: StoryFigures, scene: SceneFigures, numbers: dict[str, int]) -> Iterator[tuple[str, ...]]:
    for taken in scene.taken:
        told = to_text(taken.choice.text)
        yield told, _named(of, scene.scene, numbers), say.of(taken.count, scene.visits), _verdict(taken)


def _verdict(taken: Taken) -> str:
    words = [VERDICTS[taken.choice.verdict]] if taken.choice.verdict else []
    return ", ".join([*words, *(["unsafe"] if taken.choice.unsafe else [])])
