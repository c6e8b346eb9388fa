"""What each trainee of the demonstration gets, worked out by hand: nothing here is computed by the code under test."""

from __future__ import annotations

CHECK = "partner-violence"

ITEMS = (
    # as the check asks them: which options are right (and unsafe), and the marks
    "pv-new-colleague",  #       one: d                                   1
    "pv-three-lines",  #         several of five: b c d e                 2
    "pv-guarded-room",  #        one: b                                   2
    "pv-in-your-office",  #      one: a           (unsafe: b e)           3
    "pv-comes-around",  #        several of five: a e                     3
    "pv-three-reassurances",  #  one: e                                   2
    "pv-bree-asks",  #           several of five: a d                     2
    "pv-service-idea",  #        one: c           (unsafe: d e)           2
    "pv-andre-1-facilitator",  # one: d           (unsafe: a b c)         2
    "pv-andre-2-number",  #      several of five: b d e  (unsafe: c)      3
    "pv-andre-3-texts",  #       several of five: a c    (unsafe: e)      3
    "pv-andre-4-stopping",  #    several of five: b      (unsafe: c)      2
)
OUT_OF = 27  # 1+2+2+3+3+2+2+2+2+3+3+2
PASS = 21.6  # 80 % of 27

# By hand, from grading/bank/partner-violence.yml, by the rule of casebook/kinds/several.py:
# (right picks - wrong picks, not below 0) / right ones * marks; nothing with an unsafe pick.
BY_HAND: dict[str, tuple[tuple[float, ...], float]] = {
    # Everything right.
    "amara": ((1, 2, 2, 3, 3, 2, 2, 2, 2, 3, 3, 2), 27),
    # "a" everywhere. Right in the office (3) and one of two in three items: 1/2*3, 1/2*2, 1/2*3.
    # Alone and wrong in three-lines, 2-number and 4-stopping: 0-1, so 0.
    "bent": ((0, 0, 0, 3, 1.5, 0, 1, 0, 0, 0, 1.5, 0), 7),
    # The guesses are in GUESSED below.
    # new-colleague d: right, 1. three-lines all five: (4-1)/4*2 = 1.5. guarded-room a: 0. office b: 0.
    # comes-around c: 0. reassurances d: 0. bree d: 1/2*2 = 1. service d: 0. facilitator e: 0.
    # number b c: c is unsafe, 0. texts b c: (1-1)/2 = 0. stopping a c: c is unsafe, 0.
    "chen": ((1, 1.5, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0), 3.5),
    # The first six right, then nothing: 1+2+2+3+3+2.
    "dolores": ((1, 2, 2, 3, 3, 2, 0, 0, 0, 0, 0, 0), 13),
    "emil": ((0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0),
    # Everything right but the seventh, whose line was torn: 27-2.
    "fatima": ((1, 2, 2, 3, 3, 2, 0, 2, 2, 3, 3, 2), 25),
    # First "a" everywhere, then everything right, and at last no box in the last: 27-2.
    "goran": ((1, 2, 2, 3, 3, 2, 2, 2, 2, 3, 3, 0), 25),
    # Every box; of radio buttons the last. three-lines (4-1)/4*2 = 1.5; comes-around (2-3) = 0;
    # bree (2-3) = 0; the three of Andre's with boxes hold an unsafe one: 0. The last radio button is
    # right in three-reassurances alone (e): 2. In the office it is unsafe.
    "hana": ((0, 1.5, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0), 3.5),
    # Unsafe wherever there is such an option (six items), with the right boxes: 0 there. The rest right:
    # 1+2+2+3+2+2.
    "ivan": ((1, 2, 2, 0, 3, 2, 2, 0, 0, 0, 0, 0), 12),
    # The first submission was bent's; the second, all right, counts.
    "joy": ((1, 2, 2, 3, 3, 2, 2, 2, 2, 3, 3, 2), 27),
    # All right but the first two, which hold an option that does not exist: 27-1-2.
    "kofi": ((0, 0, 2, 3, 3, 2, 2, 2, 2, 3, 3, 2), 24),
    # Radio buttons right: 1+2+3+2+2+2 = 12. One wrong box besides the right ones: three-lines
    # (4-1)/4*2 = 1.5; comes-around (2-1)/2*3 = 1.5; bree (2-1)/2*2 = 1; number (3-1)/3*3 = 2;
    # texts (2-1)/2*3 = 1.5; stopping (1-1)/1 = 0. 12+7.5.
    "lucia": ((1, 1.5, 2, 3, 1.5, 2, 1, 2, 2, 2, 1.5, 0), 19.5),
}

GUESSED = ("d", "abcde", "a", "b", "c", "d", "d", "d", "e", "bc", "bc", "ac")

MET = {"amara", "fatima", "goran", "joy", "kofi"}
