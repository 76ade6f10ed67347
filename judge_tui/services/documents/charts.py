"""Charts where people would rather look: how each judge scored, and how each criterion came out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from judge_tui.domain.event import CriterionId, JudgeId, OrganisationId
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import decimal_text
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.paper import Bar, Bars, Paper, Part, paper
from judge_tui.services.documents.results import head


def sheet_sums(dossier: Dossier) -> dict[JudgeId, list[Fraction]]:
    """Each judge's whole sheets in weighted points, one for each organisation of which he gave every mark."""
    weights = {item.id: item.weight for item in dossier.event.criteria}
    sums: dict[tuple[JudgeId, OrganisationId], dict[CriterionId, Fraction]] = {}
    for (judge, organisation, criterion), value in dossier.counted.items():
        sums.setdefault((judge, organisation), {})[criterion] = Fraction(value, 1000) * weights[criterion]
    asked = {judge.id: len(dossier.event.criteria_of(judge)) for judge in dossier.event.judges}
    found: dict[JudgeId, list[Fraction]] = {}
    for (judge, _), marks in sums.items():
        if len(marks) == asked.get(judge):
            found.setdefault(judge, []).append(sum(marks.values(), Fraction(0)))
    return found


def judges_chart(dossier: Dossier) -> Bars | None:
    """Lowest, mean and highest sheet of each judge: who is severe, who uses the whole scale."""
    sums = sheet_sums(dossier)
    bars = [_bar(judge.name, sums[judge.id]) for judge in dossier.event.judges if sums.get(judge.id)]
    return _chart(msg("Each judge: lowest, mean and highest sheet"), bars)


def criteria_chart(dossier: Dossier) -> Bars | None:
    """Lowest, mean and highest mark of each criterion, in hundredths of full marks."""
    values: dict[CriterionId, list[Fraction]] = {}
    for (_, _, key), value in dossier.counted.items():
        values.setdefault(key, []).append(Fraction(value, 1000))
    bars = []
    for criterion in dossier.event.criteria:
        given = values.get(criterion.id)
        if given:
            bars.append(_bar(criterion.name, given))
    return _chart(msg("Each criterion: lowest, mean and highest mark"), bars)


def totals_chart(dossier: Dossier) -> Bars | None:
    """The final scores, best first; nothing where the definition publishes no scores."""
    ranked = [item for item in dossier.result.standings if item.rank and item.total is not None]
    if not ranked:
        return None
    totals = [float(item.total or 0) for item in ranked]
    least = min(0.0, *totals) if max(totals) - min(totals) > max(totals) / 2 else _floor(min(totals))
    bars = tuple(Bar(item.name, least, value, value, item.total_text) for item, value in zip(ranked, totals))
    return Bars(msg("Final scores"), bars, least, max(totals))


def analysis(dossier: Dossier) -> Paper:
    """The charts as a paper of their own, for the organiser: it names judges and is not for publication."""
    parts: list[Part | None] = [*head(dossier), totals_chart(dossier), judges_chart(dossier), criteria_chart(dossier)]
    return paper("analysis", msg("{title}: how it was scored", title=dossier.event.title), parts)


def _bar(name: str, values: Sequence[Fraction]) -> Bar:
    mean = sum(values, Fraction(0)) / len(values)
    shown = " / ".join(decimal_text(value, 2) for value in (min(values), mean, max(values)))
    return Bar(name, float(min(values)), float(mean), float(max(values)), shown)


def _chart(title: Message, bars: list[Bar]) -> Bars | None:
    if not bars:
        return None
    return Bars(title, tuple(bars), _floor(min(bar.low for bar in bars)), max(bar.high for bar in bars))


def _floor(value: float) -> float:
    """A round number a little under it, where the scale begins."""
    step = 10.0 if value >= 20 else 1.0
    return value // step * step
