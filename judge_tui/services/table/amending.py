"""Changes after the start, signed on the notice board: they merge even where a judge never loaded them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from judge_tui.domain.commitments import CommitmentState
from judge_tui.domain.definition import read_definition, write_definition
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Event, Organisation, OrganisationId
from judge_tui.domain.messages import msg
from judge_tui.services.preparing.definitions import load_definition, media_folder, save_workbook
from judge_tui.services.preparing.issuing import definition_said, pin_materials
from judge_tui.services.table.office import Office, signed

STATUSES = ("", "withdrawn", "vetoed", "guest")
"""What an organisation may be: presenting, withdrawn, vetoed (一票否决), out of competition."""


def set_status(office: Office, organisation: OrganisationId, status: str, reason: str, by: Sequence[str]) -> None:
    """Let an organisation withdraw, be vetoed, present out of competition, or (empty) take part again.

    It stays in the record and on the lists; marks given to it are kept. Raises JudgeTuiError for an unknown one.
    """
    event = office.project().event
    if status not in STATUSES:
        raise ValueError(status)
    if organisation not in event.organisation_by_id:
        raise JudgeTuiError("UNKNOWN_ORGANISATION", msg("There is no organisation {id}", id=organisation))
    changed = tuple(
        replace(item, status=status, status_reason=reason if status else "") if item.id == organisation else item
        for item in event.organisations
    )
    amend(office, replace(event, organisations=changed), reason, by)


def add_organisation(
    office: Office, name: str, reason: str, by: Sequence[str], *, presenter: str = ""
) -> OrganisationId:
    """A late arrival: it presents last. Its id is made from the first free number, and never changes."""
    event = office.project().event
    if not name.strip() or name.strip() in {item.name for item in event.organisations}:
        raise JudgeTuiError(
            "NAME", msg("“{name}” is empty or already on the list", name=name), msg("Give it a name of its own.")
        )
    number = max((item.number for item in event.organisations), default=0) + 1
    free = next(
        key
        for key in (OrganisationId(f"late{count}") for count in range(1, 10_000))
        if key not in event.organisation_by_id
    )
    arrived = Organisation(free, number, name.strip(), presenter=presenter.strip())
    amend(office, replace(event, organisations=(*event.organisations, arrived)), reason, by)
    return free


def set_commitment(
    office: Office,
    organisation: OrganisationId,
    commitment: str,
    state: CommitmentState,
    evidence: str,
    reason: str,
    by: Sequence[str],
) -> None:
    """Where a promise stands now and what shows it; the promise itself stays as it was made.

    Raises JudgeTuiError with UNKNOWN_COMMITMENT for one that was not made, UNSIGNED.
    """
    event = office.project().event
    found = event.organisation_by_id.get(organisation)
    if found is None or commitment not in {item.id for item in found.commitments}:
        raise JudgeTuiError(
            "UNKNOWN_COMMITMENT",
            msg(
                "{organisation} made no promise {id}", organisation=found.name if found else organisation, id=commitment
            ),
            msg("What is promised stands in the definition."),
        )
    kept = tuple(
        replace(item, state=state, evidence=evidence.strip()) if item.id == commitment else item
        for item in found.commitments
    )
    changed = replace(found, commitments=kept)
    everyone = tuple(changed if item.id == organisation else item for item in event.organisations)
    amend(office, replace(event, organisations=everyone), reason, by)


def reorder(office: Office, organisations: Sequence[OrganisationId], reason: str, by: Sequence[str]) -> None:
    """Announce another running order: every organisation exactly once. Raises JudgeTuiError for any other list."""
    event = office.project().event
    if sorted(organisations) != sorted(event.organisation_by_id):
        raise JudgeTuiError(
            "ORDER",
            msg("A running order names every organisation exactly once"),
            msg("{count} organisations are to be named.", count=len(event.organisations)),
        )
    office.say(("order", {"organisations": list(organisations), **signed(reason, by)}))


def amend(office: Office, event: Event, reason: str, by: Sequence[str]) -> None:
    """Announce a new version of the definition. Ids must stay: what judges scored under one must still be there.

    Raises DefinitionError where it has errors, JudgeTuiError where ids that carry marks would vanish.
    """
    now = office.project()
    mapping = write_definition(event)
    read_definition(mapping, str(event.id))
    if event.id != now.event.id:
        raise JudgeTuiError("OTHER_EVENT", msg("This definition is of another event: {id}", id=event.id))
    lost = [
        *(item.name for item in now.event.organisations if item.id not in event.organisation_by_id),
        *(item.name for item in now.event.judges if item.id not in event.judge_by_id),
        *(item.name for item in now.event.criteria if item.id not in event.criterion_by_id),
    ]
    if lost:
        raise JudgeTuiError(
            "LOST_IDS",
            msg("The new definition leaves out: {names}", names=tuple(lost)),
            msg("Keep them with their ids; an organisation that does not take part gets the status withdrawn."),
        )
    office.say(("definition", {**definition_said(event), **signed(reason, by)}))


def amend_from(office: Office, path: Path, reason: str, by: Sequence[str]) -> None:
    """Announce the definition in a file, TOML or workbook; the errors of `load_definition` and of `amend`."""
    event = load_definition(path)
    amend(office, pin_materials(event, media_folder(path)), reason, by)


def write_out(office: Office, path: Path, language: str) -> None:
    """Write the definition as it stands as a workbook, to be changed and announced; the errors of `save_workbook`."""
    save_workbook(office.project().event, path, language)
