"""Sort statements into groups. The answer is ``{"a": "b", …}``: statement to group.

Each statement in its right group earns an equal part of the marks; a missing one earns nothing. Filing an unsafe act
under a group that means doing it is choosing that act, and leaves no part of the marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from casebook.kinds import rows
from casebook.kinds.base import Example, Field, Given, Item, Outcome, Part, Remark, pairs, refuse, shown
from casebook.prose import to_text


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group that statements are sorted into. ``doing`` marks one that means doing what is filed there."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    text: str
    doing: bool = False


@dataclass(frozen=True, kw_only=True)
class Statement(Part):
    """A statement, and the group it belongs to. ``unsafe`` marks an act that would endanger somebody."""

    group: str
    unsafe: bool = False


@dataclass(frozen=True, kw_only=True)
class SortItem(Item):
    """A sorting item."""

    lists: ClassVar[dict[str, tuple[int, int]]] = {"groups": (2, 4), "statements": (3, 8)}
    groups: tuple[Group, ...]
    statements: tuple[Statement, ...]

    def public(self) -> dict[str, Any]:
        """The groups and the statements, and not which belongs where."""
        return {**super().public(), "groups": shown(self.groups), "statements": shown(self.statements)}

    def outcome(self, given: Given | None) -> Outcome:
        """A part of the marks for each statement in its group."""
        if given is not None:
            refuse(SORT.problem(self.public(), given))
        remarks = tuple(self._remark(statement, (given or {}).get(statement.id)) for statement in self.statements)
        if any(remark.unsafe for remark in remarks):
            return Outcome(0.0, remarks)
        return Outcome(sum(remark.right for remark in remarks) / len(remarks), remarks)

    def _remark(self, statement: Statement, group: str | None) -> Remark:
        names = {known.id: to_text(known.text) for known in self.groups}
        right = group == statement.group
        unsafe = statement.unsafe and any(known.doing for known in self.groups if known.id == group)
        belongs = f"it belongs under “{names[statement.group]}”"
        return Remark(
            part=statement.text,
            did=f"You put this under “{names[group]}”" if group else "You didn't sort this",
            wanted="right" if right else f"not safe, {belongs}" if unsafe else belongs,
            picked=group is not None,
            right=right,
            why=statement.feedback,
            points=statement.points or self.points,
            unsafe=unsafe,
            blocks=unsafe and self.blocks(statement.basis),
        )


class Sort:
    """The kind itself."""

    name = "sort"
    record = SortItem
    hint = "Choose one group for each statement."
    manual = False

    def fields(self, public: Mapping[str, Any]) -> tuple[Field, ...]:
        """A row for each statement, with the groups to choose from."""
        return rows.fields(public["statements"], pairs(public["groups"]))

    def problem(self, public: Mapping[str, Any], given: Given) -> str | None:
        """An answer puts statements that exist into groups that exist."""
        return rows.problem(public["statements"], {group["id"] for group in public["groups"]}, given)

    def faults(self, item: SortItem) -> list[str]:
        """What is wrong with an item as written, in its author's terms."""
        groups = {group.id for group in item.groups}
        wrong = [
            f"statement {statement.id} belongs to the group '{statement.group}', which isn't there"
            for statement in item.statements
            if statement.group not in groups
        ]
        empty = sorted(groups - {statement.group for statement in item.statements})
        wrong += [f"nothing belongs to the group '{group}'" for group in empty]
        doing = {group.id for group in item.groups if group.doing}
        unsafe = [statement for statement in item.statements if statement.unsafe]
        if unsafe and not doing:
            wrong.append("an unsafe statement needs a group with 'doing: true', where filing it means doing it")
        return wrong + [
            f"statement {statement.id} is unsafe and belongs under '{statement.group}', which means doing it"
            for statement in unsafe
            if statement.group in doing
        ]

    def examples(self) -> tuple[SortItem, tuple[Example, ...]]:
        """Right, partly right, wrong and refused answers."""
        item = SortItem(
            id="example",
            kind=self.name,
            stem="Where does each of these work?",
            points=("systems-where",),
            basis="section",
            groups=(Group(id="a", text="Within the system"), Group(id="b", text="In the *community*")),
            statements=(
                Statement(id="a", text="A prosecutor's witness aide", group="a", feedback="The office employs her."),
                Statement(id="b", text="A shelter's advocate", group="b", feedback="The shelter stands on its own."),
                Statement(id="c", text="A rape crisis counselor", group="b", feedback="The center is not the State's."),
                Statement(id="d", text="A prison's victim liaison", group="a", feedback="The prison employs him."),
            ),
        )
        return item, (
            Example({"a": "a", "b": "b", "c": "b", "d": "a"}, 1.0),
            Example({"d": "a", "c": "b"}, 0.5),
            Example({"a": "a", "b": "b", "c": "a", "d": "a"}, 0.75),
            Example({"a": "b", "b": "a"}, 0.0),
            Example({"a": "c"}, refused=True),
            Example({"z": "a"}, refused=True),
            Example({"a": ["a"]}, refused=True),
            Example({"a": None}, refused=True),
            Example({}, refused=True),
        )


SORT = Sort()
