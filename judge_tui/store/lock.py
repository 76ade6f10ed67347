"""One writer a file: a lock that the operating system gives back even when the program is killed."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path


class WriterLock:
    """Held by whoever may write a file, on a small file beside it (`.NAME.lock`) that goes away with the holder."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f".{path.name}.lock")
        self._file: int | None = None
        self.impossible = False
        """Whether no lock can be made here at all: a read-only disk or folder."""

    def take(self, patience: float = 0.0) -> bool:
        """Try to become the writer, for so many seconds; False where another window still is, or where nothing can be
        written here at all."""
        until = time.monotonic() + patience
        while not self._take():
            if self.impossible or time.monotonic() >= until:
                return False
            time.sleep(0.005)
        return True

    def _take(self) -> bool:
        while self._file is None:
            try:
                file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError:
                self.impossible = True
                return False
            if not _lock(file):
                os.close(file)
                return False
            if _same(file, self._path):
                self._file = file
            else:  # the last holder removed the file between our opening and our locking it
                os.close(file)
        return True

    def release(self) -> None:
        """Give the lock back; harmless where it is not held."""
        if self._file is None:
            return
        file, self._file = self._file, None
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(file)
            _remove(self._path)
        else:
            _remove(self._path)
            os.close(file)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def _same(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
