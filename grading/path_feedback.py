"""The feedback on a path through a graded story: what was decided, what came of it, and what it meant, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casebook import engine
from casebook.engine import Step
from casebook.kinds.base import Given, Remark
from casebook.kinds.simulation import NOT_MARKED, TELLING, SimulationItem
from casebook.story import VERDICTS
from grading import words
from grading.words import Sign


@dataclass
class _Decision:
    """A decision: how it was taken, what is remarked on it, and what would have been better, if anything would."""

    step: Step
    remark: Remark
    better: Remark | None = None

    @property
    def sign(self) -> Sign:
        if self.remark.unsafe:
            return "unsafe"
        if self.step.choice.verdict is None or self.remark.wanted == NOT_MARKED:
            return "taken"
        return "right" if self.remark.right else "wrong"

    @property
    def verdict(self) -> str:
        if self.remark.unsafe:
            return "Not safe"
        if self.remark.wanted == NOT_MARKED:
            return "Not scored"
        return VERDICTS[self.step.choice.verdict] if self.step.choice.verdict else "Decided"


def to_html(item: SimulationItem, given: Given, remarks: Iterable[Remark]) -> list[str]:
    """The path that was ``given``, from its first decision to where it ended. ``remarks`` are those of its outcome."""
    story = next(each.story for each in item.stories if each.story.id == given["case"])
    state = engine.replay(story, TELLING, tuple(given["path"]))
    decisions = list(_decisions(engine.steps(story, state), remarks))
    last = engine.scene(story, state)
    if last.ending is None:
        told = "<p>You stopped here. Decisions you didn't make earn nothing.</p>"
    else:
        passages = "".join(words.prose(passage) for passage in engine.passages(last.text, state.carried))
        told = f'<p class="scene"><strong>How it ended: {words.plain(last.ending)}</strong></p>{passages}'
    path = "".join(_decision(one) for one in decisions)
    return [
        f"<p>{_count(decisions)}</p>",
        f'<ol class="path">{path}</ol>' if path else "",
        f'<div class="ending">{told}</div>',
    ]


def _decisions(steps: Iterable[Step], remarks: Iterable[Remark]) -> Iterator[_Decision]:
    """Each step with its remark; one on what was not chosen belongs to the step before it."""
    taken: list[_Decision] = []
    left = iter(steps)
    for remark in remarks:
        if remark.picked:
            taken.append(_Decision(next(left), remark))
        else:
            taken[-1].better = remark
    return iter(taken)


def _count(decisions: list[_Decision]) -> str:
    judged = [one for one in decisions if one.sign != "taken"]
    if not judged:
        return "Your path through the story:"
    sound = sum(one.remark.right for one in judged)
    if sound == len(judged):
        return f"Your path through the story. {'It was' if sound == 1 else f'All {sound} decisions were'} sound."
    were = "was" if sound == 1 else "were"
    return f"Your path through the story. {sound or 'None'} of {len(judged)} decisions {were} sound."


def _decision(one: _Decision) -> str:
    step, choice = one.step, one.step.choice
    told = "".join(words.prose(passage) for passage in step.told)
    parts = [
        f'<p class="scene"><strong>{words.line(step.title)}</strong></p>',
        f"<p>{words.sign(one.sign, one.verdict)} You chose: {words.line(choice.text)}</p>",
        f'<div class="came">{told}</div>' if told else "",
        f"<p><strong>You chose to {words.line(choice.unsafe)}.</strong></p>" if choice.unsafe else "",
        words.prose(one.remark.why),
    ]
    if one.better:
        why = words.prose(one.better.why)
        parts.append(
            f'<div class="better"><p><strong>A better choice:</strong> {words.line(one.better.part)}</p>{why}</div>'
        )
    return f'<li class="{one.sign}">{"".join(parts)}</li>'
