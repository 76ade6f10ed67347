"""What the hub writes down: who was refused and why, as JSON lines beside the organiser's file. It is never counted."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from judge_tui.services.clock import Now, stamp

SUFFIX = ".hub.log"


@dataclass(frozen=True, slots=True)
class Incident:
    """One request that was refused: its code, whence, who it claimed to be, and what was wrong, in English."""

    code: str
    address: str
    author: str = ""
    path: str = ""
    detail: str = ""


class HubLog:
    """The newest incidents in memory, all up to a limit in a file, and how many there were of each code."""

    def __init__(
        self, path: Path, now: Now, most: int = 20_000, on_incident: Callable[[Incident], None] | None = None
    ) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()
        self.recent: deque[Incident] = deque(maxlen=200)
        self._now, self._left, self._tell = now, most, on_incident

    def refused(self, incident: Incident) -> None:
        """Note a refusal. A disk that does not take it stops nothing; a flood does not fill the disk."""
        self.counts[incident.code] += 1
        self.recent.append(incident)
        if self._left > 0:
            self._left -= 1
            line = json.dumps({"at": stamp(self._now), **asdict(incident)}, ensure_ascii=True)
            try:
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(line + "\n")
            except OSError:
                self._left = 0
        if self._tell is not None:
            self._tell(incident)
