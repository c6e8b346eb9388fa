"""Who is named in a text: a guess by capital letters, good enough to tell two people from five.

A name is one capitalized word or several in a row ("Mrs. Tran", "Dana Reyes"). A word that the course also writes in
small letters is not a name, so the first word of a sentence rarely counts as one. A name that follows "in", "at" or
"near" is a place, and one that ends in a word such as Street, House or Program is an organization.

The limits: somebody whose name is also a word of the course (Grace, Will, May) isn't counted, nor is anybody without a
name ("her brother"). A place that follows "to" or "from" counts as a person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from authoring import texts
from authoring.course import Course


def _these(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"(?<![\w'-])[a-z]+")
_NAME = re.compile(
    r"(?:\b(?P<before>in|at|near|on|of the|the)\s+)?(?P<name>[A-Z][a-z]+(?:-[A-Z][a-z]+)?(?:,? [A-Z][a-z]+)*)"
)
_TITLES = _these("mr mrs ms dr judge officer reverend pastor father sister sergeant")
_NO_PEOPLE = _these("""
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
november december english spanish american christmas thanksgiving
alliance association avenue bank bureau center church clinic coalition college commission council county court
department directory foundation group hall hospital hotline house institute law line lane network office park
prison program project road room school section service services shelter society state street team unit university
""")


def common_words(course: Course) -> frozenset[str]:
    """The words that the course writes in small letters somewhere."""
    return frozenset(word for text in texts.everything(course) for word in _WORD.findall(text.words))


def named(text: str, common: Collection[str]) -> list[str]:
    """The people whom ``text`` names, each once, as first named."""
    found: dict[str, str] = {}
    for name in _names(text, common):
        words = {word.lower() for word in name.split()}
        if not words & found.keys():
            found |= dict.fromkeys(words, name)
    return list(dict.fromkeys(found.values()))


def _names(text: str, common: Collection[str]) -> Iterator[str]:
    for match in _NAME.finditer(" ".join(re.sub(r"[*_]", "", text).replace(".", ". ").split())):
        words = [word for word in re.split(r",? ", match["name"]) if not _is_common(word.lower(), common)]
        told = [word for word in words if word.lower() not in _TITLES]
        if told and not match["before"] and told[-1].lower() not in _NO_PEOPLE:
            yield " ".join(told)


def _is_common(word: str, common: Collection[str]) -> bool:
    """Whether a word is one of the course's own; an adverb at the beginning of a sentence is no name either."""
    return word in common or word.endswith("ly")
