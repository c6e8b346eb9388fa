"""Finds every state that a story can stand in, once, for everybody who asks something about all of them. Pure.

The engine decides each choice. It decides only once for all states of a scene that agree in what the scene's choices
ask about or change; the other states look the decision up.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias, cast

from casebook import engine
from casebook.conditions import Value, names
from casebook.engine import State
from casebook.story import Choice, Story

MOST_STATES = 200_000
"""How many states a story may have. Nobody can look over more of them."""
MOST_RETURNS = 9
"""How often a path may come back to one scene. A story in which it comes back more often goes round."""

Values: TypeAlias = tuple[Hashable, ...]
"""The telling of a state, and what is carried in it, in the order of :func:`casebook.engine.remembered`."""

Matters: TypeAlias = Mapping[str, Set[str]]
"""For each scene the names that matter there."""


@dataclass(frozen=True)
class Explored:
    """The states of a story by number, those that take fewer decisions first.

    States with the same telling, scene and carried values are one state, whichever way leads there. Where the
    exploration stopped early, ``loop`` or ``too_many`` says why, and the lists hold the states that it came to.
    """

    scenes: list[str]
    """The scene of each state."""
    values: list[Values]
    """The telling of each state, and what is carried in it."""
    open: list[tuple[int, ...]]
    """The choices that exist in each state, by their places in its scene."""
    after: list[tuple[int, ...]]
    """The states that these choices lead to, in the same order."""
    came: list[tuple[int, int]]
    """On a shortest way to each state, the state before and the place of the choice; -1 where the way begins."""
    order: list[int]
    """All states, each behind those that it leads to. Empty where the exploration stopped early."""
    loop: str | None = None
    """A scene through which a path can go round for ever."""
    too_many: bool = False
    """Whether there are more states than there may be."""


def explore(story: Story, most_states: int = MOST_STATES) -> Explored:
    """Every state that some choices lead to, in every telling. Stories that differ in words alone are explored once."""
    return _explored(_Roads(_roads(story), story), most_states)


def explore_from(
    story: Story, states: Iterable[State], most_states: int = MOST_STATES, matters: Matters | None = None
) -> Explored:
    """``states``, and every state that some choices lead to from there.

    Where ``matters`` says which names matter in each scene, states that agree in these are one, and the value of any
    other name is ``None``.
    """
    return _Explorer(story, most_states, matters).explore(states)


def matter(names: list[str], matters: Matters | None, state: State) -> Values:
    """The telling of ``state``, and what is carried in it; ``None`` for a name that does not matter there."""
    if matters is None:
        return (state.telling, *map(state.carried.get, names))
    here = matters[state.scene]
    return (state.telling, *(state.carried.get(name) if name in here else None for name in names))


def way(story: Story, explored: Explored, number: int) -> tuple[str, ...]:
    """The choices on a shortest way to the state ``number``."""
    path: list[str] = []
    before, place = explored.came[number]
    while before >= 0:
        path.insert(0, story.scenes[explored.scenes[before]].choices[place].id)
        before, place = explored.came[before]
    return tuple(path)


@dataclass(frozen=True)
class _Roads:
    """What decides which states a story has. Equal roads lead to equal states, whatever the words are."""

    roads: Hashable
    story: Story = field(compare=False)


@lru_cache(maxsize=32)
def _explored(roads: _Roads, most_states: int) -> Explored:
    story = roads.story
    return explore_from(story, [engine.begin(story, n) for n in range(len(story.tellings))], most_states)


def _roads(story: Story) -> Hashable:
    begun = tuple(_sorted(story.starting(telling)) for telling in range(len(story.tellings)))
    return (story.begin, begun, tuple((key, _of_choices(scene.choices)) for key, scene in story.scenes.items()))


def _of_choices(choices: tuple[Choice, ...]) -> Hashable:
    ids = [choice.id for choice in choices]  # the engine takes the first of two choices with the same id
    return tuple((ids.index(c.id), c.when, c.go, _sorted(c.set), _sorted(c.add)) for c in choices)


def _sorted(carried: dict[str, bool | int | float]) -> Hashable:
    return tuple(sorted(carried.items()))


@dataclass(frozen=True)
class _Move:
    """What a choice does in some states: its place in the scene, what it changes, and where it leads."""

    choice: int
    changes: tuple[tuple[int, Hashable], ...]
    to: str


class _Explorer:
    """Explores one story."""

    def __init__(self, story: Story, most_states: int, matters: Matters | None) -> None:
        self.most_states = most_states
        self.matters = matters
        self.names = engine.remembered(story)
        self.decisions = {
            key: [_Decision(story, key, choice, self.names, matters) for choice in scene.choices]
            for key, scene in story.scenes.items()
        }
        self.numbers: dict[str, dict[Values, int]] = {key: {} for key in story.scenes}
        self.scenes: list[str] = []
        self.values: list[Values] = []
        self.came: list[tuple[int, int]] = []
        self.been: list[tuple[str, ...]] = []
        """The scenes on the way to each state."""

    def explore(self, states: Iterable[State]) -> Explored:
        begun = [self._number(s.scene, matter(self.names, self.matters, s), (-1, -1), ()) for s in states]
        open_: list[tuple[int, ...]] = []
        after: list[tuple[int, ...]] = []
        for number, values in enumerate(self.values):  # grows as it is walked
            if self._goes_round(number) or number >= self.most_states:
                return self._stopped(number, open_, after)
            decided = [decision.move(values) for decision in self.decisions[self.scenes[number]]]
            moves = [move for move in decided if move]
            open_.append(tuple([move.choice for move in moves]))
            after.append(self._follow(number, values, moves))
        order, circle = _in_order(after, begun)
        loop = None if circle is None else self.scenes[circle]
        return Explored(self.scenes, self.values, open_, after, self.came, order if loop is None else [], loop)

    def _goes_round(self, number: int) -> bool:
        return self.been[number].count(self.scenes[number]) > MOST_RETURNS

    def _stopped(self, number: int, open_: list[tuple[int, ...]], after: list[tuple[int, ...]]) -> Explored:
        loop = self.scenes[number] if self._goes_round(number) else None
        scenes, values, came = self.scenes[:number], self.values[:number], self.came[:number]
        return Explored(scenes, values, open_, after, came, [], loop, too_many=loop is None)

    def _follow(self, number: int, values: Values, moves: Iterable[_Move]) -> tuple[int, ...]:
        been = (*self.been[number], self.scenes[number])
        after = []
        for move in moves:
            changed = list(values)
            for place, value in move.changes:
                changed[place] = value
            after.append(self._number(move.to, tuple(changed), (number, move.choice), been))
        return tuple(after)

    def _number(self, scene: str, values: Values, came: tuple[int, int], been: tuple[str, ...]) -> int:
        """The number of the state; a new one where it is met for the first time."""
        known = self.numbers[scene]
        number = known.get(values)
        if number is None:
            number = known[values] = len(self.values)
            self.scenes.append(scene)
            self.values.append(values)
            self.came.append(came)
            self.been.append(been)
        return number


class _Decision:
    """One choice, and what the engine has decided about it."""

    def __init__(self, story: Story, key: str, choice: Choice, names: list[str], matters: Matters | None) -> None:
        self.story = story
        self.key = key
        self.choice = choice
        self.names = names
        self.matters = matters
        choices = story.scenes[key].choices
        self.place = next(n for n, each in enumerate(choices) if each is choice)
        alike = [each for each in choices if each.id == choice.id]  # the engine takes the first that exists
        used = {n for each in alike for n in (*each.set, *each.add, *asked_before(each), *asked_on_the_way(each))}
        self.used = [place for place, name in enumerate(names, start=1) if name in used]
        self.known: dict[Values, _Move | None] = {}

    def move(self, values: Values) -> _Move | None:
        """What the choice does to a state of its scene with these values; ``None`` where it does not exist."""
        used = tuple([values[place] for place in self.used])
        if used not in self.known:
            self.known[used] = self._decided(values)
        return self.known[used]

    def _decided(self, values: Values) -> _Move | None:
        carried = {name: value for name, value in zip(self.names, values[1:], strict=True) if value is not None}
        state = State(cast(int, values[0]), self.key, cast("dict[str, Value]", carried))
        if not any(each is self.choice for each in engine.choices(self.story, state)):
            return None
        after = engine.choose(self.story, state, self.choice.id)
        return _Move(self.place, tuple(self._changes(values, after)), after.scene)

    def _changes(self, values: Values, after: State) -> Iterable[tuple[int, Hashable]]:
        """What is another after the choice, in whichever state with these values it is taken."""
        for place, value in enumerate(matter(self.names, self.matters, after)):
            if place in self.used and value != values[place]:
                yield place, value
            elif place not in self.used and value is None:
                yield place, None


def leads(choice: Choice) -> set[str]:
    """The scenes to which ``choice`` may lead."""
    return {choice.go} if isinstance(choice.go, str) else {road.to for road in choice.go}


def asked_before(choice: Choice) -> set[str]:
    """The names that decide whether ``choice`` exists."""
    return set() if choice.when is None else names(choice.when)


def asked_on_the_way(choice: Choice) -> set[str]:
    """The names that decide where ``choice`` leads, with the values that it gives them."""
    roads = () if isinstance(choice.go, str) else choice.go
    return {name for road in roads if road.when is not None for name in names(road.when)}


def _in_order(after: list[tuple[int, ...]], begun: Iterable[int]) -> tuple[list[int], int | None]:
    """All states, each behind those that it leads to; or a state to which a way leads back."""
    order: list[int] = []
    on_the_way, done = set[int](), set[int]()
    for first in begun:
        path = [] if first in done else [(first, iter(after[first]))]
        on_the_way.update(number for number, _ in path)
        while path:
            here, ways = path[-1]
            to = next(ways, None)
            if to is None:
                path.pop()
                on_the_way.remove(here)
                done.add(here)
                order.append(here)
            elif to in on_the_way:
                return order, to
            elif to not in done:
                on_the_way.add(to)
                path.append((to, iter(after[to])))
    return order, None
