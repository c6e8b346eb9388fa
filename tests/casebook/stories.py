"""Small stories: one written by hand, and any number of others."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from casebook.conditions import Value
from casebook.story import Choice, Passage, Road, Scene, Story, Telling, Text, Verdict

WORDS = st.sampled_from(["Words.", "", "**Bold** & <b>", "- one\n- two", "One.\n\nTwo."])
_CARRIED = ("trust", "told", "leaked")
_VALUES = st.booleans() | st.integers(-3, 3)
_CONDITIONS = st.sampled_from(
    [
        "told",
        "not leaked",
        "trust >= 1",
        "trust < 0",
        "trust == 0 or told",
        "not (told and leaked)",
        "-1 <= trust <= 1",
        "false",
        "true",
    ]
)


def choice(id: str, go: str | tuple[Road, ...], **more: object) -> Choice:
    """A choice of which only what matters is said."""
    plain = {"text": f"Take {id}.", "verdict": "sound", "told": f"You took {id}.", "why": f"Why {id}."}
    return Choice(id=id, go=go, **{**plain, "points": (), "basis": "section", **more})  # type: ignore[arg-type]


def ending(title: str) -> Scene:
    """A scene that ends a story."""
    return Scene(title=title, text=f"It is {title}.", ending=title)


STORY = Story(
    id="door",
    title="The door",
    minutes=1,
    begin="hall",
    carries={"trust": 1, "knocked": False},
    tellings=(Telling("open", {"trust": 5}), Telling("shut")),
    scenes={
        "hall": Scene(
            title="In the hall",
            text=("A door.", Passage("It stands open.", when="trust >= 5"), Passage("It creaks.")),
            asks="What do you do?",
            choices=(
                choice("knock", "room", set={"knocked": True}, told=("You knock.", Passage("Heard!", when="knocked"))),
                choice("kick", "room", add={"trust": -1}, unsafe="kick a door", told="It hurts."),
                choice("wave", "room", when="trust >= 5", set={"trust": 2}, add={"trust": 1}),
            ),
        ),
        "room": Scene(
            title="In the room",
            text="Somebody looks up.",
            asks="And now?",
            choices=(
                choice("speak", (Road("warm", when="trust >= 2"), Road("cool", when="trust >= 1"), Road("cold"))),
                choice("shout", (Road("warm", when="trust >= 9"), Road("cold")), add={"trust": 9}, unsafe="shout"),
            ),
        ),
        "warm": ending("warm"),
        "cool": ending("cool"),
        "cold": ending("cold"),
    },
)


def _one_to_three(pieces: st.SearchStrategy[str | Passage]) -> st.SearchStrategy[Text]:
    return st.tuples(pieces) | st.tuples(pieces, pieces, pieces)


_VERDICTS = st.sampled_from(get_args(Verdict))
_TEXTS = WORDS | _one_to_three(WORDS | st.builds(Passage, WORDS, st.none() | _CONDITIONS))


@st.composite
def _roads(draw: st.DrawFn, later: list[str]) -> str | tuple[Road, ...]:
    targets = st.sampled_from(later)
    guarded = draw(st.none() | st.builds(Road, targets, _CONDITIONS))
    return (guarded, Road(draw(targets))) if guarded else draw(targets)


@st.composite
def _choices(draw: st.DrawFn, later: list[str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            id=id,
            text=draw(WORDS),
            verdict=draw(_VERDICTS),
            told=draw(_TEXTS),
            why=draw(WORDS),
            points=(),
            basis="section",
            go=draw(_roads(later)),
            # The first choice always exists, so that every story can be played to an end.
            when=None if n == 0 else draw(st.none() | _CONDITIONS),
            set=draw(_SET),
            add=draw(_ADD),
            unsafe=draw(st.none() | WORDS),
            score=draw(st.none() | st.integers(0, 3)),
        )
        for n, id in enumerate("abcd"[: draw(st.integers(2, 3))])
    )


def _none_or_one(values: st.SearchStrategy[Value]) -> st.SearchStrategy[dict[str, Value]]:
    return st.just({}) | st.builds(lambda name, value: {name: value}, st.sampled_from(_CARRIED), values)


_SET, _ADD = _none_or_one(_VALUES), _none_or_one(st.integers(-2, 2))


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Any small story that keeps to the rules: every road leads on, to an ending."""
    decisions = [f"d{n}" for n in range(draw(st.integers(1, 3)))]
    ends = [f"e{n}" for n in range(draw(st.integers(1, 3)))]
    keys = decisions + ends
    scenes = {
        key: Scene(title=key, text=draw(_TEXTS), asks=draw(WORDS), choices=draw(_choices(keys[n + 1 :])))
        for n, key in enumerate(decisions)
    }
    carries = {name: draw(_VALUES) for name in _CARRIED}
    tellings = [Telling(f"t{n}", draw(_SET)) for n in range(draw(st.integers(1, 3)))]
    return Story(
        id="any",
        title=draw(WORDS),
        minutes=draw(st.integers(1, 60)),
        begin=decisions[0],
        scenes={**scenes, **{key: ending(key) for key in ends}},
        carries=carries,
        tellings=tuple(tellings),
        content_note=draw(st.none() | WORDS),
    )


picks = st.lists(st.sampled_from(["a", "b", "c", "d", "nonsense"]), max_size=8)
"""Choices of such a story, there or not."""
