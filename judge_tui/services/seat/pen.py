"""The judge's pen: what is said becomes one signed entry on disk, or an error and nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from judge_tui.domain.bodies import dump_body
from judge_tui.domain.event import CriterionId, OrganisationId
from judge_tui.domain.ledger import Entry
from judge_tui.domain.seat import OwnMark
from judge_tui.services.clock import Now, stamp
from judge_tui.services.seat.seats import Seat


class Pen:
    """Writes in the judge's file. `saved_at` is when it last did, `written` how many entries this author then had."""

    def __init__(self, seat: Seat, now: Now, saved_at: datetime | None, written: int) -> None:
        self._seat, self._now = seat, now
        self.saved_at, self.written = saved_at, written

    def write(self, kind: str, **said: object) -> Entry:
        """One entry, durable when this returns. Raises LockedError and StorageError."""
        body = dump_body(kind, stamp(self._now), **said)
        entry = self._seat.file.append(self._seat.signer, [body])[-1]
        self.saved_at, self.written = self._now(), entry.seq
        return entry

    def mark(
        self,
        organisation: OrganisationId,
        criterion: CriterionId,
        before: OwnMark | None,
        after: OwnMark | None,
        via: str,
    ) -> OwnMark | None:
        """A mark in place of another, or (None) none any more. `via` says whether it came by `undo` or `redo`."""
        said: dict[str, object] = {"organisation": organisation, "criterion": criterion}
        if after is not None:
            said["value"] = list(after.value) if isinstance(after.value, tuple) else after.value
            if after.findings:
                said["findings"] = dict(after.findings)
        if before is not None:
            said["replaces"] = list(before.hashes)
        if via:
            said["via"] = via
        entry = self.write("mark" if after is not None else "clear", **said)
        return replace(after, hashes=(entry.hash.hex(),)) if after is not None else None
