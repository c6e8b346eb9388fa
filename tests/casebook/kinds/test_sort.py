from __future__ import annotations

from dataclasses import replace

import pytest

from casebook.kinds.sort import SORT, SortItem

ITEM: SortItem = SORT.examples()[0]


def test_each_statement_is_a_row_with_the_groups_to_choose_from():
    fields = SORT.fields(ITEM.public())
    assert [(field.name, field.label) for field in fields] == [(s.id, s.text) for s in ITEM.statements]
    assert {field.options for field in fields} == {(("a", "Within the system"), ("b", "In the *community*"))}
    assert {(field.control, field.layout) for field in fields} == {("one", "row")}


@pytest.mark.parametrize("count", range(1, 5))
def test_what_is_missing_earns_nothing_and_costs_nothing(count: int):
    right = {statement.id: statement.group for statement in ITEM.statements[:count]}
    assert ITEM.outcome(right).share == count / 4


def test_a_remark_names_the_groups_without_markup():
    said = [remark.said for remark in ITEM.outcome({"a": "b", "b": "b"}).remarks]
    assert said == [
        "You put this under “In the community”: it belongs under “Within the system”.",
        "You put this under “In the community”: right.",
        "You didn't sort this: it belongs under “In the community”.",
        "You didn't sort this: it belongs under “Within the system”.",
    ]


def test_a_group_that_is_not_there_is_a_fault():
    first = replace(ITEM.statements[0], group="z")
    (fault,) = SORT.faults(replace(ITEM, statements=(first, *ITEM.statements[1:])))
    assert fault == "statement a belongs to the group 'z', which isn't there"


def test_a_group_without_statements_is_a_fault():
    statements = tuple(replace(statement, group="a") for statement in ITEM.statements)
    assert SORT.faults(replace(ITEM, statements=statements)) == ["nothing belongs to the group 'b'"]


def test_the_public_part_is_the_same_whatever_belongs_where():
    for changes in ({"group": "a"}, {"feedback": "x"}, {"points": ("x",)}):
        changed = replace(ITEM, statements=tuple(replace(s, **changes) for s in ITEM.statements))
        assert changed.public() == ITEM.public()
