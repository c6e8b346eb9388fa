"""The decisions that a class took in a graded story: how many came to each scene, and what they chose there. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from casebook.kinds.simulation import SimulationItem
from casebook.story import Choice, Story


@dataclass(frozen=True)
class Taken:
    """A choice, and how often it was taken."""

    choice: Choice
    count: int


@dataclass(frozen=True)
class SceneFigures:
    """A scene, and its number on the map. ``visits`` counts every time that somebody stood there and chose.

    A path may come back to a scene: then there are more visits than trainees.
    """

    scene: str
    visits: int
    trainees: int
    taken: tuple[Taken, ...]


@dataclass(frozen=True)
class StoryFigures:
    """A story as a class played it. ``ways`` counts how often each led from scene to scene."""

    story: Story
    trainees: int
    scenes: tuple[SceneFigures, ...]
    ways: dict[tuple[str, str], int]


def figures(item: SimulationItem, taken: pd.DataFrame) -> list[StoryFigures]:
    """The figures of each story of a simulation that somebody played; ``taken`` are the decisions in their order."""
    of_item = taken[taken["item"] == item.id]
    stories = {each.story.id: each.story for each in item.stories}
    return [_figures(stories[str(id)], rows) for id, rows in of_item.groupby("story", sort=False) if id in stories]


def _figures(story: Story, rows: pd.DataFrame) -> StoryFigures:
    chosen = Counter(zip(rows["scene"], rows["choice"], strict=True))
    came = rows.groupby("scene")["student"].nunique()
    ways = Counter(zip(rows["scene"], rows["to"], strict=True))
    scenes = tuple(
        SceneFigures(
            scene=key,
            visits=sum(chosen[key, choice.id] for choice in scene.choices),
            trainees=int(came.get(key, 0)),
            taken=tuple(Taken(choice, chosen[key, choice.id]) for choice in scene.choices),
        )
        for key, scene in story.scenes.items()
        if scene.choices
    )
    return StoryFigures(story, int(rows["student"].nunique()), scenes, dict(ways))
