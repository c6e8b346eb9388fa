"""The preview's own small server: for this machine alone, behind a word that nobody else knows.

It serves the panels' real browser code and one page that mounts it; nothing comes from another host.
"""

from __future__ import annotations

import html
import json
import secrets
import sys
from collections.abc import Callable, Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from authoring.preview.session import Session
from authoring.preview.subject import Subject
from casebook.widgets.runtime import browser_side

HERE = Path(__file__).parent
LONGEST_EVENT = 1_000_000
"""Bytes."""

_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; "
    "base-uri 'self'; frame-ancestors 'none'"
)
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".json": "application/json"}


class Server(ThreadingHTTPServer):
    """Serves the previews of ``subjects``; what is answered in them is kept under ``folder``."""

    daemon_threads = True  # a browser keeps its lines open: they do not keep the server from ending

    def __init__(self, subjects: Sequence[Subject], folder: Path) -> None:
        self._token = secrets.token_urlsafe(16)
        self._sessions = {place(one): Session(one, folder / str(n)) for n, one in enumerate(subjects)}
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        """The page that lists all subjects; with :func:`place` after it, that of one."""
        return f"http://127.0.0.1:{self.server_address[1]}/{self._token}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Passes over a browser that went away in the middle of a word."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def answer(self, method: str, address: str, body: bytes) -> tuple[str, bytes] | None:
        """What is asked for, after the ending that tells its type; ``None`` where there is no such thing."""
        parts = urlsplit(address)
        _, token, *way = parts.path.split("/")
        if not secrets.compare_digest(token.encode(), self._token.encode()):
            return None
        if method == "GET" and way == [""]:
            return ".html", self._list()
        if method == "GET" and way in (["page.js"], ["page.css"]):
            return Path(way[0]).suffix, (HERE / way[0]).read_bytes()
        if method == "GET" and way[0] == "browser":
            return _browser(way[-1])
        session = self._sessions.get("/".join(way[:2]))
        return self._of(session, method, way[2:], parse_qs(parts.query), body) if session else None

    def _of(
        self, session: Session, method: str, way: list[str], query: dict[str, list[str]], body: bytes
    ) -> tuple[str, bytes] | None:
        match method, way:
            case "GET", []:
                return ".html", self._page(session.subject)
            case "GET", ["state"]:
                return _json(session.state(int(query.get("seen", ["0"])[0])))
            case "POST", ["event"]:
                event = json.loads(body)
                return _json(session.event(event) if isinstance(event, dict) else None)
            case "POST", ["anew"]:
                session.anew()
                return _json({})
        return None

    def _page(self, subject: Subject) -> bytes:
        words = {"base": f"/{self._token}/", "place": place(subject), "name": subject.name, "about": _about(subject)}
        return _filled("page.html", words)

    def _list(self) -> bytes:
        subjects = [session.subject for session in self._sessions.values()]
        lines = (f'<li><a href="{place(one)}">{html.escape(one.name)}</a>, {_about(one)}</li>' for one in subjects)
        module = subjects[0].module if subjects else ""
        page = _filled("list.html", {"base": f"/{self._token}/", "module": module})
        return page.replace(b"<!-- list -->", "\n".join(lines).encode())


def place(subject: Subject) -> str:
    """Where the page of a subject is, seen from the list."""
    return f"{'scenario' if subject.is_scenario else 'item'}/{quote(subject.name, safe='')}"


def _about(subject: Subject) -> str:
    if subject.is_scenario:
        return "a scenario"
    return "a graded item" if subject.is_graded else "a practice item"


def _filled(name: str, words: dict[str, str]) -> bytes:
    page = Template((HERE / name).read_text(encoding="utf-8"))
    return page.substitute({key: html.escape(value) for key, value in words.items()}).encode()


def _browser(name: str) -> tuple[str, bytes] | None:
    sources, style = browser_side()
    files = {**sources, "style.css": style}
    return (Path(name).suffix, files[name].encode()) if name in files else None


def _json(data: object) -> tuple[str, bytes]:
    return ".json", json.dumps(data).encode()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        self._reply(lambda: self.server.answer("GET", self.path, b""))

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LONGEST_EVENT:
            self.close_connection = True
            return self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, ".html", b"")
        body = self.rfile.read(int(length))
        return self._reply(lambda: self.server.answer("POST", self.path, body))

    def log_message(self, *_arguments: Any) -> None:
        """Nothing: the terminal is the author's."""

    def _reply(self, answer: Callable[[], tuple[str, bytes] | None]) -> None:
        try:
            found = answer()
        except ValueError:
            return self._send(HTTPStatus.BAD_REQUEST, ".html", b"")
        return self._send(HTTPStatus.OK, *found) if found else self._send(HTTPStatus.NOT_FOUND, ".html", b"")

    def _send(self, status: HTTPStatus, ending: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{_TYPES[ending]}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(data)
