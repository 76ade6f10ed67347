"""Paper marks typed twice, by two people who do not see each other's figures; only then do they enter the records.

What the first one typed waits in this laptop's unsigned notes. Where the two agree, the marks are signed with both names.
Where they differ, somebody looks at the sheet again and says which is right; both values stay in the signed entry.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from judge_tui.domain import marks
from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Criterion, CriterionId, Event, JudgeId, OrganisationId
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import normalise_typed
from judge_tui.domain.projection import Projection
from judge_tui.services.table.office import Office, Said

WORDS = {
    "缺席": "absent",
    "absent": "absent",
    "回避": "recused",
    "recused": "recused",
    "退出": "withdrawn",
    "withdrawn": "withdrawn",
}
"""What may stand on a sheet instead of a mark."""

BLANK = "-"
"""Typed where the sheet has nothing, once two typists disagree about it."""

Typed = Mapping[CriterionId, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the two typed something else: the criterion, and (who, what) of both."""

    criterion: CriterionId
    first: tuple[str, str]
    second: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of typing a sheet: `first` that it waits for the second person, else where the two differ (none: recorded)."""

    first: bool
    differences: tuple[Difference, ...] = ()


class PaperDesk:
    """Paper marks of one contest."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def waiting(self, judge: JudgeId, organisation: OrganisationId) -> str:
        """Who typed this sheet first and waits for a second person; empty where nobody did."""
        return self._note(judge, organisation).get("by", "")

    def enter(self, judge: JudgeId, organisation: OrganisationId, typed: Typed, by: str) -> Entered:
        """Type a sheet. The first time it waits; the second time, by somebody else, it is compared and recorded.

        Raises MarkError for what is no mark, JudgeTuiError where the same person types twice or the sheet is empty.
        """
        now = self._office.project()
        event, by = now.event, by.strip()
        clean = {item.id: _read(event, item, typed.get(item.id, "")) for item in _criteria(event, judge)}
        if not by:
            raise JudgeTuiError("NOBODY", msg("Say who is typing."))
        if not any(clean.values()):
            raise JudgeTuiError("EMPTY_SHEET", msg("Nothing is typed yet."))
        first = self._note(judge, organisation)
        if not first:
            self._keep(judge, organisation, {"by": by, **{f"mark.{key}": text for key, text in clean.items()}})
            return Entered(True)
        if first["by"] == by:
            raise JudgeTuiError(
                "SAME_PERSON",
                msg("{name} typed this sheet the first time", name=by),
                msg("Somebody else types it the second time, without looking at the first."),
            )
        before = {key: first.get(f"mark.{key}", "") for key in clean}
        differences = tuple(
            Difference(key, (first["by"], before[key]), (by, clean[key])) for key in clean if before[key] != clean[key]
        )
        if differences:
            return Entered(False, differences)
        self._record(now, judge, organisation, clean, (first["by"], by), {}, "")
        return Entered(False)

    def settle(
        self,
        judge: JudgeId,
        organisation: OrganisationId,
        typed: Typed,
        right: Typed,
        reason: str,
        by: Sequence[str],
    ) -> None:
        """Record a sheet on which the two differed: `typed` is the second person's, `right` what the sheet really says.

        Raises JudgeTuiError where a reason is missing, or where a difference is left unsettled.
        """
        now = self._office.project()
        first = self._note(judge, organisation)
        if not reason.strip() or not first:
            raise JudgeTuiError("UNSIGNED", msg("Say how the sheet was looked at again."))
        both: dict[CriterionId, tuple[str, str]] = {}
        final: dict[CriterionId, str] = {}
        for item in _criteria(now.event, judge):
            one, two = first.get(f"mark.{item.id}", ""), _read(now.event, item, typed.get(item.id, ""))
            if one != two and item.id not in right:
                raise JudgeTuiError(
                    "UNSETTLED", msg("Say what stands on the sheet for {criterion}.", criterion=item.name)
                )
            final[item.id] = _read(now.event, item, right.get(item.id, two))
            if one != two:
                both[item.id] = (one, two)
        self._record(now, judge, organisation, final, (first["by"], *by), both, reason.strip())

    def forget(self, judge: JudgeId, organisation: OrganisationId) -> None:
        """Throw away what was typed first, to begin again."""
        self._keep(judge, organisation, {})

    def _record(
        self,
        now: Projection,
        judge: JudgeId,
        organisation: OrganisationId,
        texts: Mapping[CriterionId, str],
        by: Sequence[str],
        both: Mapping[CriterionId, tuple[str, str]],
        reason: str,
    ) -> None:
        said: list[Said] = []
        for key, text in texts.items():
            old = [item.hash for item in now.desk.paper.get((judge, organisation, key), ())]
            if not text and key not in both:
                continue
            body: dict[str, object] = {"judge": judge, "organisation": organisation, "criterion": key, "by": list(by)}
            # That the sheet says nothing where one of the two typed something is recorded like anything they differed about.
            state = WORDS.get(text) if text else "blank"
            if state:
                body["state"] = state
            else:
                body["value"] = _value(now.event, now.event.criterion_by_id[key], text)
            if old:
                body["replaces"] = old
            if key in both:
                body |= {"typed": list(both[key]), "reason": reason}
            said.append(("paper", body))
        if said:
            self._office.say(*said)
        self.forget(judge, organisation)

    def _note(self, judge: JudgeId, organisation: OrganisationId) -> dict[str, str]:
        try:
            found = json.loads(self._office.note(_key(judge, organisation)) or "{}")
        except ValueError:
            return {}
        return {key: text for key, text in found.items() if isinstance(text, str)} if isinstance(found, dict) else {}

    def _keep(self, judge: JudgeId, organisation: OrganisationId, values: Mapping[str, str]) -> None:
        self._office.keep_note(_key(judge, organisation), json.dumps(dict(values), ensure_ascii=False))


def _key(judge: JudgeId, organisation: OrganisationId) -> str:
    return f"paper.{judge}.{organisation}"


def _criteria(event: Event, judge: JudgeId) -> tuple[Criterion, ...]:
    if judge not in event.judge_by_id:
        raise JudgeTuiError("UNKNOWN_JUDGE", msg("There is no judge {id}", id=judge))
    return event.criteria_of(event.judge_by_id[judge])


def _read(event: Event, criterion: Criterion, text: str) -> str:
    """What was typed as it would be typed plainly: `９５。５` is `95.5`; words keep their meaning. Raises MarkError."""
    clean = normalise_typed(text)
    if clean in ("", BLANK):
        return ""
    if clean in WORDS:
        return WORDS[clean]
    return marks.typed_text(criterion.method, _value(event, criterion, clean))


def _value(event: Event, criterion: Criterion, text: str) -> MarkValue:
    return marks.read(criterion.method, text, len(event.organisations))
