"""A written answer, marked by the instructor with a rubric. The answer is ``{"text": "…"}``.

Nothing scores it here: its share is ``None`` until the instructor has read it; a blank one earns nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from casebook.blank import is_blank
from casebook.kinds.base import Example, Field, Given, Item, Outcome, Remark, refuse

LONGEST = 20_000
"""Characters."""

REMINDER = "Never write a victim's name here, or anything else that could identify a victim."


@dataclass(frozen=True, kw_only=True)
class Level:
    """A level of a rubric: what earns so many marks."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    level: str
    marks: float
    text: str


@dataclass(frozen=True, kw_only=True)
class WrittenItem(Item):
    """A written item. ``words`` is a guide, ``{from: 80, to: 150}``; ``model`` a good answer, in prose."""

    words: dict[str, int]
    rubric: tuple[Level, ...] = ()
    model: str | None = None

    def public(self) -> dict[str, Any]:
        """The guide to the length; no rubric and no model."""
        return {**super().public(), "words": dict(self.words)}

    def outcome(self, given: Given | None) -> Outcome:
        """Nothing for a blank answer; any other waits for its marks."""
        if given is not None:
            refuse(WRITTEN.problem(self.public(), given))
        blank = given is None or is_blank(given["text"])
        return Outcome(0.0 if blank else None, self._model())

    def secrets(self) -> tuple[str, ...]:
        """The rubric and the model."""
        return (*(level.text for level in self.rubric), *((self.model,) if self.model else ()))

    def _model(self) -> tuple[Remark, ...]:
        if not self.model:
            return ()
        remark = Remark(
            part="",
            did="One good answer",
            wanted="there are others",
            picked=True,
            right=True,
            why=self.model,
            points=self.points,
        )
        return (remark,)


class Written:
    """The kind itself."""

    name = "written"
    record = WrittenItem
    hint = "Write in your own words. It is saved as you type."
    manual = True

    def fields(self, public: Mapping[str, Any]) -> tuple[Field, ...]:
        """One area to write in."""
        words = (public["words"]["from"], public["words"]["to"])
        return (Field("text", "text", words=words, note=REMINDER),)

    def problem(self, public: Mapping[str, Any], given: Given) -> str | None:  # noqa: ARG002
        """An answer is a text, and not too long."""
        text = given.get("text")
        if set(given) != {"text"} or not isinstance(text, str):
            return "The answer has to be a text."
        if len(text) > LONGEST:
            return f"The text is too long: it has {len(text):,} characters, and the limit is {LONGEST:,}."
        if any("\ud800" <= character <= "\udfff" for character in text):
            return "The text has a broken character in it. Delete it, or type it again."
        return None

    def faults(self, item: WrittenItem) -> list[str]:
        """What is wrong with an item as written, in its author's terms."""
        faults = []
        if set(item.words) != {"from", "to"}:
            faults.append("'words' has 'from' and 'to', as in {from: 80, to: 150}")
        elif not 0 < item.words["from"] < item.words["to"]:
            faults.append("in 'words', 'to' has to be more than 'from'")
        if item.marks is None:
            return faults if item.model else [*faults, "for practice it needs a 'model', since nobody grades it"]
        marks = [level.marks for level in item.rubric]
        if not marks:
            faults.append("a graded item needs a 'rubric' for the instructor to grade it by")
        elif max(marks) != item.marks or min(marks) < 0 or len(set(marks)) < len(marks):
            faults.append(f"the levels of its rubric are worth up to {item.marks:g} points, each a different number")
        return faults

    def examples(self) -> tuple[WrittenItem, tuple[Example, ...]]:
        """Blank ones, which earn nothing; texts, which wait; and what is refused."""
        item = WrittenItem(
            id="example",
            kind=self.name,
            stem="How do you begin the call?",
            points=("first-call",),
            basis="section",
            words={"from": 20, "to": 60},
            rubric=(
                Level(level="Whole", marks=2, text="Says who calls, and asks whether it is safe to talk."),
                Level(level="In part", marks=1, text="Does one of the two."),
                Level(level="Not yet", marks=0, text="Does neither of them."),
            ),
            model="Good morning, this is the *parole office*. Can you talk safely just now?",
        )
        return item, (
            Example({"text": "Good morning. Is this a safe time?"}),
            Example({"text": "<script>alert(1)</script>"}),
            Example({"text": "x" * LONGEST}),
            Example({"text": ""}, 0.0),
            Example({"text": " \n\t"}, 0.0),
            Example({"text": "\u200b\u2800\u00a0"}, 0.0),
            Example({"text": "x" * (LONGEST + 1)}, refused=True),
            Example({"text": "\ud800"}, refused=True),
            Example({"text": ["a"]}, refused=True),
            Example({"text": "a", "marks": 2}, refused=True),
            Example({}, refused=True),
        )


WRITTEN = Written()
