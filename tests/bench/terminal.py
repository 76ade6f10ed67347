"""A terminal for the benchmarks: runs a program in a pty, types at it, and notes when which bytes came back."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path


class Terminal:
    """A program in a pty of a given size. Use as a context: the program is ended at the end."""

    def __init__(
        self, arguments: Sequence[str], columns: int, rows: int, environment: Mapping[str, str] | None = None
    ) -> None:
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})})
            os.execv(sys.executable, [sys.executable, *arguments])
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def type(self, keys: str) -> None:
        """Send keys as a terminal would."""
        os.write(self._fd, keys.encode())

    def until(self, wanted: str, timeout: float = 60.0) -> tuple[float, bytes]:
        """Read until a text has come; returns the moment (perf_counter) it was there, and all bytes read."""
        sought, seen = wanted.encode(), b""
        deadline = time.perf_counter() + timeout
        while sought not in seen:
            if not select.select([self._fd], [], [], max(0.0, deadline - time.perf_counter()))[0]:
                raise TimeoutError(f"{wanted!r} did not come; the end of what did: {seen[-2000:]!r}")
            seen += os.read(self._fd, 65536)
        return time.perf_counter(), seen

    def quiet(self, still: float) -> bytes:
        """Read until nothing has come for `still` seconds, or the program has ended; returns all bytes read."""
        seen = b""
        while select.select([self._fd], [], [], still)[0]:
            try:
                seen += os.read(self._fd, 65536)
            except OSError:
                break
        return seen

    def frame(self, still: float = 0.06, patience: float = 2.0) -> tuple[float, bytes]:
        """Read one answer: returns the moment its last byte came, and its bytes."""
        seen, last = b"", time.perf_counter()
        if select.select([self._fd], [], [], patience)[0]:
            seen = os.read(self._fd, 65536)
            last = time.perf_counter()
            while select.select([self._fd], [], [], still)[0]:
                seen += os.read(self._fd, 65536)
                last = time.perf_counter()
        return last, seen

    def cpu(self) -> float:
        """Seconds of processor time the program has used, all threads, finer than a clock tick."""
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def resident(self) -> float:
        """Megabytes of memory in use."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise LookupError("VmRSS")
