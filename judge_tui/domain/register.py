"""What the organiser's notices held so far say about who may write and what may be marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from judge_tui.domain.definition import read_definition
from judge_tui.domain.ledger import Author, EventKey, event_key
from judge_tui.domain.rules import Counted


@dataclass(slots=True)
class Register:
    """What the notices held so far say about who may write and what may be marked. Grows; nothing is ever taken out.

    `cells` are the places of marks, as bodies write them, that were found in a definition before. `submitted_only` says whether
    the newest definition counts submitted marks only.
    """

    key: EventKey
    rehearsal: bool = False
    offices: set[Author] = field(default_factory=set)
    kits: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    organisations: set[str] = field(default_factory=set)
    criteria: set[str] = field(default_factory=set)
    admitted: dict[Author, str] = field(default_factory=dict)
    cells: set[bytes] = field(default_factory=set)
    submitted_only: bool = False

    def copy(self) -> Register:
        """A register that may learn without this one knowing."""
        return Register(
            self.key,
            self.rehearsal,
            set(self.offices),
            dict(self.kits),
            dict(self.names),
            set(self.organisations),
            set(self.criteria),
            dict(self.admitted),
            set(self.cells),
            self.submitted_only,
        )

    def learn(self, author: Author, body: Mapping[str, Any]) -> None:
        """Take in what one entry of an office says. Raises DefinitionError where this program cannot read a definition."""
        kind = body["kind"]
        if kind == "event" and event_key(author, str(body.get("id", ""))) == self.key:
            self.rehearsal = body.get("rehearsal") is True
            self.offices.add(author)
            self._appoint(body, "desk", "reserve")
        elif author not in self.offices:
            return
        elif kind == "takeover":
            self._appoint(body, "notice", "desk")
        elif kind == "roster":
            for item in body.get("kits") or ():
                self.kits[str(item["kit"])] = str(item["judge"])
        elif kind == "definition":
            event = read_definition(body.get("definition") or {}, "")
            self.organisations.update(item.id for item in event.organisations)
            self.criteria.update(item.id for item in event.criteria)
            self.names.update((item.id, item.name) for item in event.judges)
            self.submitted_only = event.tabulation.counted is Counted.SUBMITTED

    def _appoint(self, body: Mapping[str, Any], *roles: str) -> None:
        for role in roles:
            raw = bytes.fromhex(str(body.get(role, "")))
            if len(raw) == 32:
                self.offices.add(Author(raw))


def register_of(
    key: EventKey, offices: Iterable[tuple[Author, Mapping[str, Any]]], opened: Mapping[Author, str]
) -> Register:
    """A register of what is held: the offices' entries in order (notice first) and the judges' authors."""
    register = Register(key)
    for author, body in offices:
        register.learn(author, body)
    register.admitted.update(opened)
    return register
