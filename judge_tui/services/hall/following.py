"""The hall's window on another laptop: follows a served hall by its address, and comes back when that one does."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event as Signal
from threading import Thread
from typing import Any
from urllib.parse import quote, urlsplit

from judge_tui.domain.ceremony.machine import Act
from judge_tui.domain.ceremony.picture import Picture
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg, verbatim
from judge_tui.services.hall.picture_codec import decode, encode

PAUSE = 0.2
"""Seconds between two looks."""

PATIENCE = 3.0
"""Seconds until an answer is given up; the hall keeps its picture meanwhile."""

MOST_BYTES = 2_000_000
MOST_PHOTO = 30_000_000


def _milliseconds() -> int:
    return time.time_ns() // 1_000_000


def picture_json(picture: Picture, key: str, now: int) -> dict[str, Any]:
    """What a served hall tells its followers: the picture, its key, and what time it is there (milliseconds)."""
    return {"picture": encode(picture), "key": key, "now": now}


def _here(picture: Picture, ahead: int) -> Picture:
    """A picture of a laptop whose clock is so many milliseconds ahead of ours (behind, where negative), on our clock."""
    if picture.clock is None or picture.clock.since is None:
        return picture
    return replace(picture, clock=replace(picture.clock, since=picture.clock.since - ahead))


class FollowedHall:
    """A hall that another laptop serves. Language and size are this laptop's own."""

    stale = unsaved = False

    def __init__(self, address: str, now: Callable[[], int] = _milliseconds) -> None:
        """Raises JudgeTuiError (`UNREACHABLE`) where nobody serves a hall at this address."""
        self._now, self._key, self._said = now, "", ""
        self._there: Picture | None = None
        self._pictures = TemporaryDirectory(prefix="judge-tui-", ignore_cleanup_errors=True)
        try:
            parts = urlsplit(address if address.endswith("/") else f"{address}/")
            self._host, self._port, self._path = parts.hostname or "", parts.port or 80, parts.path
            self._picture = self._look()
        except (OSError, HTTPException, ValueError) as error:
            self._pictures.cleanup()
            raise JudgeTuiError(
                "UNREACHABLE",
                msg("No hall is served at {address}: {reason}", address=address, reason=verbatim(error)),
                msg("Type the whole address that `judge-tui project EVENT.db --serve --listen …` printed there."),
            ) from error
        self._shown = self._picture
        self._closed = Signal()
        Thread(target=self._follow, daemon=True).start()

    def close(self) -> None:
        """Follow no longer."""
        self._closed.set()
        self._pictures.cleanup()

    @property
    def media(self) -> Path:
        """The folder with the pictures of who is on, brought here from the other laptop."""
        return Path(self._pictures.name)

    @property
    def picture(self) -> Picture:
        """What the hall sees now."""
        return self._shown

    def poll(self) -> bool:
        """Look whether another picture has arrived."""
        if self._picture == self._shown:
            return False
        self._shown = self._picture
        return True

    def tell(self, pages: int) -> None:
        """Say with the next look how many pages this screen needs."""
        self._said = f"?key={self._key}&pages={pages}"

    def act(self, act: Act) -> None:
        """Ask the other laptop. Raises JudgeTuiError with what stands in the way."""
        said = {"move": act.move.value, "number": act.number, "text": act.text}
        try:
            status, answer = self._ask("POST", "act", json.dumps(said).encode())
            if status == HTTPStatus.OK:
                self._shown = self._picture = self._look()
                return
        except (OSError, HTTPException, ValueError) as error:
            raise JudgeTuiError(
                "UNREACHABLE", msg("The other laptop does not answer: {reason}", reason=verbatim(error))
            ) from error
        raise _refusal(answer)

    def renew(self, *, close: bool = False) -> None:
        """The other laptop reads its files itself."""

    def _follow(self) -> None:
        while not self._closed.wait(PAUSE):
            try:
                self._picture = self._look()
            except (OSError, HTTPException, ValueError):
                continue

    def _look(self) -> Picture:
        status, answer = self._ask("GET", f"state{self._said}")
        if status != HTTPStatus.OK:
            raise ValueError(f"{status}")
        raw = json.loads(answer)
        if not isinstance(raw, dict):
            raise ValueError("no picture")
        there: Picture = decode(Picture, raw.get("picture"))
        key, now = raw.get("key"), raw.get("now")
        if not isinstance(key, str) or not key.isalnum() or type(now) is not int:
            raise ValueError("no picture")
        if there != self._there:
            ahead = now - self._now()
            self._bring(there)
            self._there, self._key, self._picture = there, key, _here(there, ahead)
        return self._picture

    def _bring(self, picture: Picture) -> None:
        """Bring the pictures of who is on; one that does not come is a caption, as where it is missing."""
        for photo in picture.turn.photos if picture.turn else ():
            path = (self.media / photo.file).resolve()
            if path.exists() or not path.is_relative_to(self.media.resolve()):
                continue
            try:
                status, content = self._ask("GET", f"media/{quote(photo.file)}", most=MOST_PHOTO)
                if status == HTTPStatus.OK and len(content) < MOST_PHOTO:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
            except (OSError, HTTPException):
                continue

    def _ask(self, method: str, name: str, body: bytes | None = None, most: int = MOST_BYTES) -> tuple[int, bytes]:
        connection = HTTPConnection(self._host, self._port, timeout=PATIENCE)
        try:
            connection.request(method, self._path + name, body, {"Content-Type": "application/json"} if body else {})
            answer = connection.getresponse()
            return answer.status, answer.read(most)
        finally:
            connection.close()


def _refusal(answer: bytes) -> JudgeTuiError:
    """What the other laptop said stands in the way, in its language."""
    try:
        said = json.loads(answer)
        return JudgeTuiError(str(said["code"]), verbatim(said["message"]))
    except (ValueError, KeyError, TypeError):
        return JudgeTuiError("CEREMONY", msg("The other laptop did not understand this."))
