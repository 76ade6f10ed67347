"""Charts where people would rather look: how each judge scored, and how each criterion came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from judge_tui.domain.diagnostics.judges import judge_figures, look_alikes
from judge_tui.domain.diagnostics.report import agreements
from judge_tui.domain.diagnostics.stability import without_each_judge
from judge_tui.domain.diagnostics.table import score_table
from judge_tui.domain.event import CriterionId, JudgeId, OrganisationId
from judge_tui.domain.marks import full_marks
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import decimal_text
from judge_tui.domain.tabulation.engine import Tabulator
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.paper import Bar, Bars, Grid, Heading, Listing, Paper, Paragraph, Part, paper
from judge_tui.services.documents.results import head

MOST_PAIRS = 10


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
    """Lowest, mean and highest mark of each criterion: in points beside the bar, the bar in hundredths of full marks, so that one
    of 10 points can be compared with one of 60."""
    values: dict[CriterionId, list[Fraction]] = {}
    for (_, _, key), value in dossier.counted.items():
        values.setdefault(key, []).append(Fraction(value, 1000))
    bars = []
    for criterion in dossier.event.criteria:
        given = values.get(criterion.id)
        if given:
            full = full_marks(criterion) or max(given)
            bar = _bar(criterion.name, given)
            low, middle, high = (
                float(100 * value / full) if full else 0.0
                for value in (min(given), sum(given, Fraction(0)) / len(given), max(given))
            )
            bars.append(replace(bar, low=low, middle=middle, high=high))
    title = msg("Each criterion: lowest, mean and highest mark, on a scale of full marks")
    return Bars(title, tuple(bars), min(0.0, *(bar.low for bar in bars)), 100.0, "%") if bars else None


def totals_chart(dossier: Dossier) -> Bars | None:
    """The final scores, best first; nothing where the definition publishes no scores."""
    ranked = [item for item in dossier.result.standings if item.rank and item.total is not None]
    if not ranked:
        return None
    totals = [float(item.total or 0) for item in ranked]
    least = min(0.0, *totals) if max(totals) - min(totals) > max(totals) / 2 else _floor(min(totals))
    bars = tuple(Bar(item.name, least, value, value, item.total_text) for item, value in zip(ranked, totals))
    return Bars(msg("Final scores"), bars, least, max(totals))


def agreement_parts(dossier: Dossier, *, stability: bool = True) -> list[Part]:
    """How far the judges agree, each judge's severity, sheets that look alike, and (slower) whether places hang on one judge."""
    engine = Tabulator(dossier.event, dossier.ballots)
    table = score_table(engine)
    agreed = [item for item in agreements(table) if item.kendall_w is not None]
    parts: list[Part] = [Heading(msg("Agreement of the judges"), 2)] if agreed else []
    for item in agreed:
        about = msg(
            "{judges} judges who scored all of {organisations} organisations",
            judges=len(item.judges),
            organisations=len(table.organisations),
        )
        if len(agreed) > 1:
            about = msg(
                "{about} ({names})",
                about=about,
                names=tuple(dossier.event.judge_by_id[judge].name for judge in item.judges),
            )
        value = decimal_text(item.kendall_w or Fraction(0), 2)
        parts.append(Paragraph(msg("{about}: Kendall's W {value} (0 none, 1 complete)", about=about, value=value)))
        found = item.correlations
        if found is not None and found.icc_2_1 is not None and found.icc_2_k is not None:
            reliable = msg(
                "Intraclass correlation: {one} for one judge, {all} for all together (ICC(2,1), ICC(2,k))",
                one=decimal_text(found.icc_2_1, 2),
                all=decimal_text(found.icc_2_k, 2),
            )
            parts.append(Paragraph(reliable))
    figures = judge_figures(table)
    if figures:
        heads = (msg("Judge"), msg("Mean"), msg("Severity"), msg("Spread"), msg("Correlation with the others"))
        names = dossier.event.judge_by_id
        rows = tuple(
            (
                names[item.judge].name,
                *(_two(value) for value in (item.mean, item.severity, item.spread, item.correlation)),
            )
            for item in figures
        )
        parts.append(Grid(heads, rows, (4, 3, 3, 3, 4), frozenset({1, 2, 3, 4})))
    alike = tuple(
        msg(
            "{first} and {second}: the same for {equal} of {common}",
            first=dossier.event.judge_by_id[pair.first].name,
            second=dossier.event.judge_by_id[pair.second].name,
            equal=pair.equal,
            common=pair.common,
        )
        for pair in look_alikes(table)[:MOST_PAIRS]
    )
    if alike:
        parts += [Heading(msg("Sheets that look alike"), 2), Listing(alike)]
    return [*parts, *(_hanging_on_one(dossier) if stability else ())]


def _hanging_on_one(dossier: Dossier) -> list[Part]:
    """Whose absence would change the first place."""
    first = {item.organisation for item in dossier.result.standings if item.rank == 1}
    changing = tuple(
        dossier.event.judge_by_id[item.judge].name
        for item in without_each_judge(dossier.event, dossier.ballots)
        if any(shift.organisation in first or shift.other == 1 for shift in item.shifts)
    )
    text = (
        msg("Without one of these judges the first place would change: {names}", names=changing)
        if changing
        else msg("Leaving out any one judge changes nothing about the first place.")
    )
    return [Heading(msg("Without one judge"), 2), Paragraph(text)]


def _two(value: Fraction | None) -> str:
    return "-" if value is None else decimal_text(value, 2)


def analysis(dossier: Dossier) -> Paper:
    """The charts as a paper of their own, for the organiser: it names judges and is not for publication."""
    charts = (totals_chart(dossier), judges_chart(dossier), criteria_chart(dossier))
    parts: list[Part | None] = [*head(dossier), *charts, *(agreement_parts(dossier) if dossier.counted else ())]
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
