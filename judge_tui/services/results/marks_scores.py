"""What a cell of a marks file says: a mark of its criterion, a word for why there is none, or nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.definition.ids import match_key
from judge_tui.domain.errors import MarkError
from judge_tui.domain.event import Criterion, CriterionId, Grades, GroupId, OrganisationId, Places, Points, Votes
from judge_tui.domain.marks import read
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import THOUSAND, mark_text, normalise_typed, parse_decimal, thousandths
from judge_tui.domain.tabulation.inputs import MarkState, Tally

STATE_WORDS = {
    "缺席": MarkState.ABSENT,
    "缺考": MarkState.ABSENT,
    "未到": MarkState.ABSENT,
    "未到场": MarkState.ABSENT,
    "未出席": MarkState.ABSENT,
    "缺勤": MarkState.ABSENT,
    "请假": MarkState.ABSENT,
    "absent": MarkState.ABSENT,
    "回避": MarkState.RECUSED,
    "本人回避": MarkState.RECUSED,
    "已回避": MarkState.RECUSED,
    "recused": MarkState.RECUSED,
    "退出": MarkState.WITHDRAWN,
    "退赛": MarkState.WITHDRAWN,
    "弃赛": MarkState.WITHDRAWN,
    "withdrawn": MarkState.WITHDRAWN,
    "blank": MarkState.BLANK,
    "未打分": MarkState.BLANK,
    "未评分": MarkState.BLANK,
    "未评": MarkState.BLANK,
    "未打": MarkState.BLANK,
    "conflict": MarkState.CONFLICT,
    "late": MarkState.LATE,
}

Reading = tuple[MarkValue | None, MarkState]
"""A mark with its state; the value is None unless the state is GIVEN."""

DASHES = frozenset({"-", "--", "/", "—", "——", "–", "nan", "NaN", "NA", "N/A", "n/a", "null", "NULL", "None"})
"""What people and programs write where no mark stands; on a checklist it might mean that nothing was found, so that there it is an error."""
ABSTAINED = ("弃权", "abstained")
INVALID = ("无效", "废票", "invalid")
NOT_ON_A_BALLOT = -1
"""Stands for a place or a vote that cannot be read (涂改); it makes the ballot, or the place, invalid."""


@dataclass(slots=True)
class ScoreReader:
    """Reads cells; each distinct text of a criterion once. `comma`: a comma may be a decimal one."""

    comma: bool
    _known: dict[tuple[CriterionId, str], Reading | MarkError] = field(default_factory=dict)

    def read(self, criterion: Criterion, text: str) -> Reading | MarkError:
        """What the cell says, or what is wrong with it."""
        key = (criterion.id, text)
        found = self._known.get(key)
        if found is None:
            try:
                found = self._read(criterion, normalise_typed(text))
            except MarkError as error:
                found = error
            self._known[key] = found
        return found

    def _read(self, criterion: Criterion, text: str) -> Reading:
        if not text:
            return None, MarkState.BLANK
        state = STATE_WORDS.get(match_key(text))
        if state is not None:
            return None, state
        method = criterion.method
        if text in DASHES and isinstance(method, (Points, Grades)):
            return None, MarkState.BLANK
        if isinstance(method, Points):
            return self._points(method, text), MarkState.GIVEN
        if isinstance(method, Grades) and method.anonymous and text in (*ABSTAINED, *INVALID):
            return text, MarkState.BLANK
        if isinstance(method, (Places, Votes)) and text in INVALID:
            return NOT_ON_A_BALLOT, MarkState.GIVEN
        return read(method, text), MarkState.GIVEN

    def _points(self, method: Points, text: str) -> int:
        """Points within the range, on the step where the definition names one; else to the thousandth."""
        plain = text.removesuffix("分").strip()
        if self.comma and plain.count(",") == 1:
            plain = plain.replace(",", ".")
        try:
            number = parse_decimal(plain)
        except ValueError:
            hint = (
                msg(
                    "a decimal comma is understood in files separated by semicolons; here write {suggestion}",
                    suggestion=plain.replace(",", "."),
                )
                if "," in plain
                else msg(
                    "a number, nothing, or one of {words}", words=("缺席 absent", "回避 recused", "退出 withdrawn")
                )
            )
            raise MarkError(msg("“{typed}” is not a number", typed=text[:20]), hint) from None
        if method.deduct:
            number = Fraction(method.most, THOUSAND) - number
        try:
            value = thousandths(number)
        except ValueError:
            raise MarkError(msg("“{typed}” has more than three decimals", typed=text[:20])) from None
        if not method.least <= value <= method.most:
            message = msg("“{typed}” is outside the criterion's range", typed=text[:20])
            raise MarkError(
                message, msg("from {least} to {most}", least=mark_text(method.least), most=mark_text(method.most))
            )
        if method.step_given and (over := (value - method.least) % method.step):
            near = sorted(abs(value - over + up - (method.most if method.deduct else 0)) for up in (0, method.step))
            message = msg(
                "“{typed}” is between the criterion's steps of {step}", typed=text[:20], step=mark_text(method.step)
            )
            raise MarkError(message, msg("{lower} or {upper}", lower=mark_text(near[0]), upper=mark_text(near[1])))
        return value


@dataclass(slots=True)
class UnsignedBallots:
    """Ballots without a judge, one a row, counted by class: grades, abstentions (弃权) and invalid ones (无效)."""

    _counts: dict[tuple[GroupId, OrganisationId, CriterionId], Counter[str]] = field(default_factory=dict)

    def add(
        self, group: GroupId, organisation: OrganisationId, criterion: CriterionId, reading: Reading, count: int = 1
    ) -> None:
        """So many ballots more that say the same."""
        value, state = reading
        word = str(value) if value is not None else "" if state is MarkState.BLANK else INVALID[0]
        self._counts.setdefault((group, organisation, criterion), Counter())[word] += count

    def tallies(self) -> tuple[Tally, ...]:
        """The counts; an empty cell is a ballot that did not come back."""
        return tuple(self._tally(*key, found) for key, found in self._counts.items())

    def _tally(
        self, group: GroupId, organisation: OrganisationId, criterion: CriterionId, found: Counter[str]
    ) -> Tally:
        issued = found.total()
        abstained = sum(found.pop(word, 0) for word in ABSTAINED)
        void = sum(found.pop(word, 0) for word in INVALID)
        found.pop("", None)
        valid = found.total()
        return Tally(
            group,
            organisation,
            criterion,
            issued=issued,
            returned=valid + abstained + void,
            valid=valid,
            abstained=abstained,
            counts=tuple(sorted(found.items())),
        )
