"""What the wording of options tells somebody who knows nothing: features, and guessers who go by them.

A bank must not give itself away. Each guesser stands for a habit of clever test-takers; one of them learns this
bank's own habits from all of its other items.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from statistics import fmean
from typing import TypeAlias

from casebook.kinds.options import Option, OptionsItem


def _these(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEDGES = _these("""
can could few generally likely mainly many may maybe might most mostly often perhaps possibly probably some sometimes
tend tends typically usually
""")
ABSOLUTES = _these("""
all always any anybody anyone anything entirely every everybody everyone everything exactly must never nobody none
nothing only whatever whenever wherever whoever
""")
_NEGATIONS = _these("cannot neither never no nobody none nor not nothing without")
_TURNS = _these("although as before but even if once since so though unless until when while whether")
_SOFT = _these("""
ask asks care choose chooses choice gently help invite kind kindly let listen offer own respect support want wants
wish wishes
""")
_SMALL = _these("""
a about after again against all also an and another any are as at be because been before being between both but by can
could did do does done down each either else even every few first for from get gets give given gives go goes guide had
has have he her here hers herself him himself his how i if in into is it its itself just know less let like made make
makes many may me might mine more most much must my need needs no nobody none nor not nothing now of off often on once
one only or other others our out over own part rather same say says see she should since so some somebody something
still such take takes tell tells than that the their them themselves then there these they thing things this those
though through to together too under until up upon us very want wants was way we well were what whatever when where
whether which while who whom whose why will with within without would yes yet you your yours
""")

Score: TypeAlias = Callable[[OptionsItem, Option], float]
"""How strongly something in the wording of an option draws a guesser to it."""


def words(text: str) -> list[str]:
    """The words of ``text``, in small letters; what is joined by an apostrophe is one."""
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))


def content_words(text: str) -> set[str]:
    """The stems of the words that carry the meaning of ``text``."""
    return {_stem(word) for word in words(text) if len(word) > 3 and word not in _SMALL}


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word.removesuffix("e")


def count(text: str, among: Collection[str]) -> int:
    """How many words of ``text`` are ``among`` these."""
    return sum(word in among for word in words(text))


def _question(item: OptionsItem) -> set[str]:
    return content_words(f"{item.case or ''} {item.stem}")


def _alike(item: OptionsItem, option: Option) -> float:
    """How much of the other options' words an option has: what most have in common is often right."""
    own = content_words(option.text)
    others = [content_words(other.text) for other in item.options if other.id != option.id]
    return fmean(len(own & other) / (len(own | other) or 1) for other in others)


def _place(item: OptionsItem, option: Option) -> int:
    return item.options.index(option)


FEATURES: dict[str, Score] = {
    "letters": lambda _, option: len(option.text),
    "hedges": lambda _, option: count(option.text, HEDGES),
    "absolute words": lambda _, option: count(option.text, ABSOLUTES),
    "negations": lambda _, option: count(option.text, _NEGATIONS),
    "turns (but, if, once)": lambda _, option: count(option.text, _TURNS),
    "soft words (ask, choose, support)": lambda _, option: count(option.text, _SOFT),
    "words of the question": lambda item, option: len(content_words(option.text) & _question(item)),
    "words of the other options": _alike,
    "commas": lambda _, option: len(re.findall(r"[,;:]", option.text)),
    "long words": lambda _, option: fmean(len(word) for word in words(option.text) or [""]),
    "a late place": _place,
    "a middle place": lambda item, option: -abs(_place(item, option) - (len(item.options) - 1) / 2),
}
"""What a guesser may look at in an option."""


def guessers() -> dict[str, Score]:
    """Those who pick what has most of a feature, and those who pick what has least."""
    most = {f"most {name}": score for name, score in FEATURES.items()}
    return most | {f"least {name}": _least(score) for name, score in FEATURES.items()}


def _least(score: Score) -> Score:
    return lambda item, option: -score(item, option)


def found(item: OptionsItem, score: Score) -> float:
    """The share of the right options that a guesser finds who picks as many as are right; ties are drawn by lot."""
    right = set(item.right_ones())
    drawn = {option.id: score(item, option) for option in item.options}
    ranked = sorted(drawn.values(), reverse=True)
    edge = ranked[len(right) - 1]
    above = [id for id, value in drawn.items() if value > edge]
    level = [id for id, value in drawn.items() if value == edge]
    chance = (len(right) - len(above)) / len(level)
    return (len(right & set(above)) + chance * len(right & set(level))) / len(right)


def chance(item: OptionsItem) -> float:
    """The share that blind picking finds."""
    return len(item.right_ones()) / len(item.options)


def above_chance(items: Sequence[OptionsItem], score: Score) -> float:
    """How far above chance a guesser comes over ``items``: 0.1 is ten points."""
    return fmean(found(item, score) - chance(item) for item in items)


def learned(items: Sequence[OptionsItem]) -> float:
    """How far above chance somebody comes who, for each item, has learnt from all of the others what is right here.

    Each feature weighs what it was worth in the other items; an option's features are taken as ranks within its item.
    """
    worth = {name: [found(item, score) - chance(item) for item in items] for name, score in FEATURES.items()}
    worth_of_least = {
        name: [found(item, _least(score)) - chance(item) for item in items] for name, score in FEATURES.items()
    }
    gains = []
    for n, item in enumerate(items):
        weights = {name: _others(worth[name], n) - _others(worth_of_least[name], n) for name in FEATURES}
        gains.append(found(item, _weighed(weights)) - chance(item))
    return fmean(gains)


def _others(values: Sequence[float], n: int) -> float:
    return (sum(values) - values[n]) / max(1, len(values) - 1)


def _weighed(weights: dict[str, float]) -> Score:
    def score(item: OptionsItem, option: Option) -> float:
        return sum(weight * _rank(FEATURES[name], item, option) for name, weight in weights.items())

    return score


def _rank(score: Score, item: OptionsItem, option: Option) -> float:
    """From 0 for the least in its item to 1 for the most; what is level shares its rank."""
    own = score(item, option)
    others = [score(item, other) for other in item.options if other.id != option.id]
    return (sum(own > other for other in others) + sum(own == other for other in others) / 2) / len(others)
