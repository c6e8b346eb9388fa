"""The feedback on the best paths through the real course's graded stories."""

from __future__ import annotations

from casebook import engine
from casebook.kinds.simulation import SimulationItem
from casebook.story import Story
from grading import bank, item_feedback, teaching_points
from grading.scoring import score

MODULES = [
    path.stem
    for path in sorted((bank.ROOT / "grading/bank").glob("*.yml"))
    if "kind: simulation" in path.read_text(encoding="utf-8")
]


def test_a_path_to_all_marks_has_no_fault_and_nothing_to_review():
    simulations = [item for name in MODULES for item in bank.items(name).values() if isinstance(item, SimulationItem)]
    assert simulations
    for item in simulations:
        for each in item.stories:
            for whichever in (0, -1):  # of the choices that are worth the same
                _is_without_fault(item, each.story, _best(item, each.story, whichever))


def _best(item: SimulationItem, story: Story, whichever: int) -> tuple[str, ...]:
    """A path that earns the most, with nothing unsafe."""
    state, most = engine.begin(story), item.prospects[story.id]
    while not engine.is_over(story, state):
        ways = [(one, engine.choose(story, state, one.id)) for one in engine.choices(story, state) if not one.unsafe]
        worth = [(one.score or 0) + most(after) for one, after in ways]
        best = [after for (_, after), value in zip(ways, worth, strict=True) if value == max(worth)]
        state = best[whichever]
    return state.path


def _is_without_fault(item: SimulationItem, story: Story, path: tuple[str, ...]) -> None:
    result = score(item, {"case": story.id, "path": list(path)})
    assert result.outcome.share == 1
    page = item_feedback.to_html(result)
    assert not [said for said in ("Too much", "Too little", "Not safe", "A better choice") if said in page]
    assert teaching_points.to_review(teaching_points.standings([item_feedback.facts(result)])) == []
