from __future__ import annotations

import pytest

from authoring.preview import command
from authoring.problems import Refused
from tests.authoring.author import Author


@pytest.mark.parametrize(
    ("module", "item", "scenario", "said"),
    [
        ("", "", "", "You didn't name a module"),
        ("tny", "", "", "no module called 'tny'"),
        ("later", "", "", "any items or scenarios yet"),
        ("tiny", "tiny-owner", "the-ladder", "You named an item and a scenario"),
        ("tiny", "tiny", "", "no item 'tiny'"),
        ("tiny", "", "rake", "no scenario 'rake'"),
    ],
)
def test_where_there_is_nothing_to_show_it_is_said(author: Author, module: str, item: str, scenario: str, said: str):
    with pytest.raises(Refused, match=said):
        command.run(author.root, module, item, scenario, opens=False)
