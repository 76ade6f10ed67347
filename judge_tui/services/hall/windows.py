"""One ceremony in several windows: its place stands in a small file beside the event, so that any window may be restarted.

The file holds where the ceremony stands (numbers only) and the picture the hall sees; nothing that is not yet revealed is
in it. Every act reads it, moves on and writes it whole, under a lock that the presenter's window keeps while it is open.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from threading import RLock, Thread

from judge_tui.domain.ceremony.machine import OPEN, Act, Ceremony, Move, State
from judge_tui.domain.ceremony.picture import Picture, Progress, picture_of
from judge_tui.domain.ceremony.show import Show, Turn
from judge_tui.domain.errors import LockedError
from judge_tui.domain.messages import msg
from judge_tui.services.hall.picture_codec import decode, encode
from judge_tui.services.hall.screen import ScreenNote
from judge_tui.store.disk import sync_folder
from judge_tui.store.lock import WriterLock

FORMAT = "judge-tui hall 1"

TRIES = 40
"""How often the file is tried to be replaced while another window reads it."""

Stamp = tuple[int, int, int]


def hall_path(event_file: Path, *, rehearsal: bool = False) -> Path:
    """Where the ceremony of an organiser's file stands; a rehearsal has its own."""
    return event_file.with_suffix(".rehearsal.hall" if rehearsal else ".hall")


@dataclass(frozen=True, slots=True)
class Saved:
    """What the file says: of which result, where the ceremony stands and stood, the picture, and in which order the
    organisations (their ids) were on the stage when it was written."""

    event: str
    digest: str
    state: State
    past: tuple[State, ...]
    picture: Picture
    turns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Written:
    format: str
    saved: Saved


def read_hall(path: Path) -> Saved | None:
    """What stands in the file; None where there is none or it cannot be understood (the ceremony then begins anew)."""
    try:
        written: _Written = decode(_Written, json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError):
        return None
    return written.saved if written.format == FORMAT else None


class Hall:
    """A window on the ceremony of an event.

    `load` makes the show from the event's files, when it is wanted; `source` is the file whose change makes that worth
    while. `progress` counts sheets, None for unknown. `note` is told of every reason for which something provisional is
    revealed, before it is. With `hold` the window steers for as long as it is open, and no other does.
    """

    def __init__(
        self,
        path: Path,
        load: Callable[[], Show],
        *,
        source: Path | None = None,
        progress: Callable[[], Progress | None] = lambda: None,
        note: Callable[[str], None] = lambda reason: None,
        hold: bool = False,
    ) -> None:
        """Raises LockedError where `hold` is asked for and another window holds it."""
        self.path, self._load, self._source, self._count, self._note = path, load, source, progress, note
        self._lock, self._hold, self._mutex = WriterLock(path), hold, RLock()
        self._screen = ScreenNote(path.with_name(f"{path.name}.pages"))
        self.unsaved = False
        if hold and not self._lock.take() and _writable(path.parent):
            raise LockedError(
                "HOSTED", msg("Another window is hosting this event."), msg("Go on there, or close it and try again.")
            )
        self._source_seen = _stamp(source)
        self._known: tuple[Stamp | None, Ceremony] | None = None
        self._show, self._progress = load(), progress()
        saved = read_hall(path)
        self._seen = _stamp(path)
        same = saved is not None and saved.event == self._show.event
        self._picture = saved.picture if saved and same else picture_of(Ceremony(self._show), self._progress)
        if hold:
            self._write(self.ceremony)
        elif saved and same and saved.state.stage not in OPEN:
            self._source_seen = (
                None  # since it was drawn, sheets may have come, or a seal been set or taken back: drawn anew
            )

    def close(self) -> None:
        """Let other windows steer."""
        self._lock.release()

    @property
    def picture(self) -> Picture:
        """What the hall sees now."""
        return self._picture

    @property
    def key(self) -> str:
        """By what the present picture is recognised, whichever of its pages is shown."""
        return self._screen.key(self._picture)

    @property
    def pages(self) -> int:
        """How many pages the hall's screen needs for the present picture; 0 where none has said so."""
        return self._screen.pages(self._picture)

    def tell(self, pages: int, key: str = "") -> None:
        """A screen says how many pages it needs for the present picture (or for the one with this key)."""
        self._screen.tell(key or self.key, pages)

    @property
    def ceremony(self) -> Ceremony:
        """Where the ceremony stands, with its show; closed again where its result is no longer the one that was opened."""
        stamp = _stamp(self.path)
        if self._known is None or self._known[0] != stamp or self._known[1].show is not self._show:
            self._known = (stamp, self._read())
        return self._known[1]

    def _read(self) -> Ceremony:
        saved = read_hall(self.path)
        if saved is None or saved.event != self._show.event:
            return Ceremony(self._show)
        turns = tuple(Turn(organisation, 0, "") for organisation in saved.turns)
        then = replace(self._show, digest=saved.digest, turns=turns)
        return Ceremony(then, saved.state, saved.past).with_show(self._show)

    def poll(self) -> bool:
        """Look whether another window has moved on; True where the picture is another."""
        stamp = _stamp(self.path)
        if stamp == self._seen:
            return False
        self._seen = stamp
        saved = read_hall(self.path)
        if saved is None or saved.picture == self._picture:
            return False
        self._picture = saved.picture
        return True

    def act(self, act: Act) -> None:
        """An act of the host. Raises JudgeTuiError with what stands in the way, LockedError where another window hosts."""
        with self._mutex, _Turn(self._lock, self._hold, self.path.parent):
            ceremony = self.ceremony.act(act)
            if act.move is Move.OVERRIDE:
                self._note(act.text.strip())
            self._write(ceremony)

    @property
    def stale(self) -> bool:
        """Whether the event's file has changed since it was read."""
        return _stamp(self._source) != self._source_seen

    def renew(self, *, close: bool = False) -> None:
        """Read the event's files anew and count the sheets; what another window hosts is left to that one.

        While the result is open nothing is read anew, unless `close` says so: it may then be closed again, if it is no
        longer what was opened. Raises JudgeTuiError where the files cannot be read.
        """
        seen = _stamp(self._source)
        show, progress = self._load(), self._count()
        with self._mutex:
            if self.ceremony.state.stage in OPEN and not close:
                return
            self._source_seen, self._show, self._progress = seen, show, progress
            try:
                with _Turn(self._lock, self._hold, self.path.parent):
                    self._write(self.ceremony)
            except LockedError:
                return

    def _write(self, ceremony: Ceremony) -> None:
        picture = picture_of(ceremony, self._progress)
        show = ceremony.show
        turns = tuple(turn.organisation for turn in show.turns)
        written = encode(_Written(FORMAT, Saved(show.event, show.digest, ceremony.state, (), picture, turns)))
        written["saved"]["past"] = [_encoded(state) for state in ceremony.past]
        content = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
        try:
            _swap(self.path, content.encode())
            self.unsaved = False
        except OSError:  # a stick that cannot be written, a full disk: the hall goes on, in this window alone
            self.unsaved = True
        self._picture, self._seen = picture, _stamp(self.path)
        self._known = (self._seen, ceremony)


@lru_cache(maxsize=512)
def _encoded(state: State) -> object:
    """A state of the past, of which each step has one more."""
    return encode(state)


def _swap(path: Path, data: bytes) -> None:
    """Put new content in the place of the old, whole. The disk is told to keep it a moment later, because the hall must
    not wait for it: a power cut in between loses the last step of the host, nothing else."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    for patience in range(TRIES):
        try:
            part.replace(path)
            break
        except PermissionError:  # Windows, while another window is just reading it
            if patience == TRIES - 1:
                raise
            time.sleep(0.005)
    Thread(target=_settle, args=(path,), daemon=True).start()


def _writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK)


def _settle(path: Path) -> None:
    """Ask the disk to keep a file; where that cannot be asked, it keeps it when it likes."""
    try:
        with path.open("r+b") as file:
            os.fsync(file.fileno())
        sync_folder(path.parent)
    except OSError:
        return


def _stamp(path: Path | None) -> Stamp | None:
    """What changes with a file; None where there is none."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino) if found else None


class _Turn:
    """The right to move on: for one act, unless the window keeps it."""

    def __init__(self, lock: WriterLock, kept: bool, folder: Path) -> None:
        self._lock, self._kept, self._folder = lock, kept, folder

    def __enter__(self) -> None:
        """Raises LockedError where another window hosts."""
        if not self._kept and not self._lock.take() and _writable(self._folder):
            raise LockedError(
                "HOSTED", msg("The presenter's window steers."), msg("Close it to steer from the hall's window.")
            )

    def __exit__(self, *_: object) -> None:
        if not self._kept:
            self._lock.release()
