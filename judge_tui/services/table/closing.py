"""Seal and publish: what is counted is pinned, then the result is pinned beside it, with a code that paper can carry."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from judge_tui.domain.errors import LockedError
from judge_tui.domain.messages import msg, nmsg
from judge_tui.domain.projection import Projection
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.result import Result
from judge_tui.services.table.office import Office, signed
from judge_tui.services.table.overview import Doubt, Overview, overview

GROUPS, DIGITS = 5, 5
"""The code of a result: five groups of five digits, 83 bits."""


@dataclass(frozen=True, slots=True)
class ResultCode:
    """What a sealed result can be recognised by: 25 digits for paper, the first two groups for the screen."""

    full: str

    @property
    def short(self) -> str:
        """Ten digits, to be read aloud."""
        return " ".join(self.full.split(" ")[:2])


def result_code(projection: Projection, result: Result) -> ResultCode | None:
    """The code of a sealed result, None before the seal: it changes with any mark counted, any place, any award."""
    if projection.seal is None:
        return None
    ranking = [
        [item.organisation, item.total_text, item.rank, item.tied, list(item.awards)] for item in result.standings
    ]
    content = {"event": projection.key.hex(), "seal": projection.seal.hash.hex(), "ranking": ranking}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    number = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") % 10 ** (GROUPS * DIGITS)
    digits = f"{number:0{GROUPS * DIGITS}d}"
    return ResultCode(" ".join(digits[start : start + DIGITS] for start in range(0, len(digits), DIGITS)))


def blocking(office: Office) -> tuple[Doubt, ...]:
    """What stands in the way of a seal set now: after an earlier seal that is not what holds its own result up, but what a
    new one would pin."""
    return _blocking(overview(office, ahead=True))


def _blocking(view: Overview) -> tuple[Doubt, ...]:
    return tuple(item for item in view.doubts if item.blocks)


def seal(office: Office, by: Sequence[str], *, override: str = "", checked: str = "") -> ResultCode:
    """Pin everything that is held now; later entries are late until sealed again.

    Raises LockedError while something is lacking or in doubt, unless `override` gives the reason for sealing all the same,
    which is recorded with the list of what was lacking. `checked` says how it was made sure of, and stands in the record.
    """
    now = overview(office, ahead=True)
    lacks = _blocking(now)
    if lacks and not override.strip():
        raise LockedError(
            "LACKING",
            nmsg(
                "The result cannot be sealed: {count} thing is lacking or in doubt",
                "The result cannot be sealed: {count} things are lacking or in doubt",
                len(lacks),
            ),
            msg("First of them: {first}. Settle them, or seal all the same with a reason.", first=lacks[0].message),
        )
    heads = [
        [author.hex(), len(chain), chain[-1].hash.hex()]
        for author, chain in sorted(now.projection.authority.chains.items())
        if chain
    ]
    body = {"heads": heads, **signed(override or checked or "-", by)}
    if lacks:
        named = [[item.code, item.judge, item.organisation, item.criterion] for item in lacks]
        office.say(("override", {"what": "seal", "lacks": named, **signed(override, by)}), ("seal", body))
    else:
        office.say(("seal", body))
    after = office.project()
    code = result_code(after, tabulate(after.event, after.ballots()))
    assert code is not None
    return code


def published_ranking(result: Result) -> list[list[object]]:
    """What is pinned of a result: organisation, place (0: none) and total of each, in order."""
    return [[item.organisation, item.rank or 0, item.total_text] for item in result.standings]


def publish(office: Office, by: Sequence[str], *, where: str = "") -> ResultCode:
    """Pin the sealed result itself beside the seal; `where` says where it is made known.

    Raises LockedError before the seal, or where later decisions wait for a new one.
    """
    projection = office.project()
    result = tabulate(projection.event, projection.ballots())
    code = result_code(projection, result)
    if code is None or projection.seal is None:
        raise LockedError("NOT_SEALED", msg("Nothing is published before it is sealed."), msg("Seal the result first."))
    if projection.authority.unsealed:
        raise LockedError(
            "UNSEALED",
            msg("Decisions were made after the seal and do not count yet."),
            msg("Seal again, then publish."),
        )
    ranking = published_ranking(result)
    heads = [[author.hex(), seq, head.hex()] for author, (seq, head) in sorted(projection.seal.heads.items())]
    body = {"seal": projection.seal.hash.hex(), "code": code.full, "ranking": ranking, "heads": heads}
    office.say(("publish", {**body, **signed(where or "-", by)}))
    return code
