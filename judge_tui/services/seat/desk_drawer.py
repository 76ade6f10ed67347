"""What a judge keeps for himself on this laptop: notes, half-typed values, reminders, and where he was. Unsigned, never exported."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Protocol

from judge_tui.domain.event import CriterionId, OrganisationId

_PLACE, _LATER, _DRAFTS, _NOTE = "seat.place", "seat.later", "seat.drafts", "seat.note."


class LocalNotes(Protocol):
    """Where they are kept: the unsigned table of the judge's file."""

    def local(self, key: str) -> str | None: ...

    def set_local(self, key: str, value: str) -> None: ...


class DeskDrawer:
    """The judge's own things. A second window on the file reads them and changes nothing.

    Half-typed values and the place are gathered and written together by `keep`, so that typing does not wait for the disk at
    every key.
    """

    def __init__(self, notes: LocalNotes, read_only: bool) -> None:
        self._notes, self._read_only = notes, read_only
        self._drafts = _texts(notes.local(_DRAFTS))
        self._place: dict[str, str] = _texts(notes.local(_PLACE))
        self._kept = {_DRAFTS: dict(self._drafts), _PLACE: dict(self._place)}

    def note(self, organisation: OrganisationId) -> str:
        """The note about an organisation, empty where there is none."""
        return self._notes.local(_NOTE + organisation) or ""

    def write_note(self, organisation: OrganisationId, text: str) -> None:
        """Keep a note about an organisation."""
        self._set(_NOTE + organisation, text)

    def reminders(self) -> tuple[OrganisationId, ...]:
        """The organisations put off for later."""
        return tuple(OrganisationId(item) for item in _texts(self._notes.local(_LATER)))

    def remind(self, organisations: Iterable[OrganisationId]) -> None:
        """Keep which organisations are put off."""
        self._set(_LATER, _json(dict.fromkeys(sorted(organisations), "")))

    def drafts(self, organisation: OrganisationId | None = None) -> dict[tuple[OrganisationId, CriterionId], str]:
        """Half-typed texts, of one organisation or of all."""
        found = {}
        for key, text in self._drafts.items():
            one, _, criterion = key.partition("\n")
            if organisation in (None, one):
                found[OrganisationId(one), CriterionId(criterion)] = text
        return found

    def draft(self, organisation: OrganisationId, criterion: CriterionId, text: str) -> None:
        """Remember a half-typed text (empty: none any more); `keep` writes it."""
        key = f"{organisation}\n{criterion}"
        if text:
            self._drafts[key] = text
        else:
            self._drafts.pop(key, None)

    def keep(self) -> None:
        """Write the half-typed texts and the place, where they are new."""
        for key, now in ((_DRAFTS, self._drafts), (_PLACE, self._place)):
            if now != self._kept[key]:
                self._set(key, _json(now))
                self._kept[key] = dict(now)

    @property
    def place(self) -> Mapping[str, str]:
        """Where the judge was: `organisation`, `criterion` and `view`, as far as known."""
        return self._place

    def stand(self, **place: str) -> None:
        """Remember where the judge is now; `keep` writes it."""
        self._place.update(place)

    def _set(self, key: str, value: str) -> None:
        if not self._read_only:
            self._notes.set_local(key, value)


def _texts(raw: str | None) -> dict[str, str]:
    try:
        found = json.loads(raw or "{}")
    except ValueError:
        return {}
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values), ensure_ascii=False)
