"""What each trainee of the demonstration gets in the course of kinds: nothing here is computed by the code under test.

The check has each kind's own example once, in this order, worth 2 marks each.
"""

from __future__ import annotations

CHECK = "kinds"

ITEMS = (
    "kinds-single",  #     right: b, of a b c
    "kinds-several",  #    right: a b, of a b c d (unsafe: d). (right picks - wrong picks, not below 0) / 2
    "kinds-sort",  #       right: a to a, b to b, c to b, d to a; a quarter each
    "kinds-order",  #      right: b d a c. 2 * (pairs the right way round) / 6 - 1, not below 0
    "kinds-rate",  #       right: a 4, b 3, c 1, d 0 (never); a quarter each; one off 3/4 of it, half at 0, none in d
    "kinds-simulation",  # right: explain, options, write; a third each. carry is unsafe; own earns half a third
    "kinds-written",  #    rubric: 2, 1, 0
)
OUT_OF = 14  # 7 * 2
PASS = 7  # 50 % of 14

BY_HAND: dict[str, tuple[tuple[float, ...], float]] = {
    # Everything right.
    "amara": ((2, 2, 2, 2, 2, 2, 2), 14),
    # a: wrong. a alone: 1/2. All in group a: a and d are right, 2/4. The order as it stands, a b c d: right are
    # a c, b c and b d, 3/6, so 0. Everything rated 0: d right, c one off, (1 + 1/2)/4 = 3/8.
    # The first choices: explain, options, leave-out, so 2/3. Beside the question: 0.
    "bent": ((0, 1, 1, 0, 0.75, 1.3333, 0), 4.0833),
    # The guesses are in GUESSED below.
    # a: wrong. b d: d is unsafe. b a a a: d alone right, 1/4. c a b d: b d alone right, 1/6, so 0.
    # 0 0 1 0: c and d right, 2/4. explain, later, write: (1 + 0 + 1)/3 = 2/3. All that was asked: 2.
    "chen": ((0, 0, 0.5, 0, 1, 1.3333, 2), 4.8333),
    # The first three of seven right, then nothing.
    "dolores": ((2, 2, 2, 0, 0, 0, 0), 6),
    "emil": ((0, 0, 0, 0, 0, 0, 0), 0),
    # Everything right but the fourth, whose line was torn.
    "fatima": ((2, 2, 2, 0, 2, 2, 2), 12),
    # First bent's answers, then everything right, and at last no word in the last.
    # Of the simulation the first path counts: bent's, 2/3.
    "goran": ((2, 2, 2, 2, 2, 1.3333, 0), 11.3333),
    # c: wrong. Every box: d is unsafe. All in group b: b and c are right, 2/4. From the last to the first, d c b a:
    # right are d c, d a and b a, 3/6, so 0. Everything rated 4: d is never that. carry, later, own: half of a
    # third. Some of what was asked: 1.
    "hana": ((0, 0, 1, 0, 0, 0.3333, 1), 2.3333),
    # Unsafe where there is such a thing: a box, a rating (d as 3), a choice (carry; then options and write, 2/3).
    "ivan": ((2, 0, 2, 2, 0, 1.3333, 2), 9.3333),
    # The first submission was bent's; the second, all right, counts; of the simulation bent's path, 2/3.
    "joy": ((2, 2, 2, 2, 2, 1.3333, 2), 13.3333),
    # Of each kind the first item holds something that does not exist, and each kind is here once. A text cannot.
    "kofi": ((0, 0, 0, 0, 0, 0, 2), 2),
    # b alone can be chosen: right. a b c: (2 - 1)/2. a is put into b: 3/4. b d c a: all right but a c,
    # 2 * 5/6 - 1 = 2/3. a one off: 3 3/4 of 4. explain, later, write: 2/3. Some of what was asked: 1.
    "lucia": ((2, 1, 1.5, 1.3333, 1.875, 1.3333, 1), 10.0416),
}

GUESSED = (
    {"choice": "a"},
    {"choices": ["b", "d"]},
    {"a": "b", "b": "a", "c": "a", "d": "a"},
    {"order": ["c", "a", "b", "d"]},
    {"a": "0", "b": "0", "c": "1", "d": "0"},
    {"case": "the-note", "path": ["explain", "later", "write"]},
    {"text": "Made up for the demonstration: an answer that does everything the question asks."},
)

UNSAFE = {"ivan"}
"""Who has enough points, and chose what the guide itself settles as unsafe."""
MET = {"amara", "fatima", "goran", "joy", "lucia"}
