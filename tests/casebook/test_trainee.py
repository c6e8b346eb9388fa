from __future__ import annotations

import getpass
import os

import pytest

from casebook import trainee


def test_on_a_hub_a_trainee_is_known_by_their_name_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("JUPYTERHUB_USER", "amara")
    assert trainee.id() == "amara"


@pytest.mark.parametrize("hub", [None, ""])
def test_elsewhere_by_the_name_they_logged_in_with(monkeypatch: pytest.MonkeyPatch, hub: str | None):
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    if hub is not None:
        monkeypatch.setenv("JUPYTERHUB_USER", hub)
    monkeypatch.setenv("LOGNAME", "bent")
    assert trainee.id() == "bent"


@pytest.mark.parametrize("error", [KeyError, OSError])
def test_a_user_without_a_name_is_known_by_their_number(monkeypatch: pytest.MonkeyPatch, error: type[Exception]):
    def unknown() -> str:
        raise error("no such user")

    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    monkeypatch.setattr(getpass, "getuser", unknown)
    assert trainee.id() == str(os.getuid())
