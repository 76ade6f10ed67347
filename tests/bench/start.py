"""How long until a judge sees his screen with its data, against the smallest app that Textual can run."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from tests.bench.contest import kit
from tests.bench.terminal import Terminal

ROUNDS = 12
MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("minimal app")
Minimal().run()
"""


def start() -> dict[str, float]:
    """`start_ratio`: median first paint with data ÷ the minimal app's, interleaved; `ready_ratio`: until a key is answered;
    `rss_mb` of the judge's program."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = kit(folder, 36, 10)
        ours = ["-m", "judge_tui", "--lang", "zh", "score", str(file)]
        home = {"JUDGE_TUI_HOME": str(folder)}
        times: dict[str, list[float]] = {"minimal": [], "judge": [], "ready": []}
        resident = []
        for turn in range(-2, ROUNDS):
            with Terminal(["-c", MINIMAL], 120, 36) as terminal:
                minimal = terminal.until("minimal app")[0] - terminal.started
            with Terminal(ours, 120, 36, home) as terminal:
                judge = terminal.until("第20村")[0] - terminal.started
                terminal.type("77")  # a number that no organisation of the list has
                ready = terminal.until(" 77 ")[0] - terminal.started
                terminal.quiet(0.3)
                memory = terminal.resident()
                terminal.type("\x1b")
                terminal.quiet(0.5)
            if turn >= 0:
                for key, value in (("minimal", minimal), ("judge", judge), ("ready", ready)):
                    times[key].append(value)
                resident.append(memory)
    base = median(times["minimal"])
    return {
        "start_ratio": round(median(times["judge"]) / base, 3),
        "rss_mb": round(median(resident), 1),
        "ready_ratio": round(median(times["ready"]) / base, 3),
        "start_ms": round(1000 * median(times["judge"]), 1),
        "minimal_ms": round(1000 * base, 1),
    }
