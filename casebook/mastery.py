"""What an answer shows about each teaching point that its item is about. Pure."""

from __future__ import annotations

from statistics import fmean

from casebook.kinds import KINDS
from casebook.kinds.base import Item, Outcome


def by_point(item: Item, outcome: Outcome) -> dict[str, float]:
    """The share that was right of each of an item's points; nothing where only an instructor could say.

    What was done, or should have been, speaks for the points of that part. What was rightly left alone does not: of
    four options, three left alone are no sign of knowing anything. For a point that no part speaks for, the item does.
    """
    if KINDS[item.kind].manual:
        return {}  # nor does a blank one say anything: what is remarked on it is a model answer
    share = outcome.share or 0.0
    telling = [remark for remark in outcome.remarks if remark.picked or not remark.right]
    points = dict.fromkeys([*item.points, *(point for remark in telling for point in remark.points)])
    shares = {point: [remark.right for remark in telling if point in remark.points] for point in points}
    return {point: fmean(rights) if rights else share for point, rights in shares.items()}
