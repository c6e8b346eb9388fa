"""How well a point was remembered: from the answer, its time and the hint, and never from what somebody says of it."""

from __future__ import annotations

from fsrs import Rating

from casebook.refresher.evidence import Evidence

NEAR = 0.75
"""From this share on an answer is near: one slip among several parts."""
SLOW = 2.0
"""So many times the time it mostly takes: it came, but it had to be looked for."""
QUICK = 0.5
"""Within this part of it: it was there at once. (Who clicks without reading is quick, and mostly wrong.)"""


def rating(evidence: Evidence) -> Rating:
    """Again, hard, good or easy."""
    if evidence.unsafe or evidence.share < NEAR:
        return Rating.Again
    pace = evidence.seconds / evidence.expected if evidence.seconds is not None and evidence.expected else 1.0
    if evidence.share < 1 or evidence.hint or pace > SLOW:
        return Rating.Hard
    return Rating.Easy if pace <= QUICK else Rating.Good
