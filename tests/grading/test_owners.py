from __future__ import annotations

import os
from pathlib import Path

from grading.owners import Owner, owner


def test_a_folder_is_its_own_makers(tmp_path: Path):
    assert owner(tmp_path).mine
    if os.geteuid() == 0:
        os.chown(tmp_path, 54_321, -1)
        assert owner(tmp_path) == Owner("with the number 54321", mine=False)
    else:
        assert not owner(Path("/")).mine


def test_of_a_link_whoever_made_it_is_its_owner_and_not_whose_it_leads_to(tmp_path: Path):
    link = tmp_path / "link"
    link.symlink_to("/")
    if os.geteuid() == 0:
        os.chown(link, 54_321, -1, follow_symlinks=False)
        assert owner(link) == Owner("with the number 54321", mine=False)
    else:
        assert owner(link).mine
