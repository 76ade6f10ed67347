"""What one picture costs on the projector at 160×50: from the host's key to the last byte of the frame."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from judge_tui import settings
from judge_tui.services.preparing.definitions import load_definition
from judge_tui.services.preparing.issuing import issue
from tests.bench.terminal import Terminal

PAGE_DOWN, PAGE_UP = "\x1b[6~", "\x1b[5~"


ROUNDS = 3


def reveal() -> dict[str, float]:
    """Wall and processor time of each frame and its bytes, and the bytes of a running clock's second; each figure is the median
    of several runs of the program."""
    rounds = [_ceremony() for _ in range(ROUNDS)]
    return {name: median(figures[name] for figures in rounds) for name in rounds[0]}


def _ceremony() -> dict[str, float]:
    """A rehearsed ceremony of 36 villages, step by step there and back."""
    wall: list[float] = []
    cpu: list[float] = []
    sent: list[int] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        event = load_definition(settings.data_folder() / "xindian" / "event.toml")
        issued = issue(event, folder / "event", keys=folder / "keys")
        arguments = ["-m", "judge_tui", "--lang", "zh", "project", str(issued.organiser), "--rehearse"]
        with Terminal(arguments, 160, 50, {"JUDGE_TUI_HOME": str(folder)}) as terminal:
            terminal.until("彩排")
            terminal.quiet(1.0)
            terminal.type(PAGE_DOWN + "c")
            terminal.frame(0.3)
            ticks = [float(len(terminal.frame(0.3)[1])) for _ in range(4)]
            terminal.type("c" + PAGE_UP)
            terminal.quiet(1.0)
            for key in [PAGE_DOWN] * 80 + [PAGE_UP] * 20 + [PAGE_DOWN] * 20:
                before, began = terminal.cpu(), time.perf_counter()
                terminal.type(key)
                at, seen = terminal.frame()
                wall.append(at - began)
                cpu.append(terminal.cpu() - before)
                sent.append(len(seen))
    return {
        "frame_p99_ms": round(1000 * _percentile(wall, 0.99), 2),
        "frame_p50_ms": round(1000 * _percentile(wall, 0.5), 2),
        "frame_cpu_p99_ms": round(1000 * _percentile(cpu, 0.99), 2),
        "frame_cpu_p50_ms": round(1000 * _percentile(cpu, 0.5), 2),
        "frame_bytes_p99": _percentile([float(item) for item in sent], 0.99),
        "tick_bytes": max(ticks),
    }


def _percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
