from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from authoring.preview import subject
from authoring.preview.server import LONGEST_EVENT, Server, place
from casebook.widgets.runtime import browser_side
from tests.authoring.author import Author


@pytest.fixture
def server(author: Author, tmp_path: Path) -> Iterator[Server]:
    with Server(list(subject.every(author.root, "tiny")), tmp_path / "desks") as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(server: Server, path: str, body: bytes | None = None, token: str | None = None) -> tuple[HTTPResponse, bytes]:
    address = urlsplit(server.address)
    connection = HTTPConnection(str(address.hostname), address.port, timeout=10)
    path = f"{address.path if token is None else token}{path}"
    connection.request("GET" if body is None else "POST", path, body)
    response = connection.getresponse()
    return response, response.read()


def test_it_is_for_this_machine_alone(server: Server):
    assert server.server_address[0] == "127.0.0.1"
    assert urlsplit(server.address).hostname == "127.0.0.1"


@pytest.mark.parametrize("path", ["", "item/tiny-owner", "item/tiny-owner/state", "page.js", "browser/panel.js"])
def test_who_does_not_know_the_address_gets_nothing(server: Server, path: str):
    assert ask(server, path)[0].status == 200
    for token in ("/", "/x/", "//"):
        response, data = ask(server, path, token=token)
        assert (response.status, data) == (404, b"")


def test_everything_of_the_module_is_listed(server: Server):
    listed = ask(server, "")[1].decode()
    for place_of in ("scenario/the-ladder", "item/tiny-p-who", "item/tiny-owner"):
        assert f'<a href="{place_of}">' in listed
        assert b"Preview: " in ask(server, place_of)[1]


def test_the_panels_real_code_is_served(server: Server):
    sources, style = browser_side()
    for name, source in {**sources, "style.css": style}.items():
        assert ask(server, f"browser/{name}")[1].decode() == source


def test_every_answer_allows_nothing_from_elsewhere(server: Server):
    for path in ("", "item/tiny-owner", "page.js", "nowhere"):
        policy = ask(server, path)[0].headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; connect-src 'self'")
        assert "http" not in policy


def test_events_are_answered_and_forgotten(server: Server):
    state = json.loads(ask(server, "item/tiny-owner/state")[1])
    assert state["panel"]["view"]["given"] is None
    event = {"type": "answer", "given": {"choice": "b"}, "number": "n"}
    answer = json.loads(ask(server, "item/tiny-owner/event", json.dumps(event).encode())[1])
    assert (answer["reply"]["type"], answer["view"]["given"]) == ("done", {"choice": "b"})
    assert ask(server, f"item/tiny-owner/state?seen={state['version']}")[1] == b"null"
    ask(server, "item/tiny-owner/anew", b"")
    assert json.loads(ask(server, "item/tiny-owner/state?seen=1")[1])["panel"]["view"]["given"] is None


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("item/tiny-owner/event", b"{", 400),
        ("item/tiny-owner/event", b"\xff", 400),
        ("item/tiny-owner/event", b"[]", 200),
        ("item/tiny-owner/state?seen=x", None, 400),
        ("item/tiny-owner/event", None, 404),
        ("item/nobody/state", None, 404),
        ("item/tiny-owner/state", b"", 404),
        ("browser/../page.js", None, 404),
        ("browser/..%2F..%2Fanswers.py", None, 404),
        ("page.html", None, 404),
    ],
)
def test_what_is_odd_is_refused_and_the_server_goes_on(server: Server, path: str, body: bytes | None, status: int):
    assert ask(server, path, body)[0].status == status
    assert ask(server, "item/tiny-owner")[0].status == 200


def test_an_event_that_is_too_long_is_not_even_read(server: Server):
    address = urlsplit(server.address)
    connection = HTTPConnection(str(address.hostname), address.port, timeout=10)
    connection.putrequest("POST", f"{address.path}item/tiny-owner/event")
    connection.putheader("Content-Length", str(LONGEST_EVENT + 1))
    connection.endheaders()
    assert connection.getresponse().status == 413


def test_a_name_that_is_no_plain_one_has_an_address_too(author: Author):
    author.writes("grading/bank/tiny.yml", "id: tiny-owner", "id: ../Who owns it?")
    one = subject.item(author.root, "tiny", "../Who owns it?")
    assert place(one) == "item/..%2FWho%20owns%20it%3F"
