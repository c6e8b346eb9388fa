"""A decision simulation: a story whose path is graded. The answer is ``{"case": "…", "path": ["…", …]}``.

``case`` is the story's id, ``path`` the choices taken; ``ended`` may name the ending that was reached. Each choice
earns its score, and the best path there is earns all the marks. The first path counts: what was decided stays so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from casebook import earning, engine, records
from casebook.engine import NoSuchChoice, State, Step
from casebook.kinds.base import Example, Field, Given, Item, Outcome, Remark, refuse
from casebook.story import VERDICTS, Choice, Scene, Story, Verdict, Walk, blind

NOT_MARKED = "not scored"
"""What is said of a decision that is not judged."""
TELLING = 0
"""Everybody is marked on the same facts: a graded story has one telling."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A story, and the walks through it that its author wrote."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    story: Story
    walks: tuple[Walk, ...]


@dataclass(frozen=True, kw_only=True)
class SimulationItem(Item):
    """A simulation. The second story, where there is one, is of equal worth: for whoever skips the first."""

    stories: tuple[Planned, ...]

    def public(self) -> dict[str, Any]:
        """The stories in full, and not judged."""
        return {**super().public(), "stories": [records.dump(blind(each.story)) for each in self.stories]}

    def secrets(self) -> tuple[str, ...]:
        """Why each choice is what it is; but why one is unsafe is told to whoever takes it."""
        scenes = [scene for each in self.stories for scene in each.story.scenes.values()]
        return tuple(choice.why for scene in scenes for choice in scene.choices if not choice.unsafe)

    def counting(self, given: Sequence[Given]) -> Given | None:
        """The first path: an answer counts as far as it goes on from those before it. What is none counts as it is."""
        return standing(self._told, given) or super().counting(given)

    def outcome(self, given: Given | None) -> Outcome:
        """What the path earned, of what the best one earns; each decision with its reason."""
        if given is None:
            return Outcome(0.0, ())
        refuse(_problem(self._told, given))
        story = self._told[given["case"]]
        state = engine.replay(story, TELLING, tuple(given["path"]))
        best = self.prospects[story.id](engine.begin(story, TELLING))
        share = min(1.0, max(0.0, engine.earned(story, state) / best)) if best > 0 else 0.0
        return Outcome(share, tuple(_remarks(self, story, tuple(engine.steps(story, state)))))

    def for_practice(self) -> Story:
        """Its first story, as a scenario that is known by the item's own name."""
        return replace(self.stories[0].story, id=self.id)

    @cached_property
    def _told(self) -> dict[str, Story]:
        return {each.story.id: each.story for each in self.stories}

    @cached_property
    def prospects(self) -> dict[str, Callable[[State], float]]:
        """For each story by its id: the most that is still to be earned from a state of it."""
        return {story.id: earning.prospects(story) for story in self._told.values()}


def standing(stories: Mapping[str, Story], given: Iterable[Given]) -> Given | None:
    """What stands of the answers ``given``, in their order: the first path, as far as each goes on from the last.

    Of a path that no longer fits (the story was edited) there stands what can be played. ``None`` where nothing
    given is a path.
    """
    kept: Given | None = None
    for kept in standings(stories, given):  # noqa: B007 - the last one
        pass
    return kept


def standings(stories: Mapping[str, Story], given: Iterable[Given]) -> Iterator[Given]:
    """What stands after each of the answers ``given`` that changes it (see :func:`standing`)."""
    case, state = "", None
    for one in given:
        if _shape_problem(stories, one):
            continue
        path, story = tuple(one["path"]), stories[one["case"]]
        if state is None or not state.path:
            state = engine.replay_as_far_as_possible(story, TELLING, path)
        elif one["case"] != case or path[: len(state.path)] != state.path or path == state.path:
            continue
        else:
            state = engine.go_on_as_far_as_possible(story, state, path[len(state.path) :])
        case = one["case"]
        yield {"case": case, "path": list(state.path)}


def stories_of(public: Mapping[str, Any]) -> dict[str, Story]:
    """The stories of a public part, by their ids; raises :class:`records.NotShaped` where they are none."""
    return {story.id: story for story in (records.load(Story, raw, "a story") for raw in public["stories"])}


def _shape_problem(stories: Mapping[str, Story], given: Given) -> str | None:
    case, path = given.get("case"), given.get("path")
    known = isinstance(case, str) and case in stories
    if not known or not {"case", "path"} <= given.keys() <= {"case", "path", "ended"}:
        return "The answer has to be a path through one of the stories."
    if not isinstance(path, list) or not all(isinstance(choice, str) for choice in path):
        return "The path has to be a list of choices."
    return None


def _problem(stories: Mapping[str, Story], given: Given) -> str | None:
    problem = _shape_problem(stories, given)
    if problem:
        return problem
    try:
        engine.replay(stories[given["case"]], TELLING, tuple(given["path"]))
    except NoSuchChoice:
        return "The path takes a choice that isn't there."
    return None


def _remarks(item: SimulationItem, story: Story, steps: Sequence[Step]) -> Iterator[Remark]:
    """Each decision as it was taken; where it was not sound, also one that would have been.

    What is not judged says nothing of a teaching point either.
    """
    repaired = _repaired(steps)
    for n, step in enumerate(steps):
        choice = step.choice
        if not choice.unsafe and not story.scenes[step.scene].judges(choice):
            yield replace(_remark(choice, f"{step.title}. Your choice", NOT_MARKED, True, True), points=())
            continue
        right = choice.verdict in ("sound", "recovery")
        verdict = VERDICTS[choice.verdict].lower() if choice.verdict else "taken"
        taken = _remark(choice, f"{step.title}. Your choice", "not safe" if choice.unsafe else verdict, right, True)
        blocks = taken.unsafe and n not in repaired and item.blocks(choice.basis)
        yield replace(taken, blocks=blocks, repaired=n in repaired)
        if not right:
            before = engine.replay(story, TELLING, tuple(each.choice.id for each in steps[:n]))
            yield from _sound(story, before)


def _repaired(steps: Sequence[Step]) -> set[int]:
    """The places of unsafe choices that a later choice names as put right."""
    found: set[int] = set()
    for n, step in enumerate(steps):
        repairs = step.choice.repairs
        found |= {m for m in range(n) if steps[m].choice.unsafe and _name(steps[m]) in repairs}
    return found


def _name(step: Step) -> str:
    return f"{step.scene}/{step.choice.id}"


def _sound(story: Story, state: State) -> Iterable[Remark]:
    sound = [choice for choice in engine.choices(story, state) if choice.verdict == "sound"]
    return [_remark(choice, "A sound choice there", "this one", False, False) for choice in sound[:1]]


def _remark(choice: Choice, did: str, wanted: str, right: bool, picked: bool) -> Remark:
    return Remark(
        part=choice.text,
        did=did,
        wanted=wanted,
        picked=picked,
        right=right,
        why=choice.why,
        points=choice.points,
        unsafe=bool(choice.unsafe),
    )


class Simulation:
    """The kind itself."""

    name = "simulation"
    record = SimulationItem
    hint = "Decide as you would at work. Each decision counts the first time you make it."
    manual = False

    def fields(self, public: Mapping[str, Any]) -> tuple[Field, ...]:
        """None: it is played, not filled in. Raises :class:`records.NotShaped` where there is no story to play."""
        stories_of(public)
        return ()

    def problem(self, public: Mapping[str, Any], given: Given) -> str | None:
        """An answer is a path that can be played."""
        return _problem(stories_of(public), given)

    def faults(self, item: SimulationItem) -> list[str]:
        """What is wrong with an item as written, in its author's terms."""
        stories = [each.story for each in item.stories]
        if not 1 <= len(stories) <= 2:
            return ["'stories' has one story, or two: the second for anyone who skips the first"]
        if item.marks is not None and stories[0].content_note and len(stories) == 1:
            return ["its story has a content note: add a second story, worth the same, for anyone who skips it"]
        return []

    def examples(self) -> tuple[SimulationItem, tuple[Example, ...]]:
        """Right, partly right, put right again, unfinished, wrong and refused answers."""
        item = SimulationItem(
            id="example",
            kind=self.name,
            stem="A man on your caseload has a note for the woman whose shop he robbed. What do you do?",
            points=("rj-victim-led",),
            basis="section",
            stories=(_example(),),
        )
        return item, (
            Example(_path("explain", "options", "write"), 1.0),
            Example({**_path("explain", "options", "write"), "ended": "told"}, 1.0),
            Example(_path("explain", "later", "write"), 2 / 3),
            Example(_path("carry", "options", "own"), 0.5),
            Example(_path("carry", "options", "write"), 2 / 3),
            Example(_path("explain"), 1 / 3),
            Example(_path("carry", "later", "leave-out"), 0.0),
            Example(_path(), 0.0),
            Example(_path("explain", "own"), refused=True),
            Example(_path("explain", "options", "own"), refused=True),
            Example({"case": "elsewhere", "path": []}, refused=True),
            Example({"case": "the-note", "path": "explain"}, refused=True),
            Example({"case": "the-note", "path": [1]}, refused=True),
            Example({"case": ["the-note"], "path": []}, refused=True),
            Example({"path": []}, refused=True),
            Example({}, refused=True),
        )


def _path(*choices: str) -> dict[str, Any]:
    return {"case": "the-note", "path": list(choices)}


def _choice(id: str, text: str, told: str, go: str, verdict: Verdict, score: float, **more: Any) -> Choice:
    return Choice(
        id=id,
        text=text,
        told=told,
        go=go,
        verdict=verdict,
        why=f"Of this choice the debrief would say more: {text}",
        points=("rj-victim-led",),
        basis="section",
        score=score,
        **more,
    )


def _ending(title: str, text: str) -> Scene:
    return Scene(title=title, text=text, ending=title)


def _example() -> Planned:
    story = Story(
        id="the-note",
        title="The note",
        minutes=2,
        begin="monday",
        carries={"slips": 0},
        scenes={
            "monday": Scene(
                title="Monday",
                text="Luis slides an envelope over the desk. *For Mrs. Tran.*",
                asks="What do you do with it?",
                choices=(
                    _choice("explain", "Give it back, and say why.", "He nods.", "wednesday", "sound", 1),
                    _choice(
                        "carry",
                        "Take it, and drop it off at her shop.",
                        "The bell over her door rings.",
                        "wednesday",
                        "too-much",
                        0,
                        unsafe="carry his note to her",
                        add={"slips": 1},
                    ),
                ),
            ),
            "wednesday": Scene(
                title="Wednesday",
                text="Mrs. Tran calls. What is there, she asks, for people who were robbed?",
                asks="What do you tell her?",
                choices=(
                    _choice("options", "Go over what there is, near her.", "She takes notes.", "friday", "sound", 1),
                    _choice(
                        "later",
                        "Say that you will look into it.",
                        "She waits.",
                        "friday",
                        "too-little",
                        0,
                        add={"slips": 1},
                    ),
                ),
            ),
            "friday": Scene(
                title="Friday",
                text="The week's notes are due.",
                asks="What do you write down?",
                choices=(
                    _choice("leave-out", "Only that the week was quiet.", "Done.", "quiet", "too-little", 0),
                    _choice("write", "What she asked and was told.", "Done.", "told", "sound", 1, when="slips < 2"),
                    _choice(
                        "own",
                        "That, and what you would do otherwise.",
                        "Your supervisor reads it twice.",
                        "mended",
                        "recovery",
                        0.5,
                        when="slips > 0",
                        repairs=("monday/carry",),
                    ),
                ),
            ),
            "told": _ending("On the record", "The officer who covers for you knows where she stands."),
            "mended": _ending("Owned", "It was a bad week, and a good page about it."),
            "quiet": _ending("A quiet week", "Nobody who reads it will know that she called."),
        },
    )
    ways = {
        "told": ("explain", "options", "write"),
        "mended": ("carry", "later", "own"),
        "quiet": ("explain", "options", "leave-out"),
    }
    walks = [Walk(end, "only", path, end, path.count("carry")) for end, path in ways.items()]
    return Planned(story=story, walks=tuple(walks))


SIMULATION = Simulation()
