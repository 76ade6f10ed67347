"""The hall's screen for browsers: one page, the present picture, and the host's acts, behind a token in the address.

Made of the standard library alone: a handful of browsers in one hall, never the open internet. It answers nothing without
the token, gives out pictures only (never what is not revealed), and listens on this machine unless told otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from socket import AF_INET6
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, unquote

from judge_tui.domain.ceremony.machine import Act, Move
from judge_tui.domain.ceremony.picture import Picture
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services.hall.following import picture_json
from judge_tui.services.hall.page import Say, frame_of, live_page
from judge_tui.services.hall.windows import Hall

MOST_BODY = 4096
"""Bytes of a request at most; an act is shorter."""

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}


class HallServer(ThreadingHTTPServer):
    """Serves one hall. `media` is the folder of the event's pictures; `now` gives milliseconds for the clock."""

    daemon_threads = True

    def __init__(
        self,
        address: tuple[str, int],
        hall: Hall,
        *,
        token: str,
        say: Say,
        language: str,
        media: Path,
        now: Callable[[], int],
    ) -> None:
        """Raises OSError where the address cannot be listened on."""
        if ":" in address[0]:
            self.address_family = AF_INET6
        super().__init__(address, _Handler)
        self.hall, self.token, self.say, self.language, self.media, self.now = hall, token, say, language, media, now
        self._one = Lock()

    @property
    def url(self) -> str:
        """The address to open, token included."""
        return self.url_at(str(self.server_address[0]))

    def url_at(self, host: str) -> str:
        """The same by another address of this machine."""
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_address[1]}/{self.token}/"

    def picture(self) -> tuple[Picture, str]:
        """What the hall sees now, whichever window moved it, and its key. A file that cannot be read just now is tried again."""
        with self._one:
            self.hall.poll()
            if self.hall.stale:
                with suppress(JudgeTuiError):
                    self.hall.renew()
            return self.hall.picture, self.hall.key

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away, or a request cut short, is nobody's trouble here."""

    def photo(self, name: str) -> Path | None:
        """A picture of the organisation on the stage, None for any other file."""
        turn = self.hall.picture.turn
        if turn is None or name not in {photo.file for photo in turn.photos}:
            return None
        found = (self.media / name).resolve()
        return found if found.is_relative_to(self.media.resolve()) and found.is_file() else None


class _Handler(BaseHTTPRequestHandler):
    """One request. Anything without the token is not found."""

    server: HallServer
    server_version, sys_version = "judge-tui", ""
    protocol_version = "HTTP/1.1"
    timeout = 15

    def do_GET(self) -> None:
        """The page, the present picture, or a photo."""
        name = self._name()
        if name is None:
            self._answer(HTTPStatus.NOT_FOUND)
        elif name == "":
            title = self.server.hall.picture.title
            self._answer(HTTPStatus.OK, live_page(title, self.server.language).encode(), "text/html; charset=utf-8")
        elif name == "picture":
            self._told()
            picture, key = self.server.picture()
            self._json(HTTPStatus.OK, {**frame_of(picture, self.server.say, self.server.now()), "key": key})
        elif name == "state":
            self._told()
            self._json(HTTPStatus.OK, picture_json(*self.server.picture(), self.server.now()))
        elif name.startswith("media/") and (path := self.server.photo(name.removeprefix("media/"))) is not None:
            self._answer(HTTPStatus.OK, path.read_bytes(), guess_type(path.name)[0] or "application/octet-stream")
        else:
            self._answer(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """An act of the host."""
        length = self.headers.get("Content-Length", "")
        if self._name() != "act" or self.headers.get_content_type() != "application/json":
            self.close_connection = True
            self._answer(HTTPStatus.NOT_FOUND)
            return
        if not length.isdecimal() or int(length) > MOST_BODY:
            self.close_connection = True
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        try:
            act = _act(json.loads(self.rfile.read(int(length))), self.server.now())
        except (ValueError, RecursionError):
            self._answer(HTTPStatus.BAD_REQUEST)
            return
        try:
            self.server.hall.act(act)
        except JudgeTuiError as error:
            self._json(HTTPStatus.CONFLICT, {"code": error.code, "message": self.server.say(error.message)})
        else:
            self._json(HTTPStatus.OK, {})

    def _told(self) -> None:
        """How many pages the browser needs for a picture, where it says so."""
        said = parse_qs(self.path.partition("?")[2])
        key, pages = said.get("key", [""])[0], said.get("pages", [""])[0]
        if key.isalnum() and key.isascii() and len(key) == 8 and pages.isdecimal() and len(pages) < 5:
            self.server.hall.tell(int(pages), key)

    def _name(self) -> str | None:
        """What is asked for behind the token; None without it."""
        parts = unquote(self.path.partition("?")[0]).split("/", 2)
        if len(parts) != 3 or not compare_digest(parts[1].encode(), self.server.token.encode()):
            return None
        return parts[2]

    def _json(self, status: HTTPStatus, value: dict[str, Any]) -> None:
        self._answer(status, json.dumps(value, ensure_ascii=False).encode(), "application/json; charset=utf-8")

    def _answer(self, status: HTTPStatus, content: bytes = b"", kind: str = "text/plain; charset=utf-8") -> None:
        self.send_response(status)
        for name, value in {**HEADERS, "Content-Type": kind, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the standard library's name
        """Nothing is logged: addresses hold the token."""


def _act(raw: object, now: int) -> Act:
    """An act as a browser sends it. Raises ValueError for anything else."""
    if not isinstance(raw, dict):
        raise ValueError(raw)
    move, number, text = Move(str(raw.get("move"))), raw.get("number", 0), raw.get("text", "")
    if type(number) is not int or not isinstance(text, str) or abs(number) > 1_000_000:
        raise ValueError(raw)
    return Act(move, now if move is Move.CLOCK else number, text)
