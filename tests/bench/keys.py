"""What one key and one mark cost on the score sheet: processor time, wall time over a bare echo, bytes to the terminal.

Marks are typed along the first columns of one row after the other, so that the page is not turned by them; turning it is
measured by itself (`page_…`).
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.contest import kit
from tests.bench.terminal import Terminal

MARKS = 150
COLUMNS = 7
ECHO = """
import os, termios, tty
tty.setraw(0)
os.write(1, b"ready")
while True:
    os.write(1, os.read(0, 64))
"""


def keys() -> dict[str, float]:
    """CPU of a mark (typed, recorded durably, repainted) at two sizes, wall time over the echo's, bytes for one mark."""
    echoes: list[float] = []
    figures: dict[str, float] = {}
    wall: list[float] = []
    sent: list[int] = []
    pages: list[tuple[float, int]] = []
    for organisations, criteria in ((36, 10), (500, 30)):
        cpu, walls, counts, turned = _marks(organisations, criteria, echoes)
        pages += turned
        figures[f"cpu_p99_ms_{organisations}x{criteria}"] = round(1000 * _percentile(cpu, 0.99), 2)
        figures[f"cpu_p50_ms_{organisations}x{criteria}"] = round(1000 * _percentile(cpu, 0.5), 2)
        wall += walls
        sent += counts
    figures["wall_over_control_p99_ms"] = round(1000 * max(0.0, _percentile(wall, 0.99) - _percentile(echoes, 0.99)), 2)
    figures["wall_p50_ms"] = round(1000 * _percentile(wall, 0.5), 2)
    figures["commit_bytes"] = max(sent)
    figures["commit_bytes_p50"] = _percentile([float(item) for item in sent], 0.5)
    figures["page_cpu_p50_ms"] = round(1000 * _percentile([cpu for cpu, _ in pages], 0.5), 2)
    figures["page_bytes"] = max(count for _, count in pages)
    return figures


def _marks(
    organisations: int, criteria: int, echoes: list[float]
) -> tuple[list[float], list[float], list[int], list[tuple[float, int]]]:
    """For each mark: CPU per key, wall time of its Enter until the last byte, bytes of the Enter; CPU and bytes of pages.

    A bare echo in a pty of its own is timed beside every mark: what the machine does meanwhile strikes both."""
    cpu, wall, sent, pages = [], [], [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = kit(folder, organisations, criteria)
        arguments = ["-m", "judge_tui", "--lang", "zh", "score", str(file)]
        home = {"JUDGE_TUI_HOME": str(folder)}
        with Terminal(["-c", ECHO], 80, 24) as echo, Terminal(arguments, 120, 36, home) as terminal:
            echo.until("ready")
            terminal.until("第20村")
            terminal.quiet(0.5)
            terminal.type("\x1bOQ")
            terminal.until("各项合计")
            terminal.quiet(0.8)
            for count in range(MARKS):
                for key in str(20 + count * 7 % 31):
                    before = terminal.cpu()
                    terminal.type(key)
                    terminal.frame()
                    cpu.append(terminal.cpu() - before)
                before, began = terminal.cpu(), time.perf_counter()
                terminal.type("\r")
                at, seen = terminal.frame()
                cpu.append(terminal.cpu() - before)
                wall.append(at - began)
                sent.append(len(seen))
                for _ in range(4):
                    began = time.perf_counter()
                    echo.type("x")
                    echoes.append(echo.until("x")[0] - began)
                    time.sleep(0.002)
                if count % COLUMNS == COLUMNS - 1:
                    terminal.type("\x1b[H\x1b[B")
                    terminal.quiet(0.6)
            for _ in range(10):
                before = terminal.cpu()
                terminal.type("\x1b[6~" if organisations > 100 else "\x1bOQ")
                seen = terminal.quiet(0.3)
                pages.append((terminal.cpu() - before, len(seen)))
    return cpu, wall, sent, pages


def _percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
