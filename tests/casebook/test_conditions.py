from __future__ import annotations

from typing import TypeAlias

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casebook.conditions import BadCondition, Value, holds, names

CARRIED: dict[str, Value] = {"trust": 2, "told": True, "leaked": False, "share": 0.5}
Meant: TypeAlias = tuple[str, Value]

_WORDS = ["trust", "told", "true", "false", "True", "None", "1", "0.5", "1j", "'high'", "b'x'", "...", "f'{trust}'"]
_SIGNS = [
    "-",
    "(",
    ")",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "+",
    "**",
    ".",
    ",",
    "[",
    "]",
    ":=",
    "{",
    "}",
    "\\",
    "#",
    ";",
]
_CODE = ["and", "or", "not", "in", "is", "print", "__import__", "lambda:", "await", "yield", "if", "else", "for", "@"]
_TOKENS = st.sampled_from(_WORDS + _SIGNS + _CODE)
ANYTHING = (
    st.text() | st.lists(_TOKENS | st.sampled_from(" \n"), max_size=8).map("".join) | st.lists(_TOKENS).map(" ".join)
)


@pytest.mark.parametrize(
    ("condition", "held"),
    [
        ("told", True),
        ("leaked", False),
        ("not leaked", True),
        ("trust == 2", True),
        ("trust != 2", False),
        ("trust < 2", False),
        ("trust <= 2", True),
        ("trust > 2", False),
        ("trust >= 2", True),
        ("trust > -1", True),
        ("share == 0.5", True),
        ("1 < trust < 3", True),
        ("1 < trust < 2", False),
        ("3 < trust < 9", False),
        ("told and leaked", False),
        ("told and trust", True),
        ("told or leaked", True),
        ("leaked or not told", False),
        ("not (told and leaked)", True),
        ("not told or told", True),
        ("told == true", True),
        ("leaked == false", True),
        ("true", True),
        ("false", False),
        ("  told  ", True),
    ],
)
def test_a_condition_means_what_it_says(condition: str, held: bool):
    assert holds(condition, CARRIED) is held


def _grown(inner: st.SearchStrategy[Meant]) -> st.SearchStrategy[Meant]:
    both = st.tuples(inner, inner)
    return st.one_of(
        inner.map(lambda a: (f"not ({a[0]})", not a[1])),
        inner.map(lambda a: (f"-({a[0]})", -a[1])),
        both.map(lambda ab: (f"({ab[0][0]}) and ({ab[1][0]})", bool(ab[0][1] and ab[1][1]))),
        both.map(lambda ab: (f"({ab[0][0]}) or ({ab[1][0]})", bool(ab[0][1] or ab[1][1]))),
        both.map(lambda ab: (f"({ab[0][0]}) < ({ab[1][0]})", ab[0][1] < ab[1][1])),
        both.map(lambda ab: (f"({ab[0][0]}) == ({ab[1][0]})", ab[0][1] == ab[1][1])),
    )


_SAID = st.recursive(st.sampled_from([*CARRIED.items(), ("true", True), ("3", 3), ("0", 0)]), _grown, max_leaves=6)


@given(_SAID)
def test_conditions_put_together_mean_what_they_say(said: Meant):
    condition, meant = said
    assert holds(condition, CARRIED) is bool(meant)


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@given(ANYTHING)
@example("trust == 'high'")
@example("'high'")
@example("None")
@example("1j > 0")
@example("trust in told")
@example("trust is 2")
def test_whatever_can_be_read_can_be_decided(condition: str):
    try:
        carried = dict.fromkeys(names(condition), 1)
    except BadCondition:
        return
    assert holds(condition, carried) in (True, False)


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@given(ANYTHING)
def test_anything_is_decided_or_refused(condition: str):
    try:
        held = holds(condition, CARRIED)
    except BadCondition:
        return
    assert held in (True, False)


@pytest.mark.parametrize(
    "deep",
    ["not " * 2_000 + "told", "-" * 2_000 + "trust", "(" * 500 + "told" + ")" * 500],
    ids=["not", "minus", "brackets"],
)
def test_a_condition_that_goes_too_deep_is_refused(deep: str):
    with pytest.raises(BadCondition):
        holds(deep, CARRIED)


@pytest.mark.parametrize(
    "code",
    [
        "print(told)",
        "__import__('os').system('true')",
        "told.real",
        "told.__class__",
        "(1).__class__",
        "told[0]",
        "[told]",
        "{told}",
        "(told, leaked)",
        "lambda: told",
        "(x := told)",
        "[x for x in told]",
        "f'{told}'",
        "told if told else leaked",
        "trust + 1 > 2",
        "trust * 2",
        "9 ** 9",
        "~trust",
        "+trust",
        "await told",
        "told = True",
        "told; leaked",
        "import os",
        "told and print(told)",
        "leaked and print(told)",
    ],
)
def test_nothing_else_can_be_written(code: str):
    with pytest.raises(BadCondition):
        names(code)
    with pytest.raises(BadCondition):
        holds(code, CARRIED)


def test_nothing_that_is_carried_is_ever_called():
    class Bomb:
        def __call__(self) -> None:
            raise AssertionError

    for condition in ("bomb", "not bomb", "bomb == bomb", "bomb and true"):
        holds(condition, {"bomb": Bomb()})  # type: ignore[dict-item]


@pytest.mark.parametrize("nothing", ["", "   ", "\n", "# told", "told told", "trust >", "and", "\0", "told\n> 1"])
def test_what_is_no_condition_is_refused_in_its_own_words(nothing: str):
    with pytest.raises(BadCondition) as refused:
        holds(nothing, CARRIED)
    assert repr(nothing) in str(refused.value)


def test_a_name_that_is_not_carried_is_said():
    with pytest.raises(BadCondition, match="nothing called 'turst'"):
        holds("turst >= 2", CARRIED)


def test_the_names_of_a_condition_are_found():
    assert names("trust >= 2 and not (leaked or told == true) or false") == {"trust", "leaked", "told"}
    assert names("1 < 2") == set()


def test_a_condition_leaves_what_is_carried_alone():
    carried = dict(CARRIED)
    holds("trust >= 2 and not leaked", carried)
    assert carried == CARRIED
