"""Comments that an officer dictates at the table (点评), recorded with his name by whoever writes them down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import OrganisationId
from judge_tui.domain.messages import msg
from judge_tui.domain.projection import Projection
from judge_tui.services.table.office import Office


@dataclass(frozen=True, slots=True)
class Remark:
    """What was said about an organisation, and by whom; `hash` is what a correction replaces."""

    text: str
    by: str
    hash: str


def remark(office: Office, organisation: OrganisationId, text: str, by: str) -> None:
    """Record what an officer said about an organisation; it goes into the feedback. His earlier remark is replaced."""
    now = office.project()
    if organisation not in now.event.organisation_by_id:
        raise JudgeTuiError("UNKNOWN_ORGANISATION", msg("There is no organisation {id}", id=organisation))
    if not text.strip() or not by.strip():
        raise JudgeTuiError("EMPTY_REMARK", msg("Write down what was said, and who said it."))
    old = [item.hash for item in remarks(now).get(organisation, ()) if item.by == by.strip()]
    replaces = {"replaces": old} if old else {}
    office.say(("remark", {"organisation": organisation, "text": text.strip(), "by": [by.strip()], **replaces}))


def remarks(now: Projection) -> Mapping[OrganisationId, tuple[Remark, ...]]:
    """The remarks that stand, in the order in which they were made."""
    said = [(entry, body) for entry, body in now.authority.desk if body["kind"] == "remark"]
    gone = {item for _, body in said for item in body.get("replaces", ()) if isinstance(item, str)}
    found: dict[OrganisationId, tuple[Remark, ...]] = {}
    for entry, body in said:
        if entry.hash.hex() in gone:
            continue
        names = body.get("by")
        by = str(names[0]) if isinstance(names, list) and names else ""
        key = OrganisationId(str(body.get("organisation", "")))
        found[key] = (*found.get(key, ()), Remark(str(body.get("text", "")), by, entry.hash.hex()))
    return found
