"""Anonymous ballots counted by two tellers: numbers by class, never a voter. Recorded when both counted the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import CriterionId, Event, Grades, GroupId, Organisation, OrganisationId
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.projection import Projection
from judge_tui.services.table.office import Office


@dataclass(frozen=True, slots=True)
class Box:
    """One ballot box: a class of voters, an organisation, a criterion."""

    group: GroupId
    organisation: OrganisationId
    criterion: CriterionId

    @property
    def key(self) -> str:
        """Its name in this laptop's notes."""
        return f"tally.{self.group}.{self.organisation}.{self.criterion}"


@dataclass(frozen=True, slots=True)
class Count:
    """What one teller counted: 发出/收回/有效/弃权, and each grade by its id."""

    issued: int
    returned: int
    valid: int
    abstained: int
    counts: Mapping[str, int]

    def flat(self) -> dict[str, int]:
        """Every number under a name."""
        totals = {"issued": self.issued, "returned": self.returned, "valid": self.valid, "abstained": self.abstained}
        return {**totals, **{f"grade.{key}": number for key, number in sorted(self.counts.items())}}


NAMES: dict[str, Message] = {
    "issued": msg("Issued"),
    "returned": msg("Returned"),
    "valid": msg("Valid"),
    "abstained": msg("Abstained"),
}


def anonymous_boxes(event: Event, organisation: Organisation) -> list[Box]:
    """The ballot boxes of an organisation: one for each class of voters and each anonymous criterion."""
    return [
        Box(group.id, organisation.id, criterion.id)
        for criterion in event.criteria
        if isinstance(criterion.method, Grades) and criterion.method.anonymous
        for group in event.groups
        if not criterion.groups or group.id in criterion.groups
    ]


def check_count(now: Projection, box: Box, count: Count) -> None:
    """Whether the numbers fit together. Raises JudgeTuiError in words where they contradict one another."""
    criterion = now.event.criterion_by_id.get(box.criterion)
    if criterion is None or not isinstance(criterion.method, Grades) or box.group not in now.event.group_by_id:
        raise JudgeTuiError("UNKNOWN_BOX", msg("There is no such ballot in the definition"))
    if any(number < 0 for number in count.flat().values()):
        raise JudgeTuiError("COUNT", msg("A count cannot be negative"))
    if set(count.counts) - {grade.id for grade in criterion.method.grades}:
        raise JudgeTuiError("COUNT", msg("A grade was counted that the ballot does not have"))
    together = sum(count.counts.values())
    if not count.issued >= count.returned >= count.valid + count.abstained or count.valid != together:
        raise JudgeTuiError(
            "COUNT",
            msg("The numbers do not fit together"),
            msg(
                "Issued is at least returned, returned at least valid and abstained together, and valid is the sum of all "
                "grades: {valid} against {together}.",
                valid=count.valid,
                together=together,
            ),
        )


def enter_count(office: Office, box: Box, count: Count, by: str) -> bool:
    """One teller's count. The first waits; the second, by somebody else, is compared and recorded with both names.

    Returns whether it is recorded. Raises JudgeTuiError where numbers do not fit together, where the same person counts
    twice, or where the two counted differently: then the first count is thrown away and both count again.
    """
    now = office.project()
    check_count(now, box, count)
    teller = by.strip()
    if not teller:
        raise JudgeTuiError("NOBODY", msg("Say who counted."))
    first = _waiting(office, box)
    if not first:
        office.keep_note(box.key, json.dumps({"by": teller, **count.flat()}, ensure_ascii=False))
        return False
    if first["by"] == teller:
        raise JudgeTuiError(
            "SAME_PERSON",
            msg("{name} counted these ballots the first time", name=teller),
            msg("The second teller counts them again, without knowing the first count."),
        )
    differing = tuple(_name(now, box, key) for key, number in count.flat().items() if first.get(key) != number)
    if differing:
        office.keep_note(box.key, "")
        raise JudgeTuiError(
            "RECOUNT",
            msg("The two tellers counted differently: {names}", names=differing),
            msg("Both counts were thrown away. Count again, both of you."),
        )
    where = {"group": box.group, "organisation": box.organisation, "criterion": box.criterion}
    totals = {key: number for key, number in count.flat().items() if not key.startswith("grade.")}
    standing = _standing(now, box)
    replaces = {"replaces": standing} if standing else {}
    office.say(("tally", {**where, **totals, "counts": dict(count.counts), "by": [first["by"], teller], **replaces}))
    office.keep_note(box.key, "")
    return True


def waiting_teller(office: Office, box: Box) -> str:
    """Who counted first and waits for the second teller; empty where nobody did."""
    return str(_waiting(office, box).get("by", ""))


def _waiting(office: Office, box: Box) -> dict[str, object]:
    try:
        found = json.loads(office.note(box.key) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _standing(now: Projection, box: Box) -> list[str]:
    """The hashes of what was recorded for this box before."""
    return [
        entry.hash.hex()
        for entry, body in now.authority.desk
        if body["kind"] == "tally"
        and (body.get("group"), body.get("organisation"), body.get("criterion"))
        == (box.group, box.organisation, box.criterion)
    ]


def _name(now: Projection, box: Box, key: str) -> object:
    if key in NAMES:
        return NAMES[key]
    method = now.event.criterion_by_id[box.criterion].method
    grades = {f"grade.{grade.id}": grade.name for grade in method.grades} if isinstance(method, Grades) else {}
    return grades.get(key, key)
