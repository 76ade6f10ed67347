"""`judge-tui rank --diagnostics`: agreement, judges, look-alikes and stability, as text or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from fractions import Fraction

import click
from rich.cells import cell_len

from judge_tui.domain.diagnostics.agreement import Correlations
from judge_tui.domain.diagnostics.report import Agreement, Diagnosis, diagnose
from judge_tui.domain.diagnostics.stability import Shift
from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import decimal_text, mark_text
from judge_tui.domain.tabulation.telling import figure_text
from judge_tui.i18n import translator as _t
from judge_tui.services.results.ranking import Ranking
from judge_tui.services.results.reporting import json_text

SHOWN = 10
STATISTICS = {
    "between_targets": "MS between targets",
    "within_targets": "MS within targets",
    "between_judges": "MS between judges",
    "residual": "MS residual",
    "icc_1_1": "ICC(1,1)",
    "icc_2_1": "ICC(2,1)",
    "icc_3_1": "ICC(3,1)",
    "icc_1_k": "ICC(1,k)",
    "icc_2_k": "ICC(2,k)",
    "icc_3_k": "ICC(3,k)",
}
"""The published names of the figures of `Correlations`."""
MEAN_SQUARES = {
    "MS between targets": msg("MS between targets"),
    "MS within targets": msg("MS within targets"),
    "MS between judges": msg("MS between judges"),
    "MS residual": msg("MS residual"),
}


def show_diagnostics(ranking: Ranking, form: str) -> None:
    """Print the diagnostics of a ranking."""
    diagnosis = diagnose(ranking.event, ranking.ballots)
    if form == "json":
        click.echo(json_text(_document(diagnosis)), nl=False)
        return
    for heading, lines in _sections(ranking.event, diagnosis):
        click.secho(_t(heading), bold=True)
        for line in lines or [_t(msg("nothing to remark"))]:
            click.echo(f"  {line}")


def _two(value: Fraction | None) -> str:
    return "-" if value is None else decimal_text(value, 2)


def _sections(event: Event, diagnosis: Diagnosis) -> list[tuple[Message, list[str]]]:
    return [
        (msg("Agreement of the judges"), _agreement(event, diagnosis)),
        (msg("Each judge beside those who score the same"), _judges(event, diagnosis)),
        (msg("Sheets that look alike"), _alike(event, diagnosis)),
        (msg("Without one judge"), _without(event, diagnosis)),
        (msg("With another trim"), _trims(event, diagnosis)),
        (msg("One mark, one step"), _steps(event, diagnosis)),
        (msg("The narrowest gaps"), _gaps(event, diagnosis)),
    ]


def _agreement(event: Event, diagnosis: Diagnosis) -> list[str]:
    lines = []
    for item in diagnosis.agreements:
        about = msg(
            "{judges} judges who scored all of {organisations} organisations",
            judges=len(item.judges),
            organisations=len(diagnosis.organisations),
        )
        if len(diagnosis.agreements) > 1:
            names = tuple(event.judge_by_id[judge].name for judge in item.judges)
            about = msg("{about} ({names})", about=about, names=names)
        lines += [_t(about), f"Kendall W  {_two(item.kendall_w)}"]
        if item.correlations:
            lines += [
                f"{_statistic(name)}  {_two(getattr(item.correlations, key))}" for key, name in STATISTICS.items()
            ]
    return lines


def _statistic(name: str) -> str:
    """A figure's name for people; the published one where it is the same in every language."""
    return _t(MEAN_SQUARES[name]) if name in MEAN_SQUARES else name


def _judges(event: Event, diagnosis: Diagnosis) -> list[str]:
    if not diagnosis.judges:
        return []
    heads = (msg("Judge"), msg("Mean"), msg("Severity"), msg("Spread"), msg("Correlation with the others"))
    rows = [
        (
            event.judge_by_id[item.judge].name,
            *map(_two, (item.mean, item.severity, item.spread, item.correlation)),
        )
        for item in diagnosis.judges
    ]
    return _aligned([tuple(_t(head) for head in heads), *rows])


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows under one another: the first column to the left, figures to the right."""
    widths = [max(map(cell_len, column)) for column in zip(*rows)]
    lines = []
    for first, *figures in rows:
        cells = [first + " " * (widths[0] - cell_len(first))]
        cells += [" " * (width - cell_len(cell)) + cell for cell, width in zip(figures, widths[1:])]
        lines.append("  ".join(cells).rstrip())
    return lines


def _alike(event: Event, diagnosis: Diagnosis) -> list[str]:
    return [
        _t(
            msg(
                "{first} and {second}: the same for {equal} of {common}",
                first=event.judge_by_id[pair.first].name,
                second=event.judge_by_id[pair.second].name,
                equal=pair.equal,
                common=pair.common,
            )
        )
        for pair in diagnosis.alike[:SHOWN]
    ]


def _shifts(event: Event, shifts: Sequence[Shift]) -> tuple[Message, ...]:
    shown = tuple(
        msg(
            "{name} {place} → {other}",
            name=event.organisation_by_id[item.organisation].name,
            place="-" if item.place is None else item.place,
            other="-" if item.other is None else item.other,
        )
        for item in shifts[:SHOWN]
    )
    more = len(shifts) - len(shown)
    return (*shown, msg("and {count} more", count=more)) if more else shown


def _without(event: Event, diagnosis: Diagnosis) -> list[str]:
    return [
        _t(msg("{name}: {marks}", name=event.judge_by_id[item.judge].name, marks=_shifts(event, item.shifts)))
        for item in diagnosis.without_judge
    ]


def _trims(event: Event, diagnosis: Diagnosis) -> list[str]:
    return [
        _t(
            msg(
                "{highest} highest, {lowest} lowest dropped: {shifts}",
                highest=item.trim.highest,
                lowest=item.trim.lowest,
                shifts=_shifts(event, item.shifts),
            )
        )
        for item in diagnosis.other_trims
    ]


def _steps(event: Event, diagnosis: Diagnosis) -> list[str]:
    if diagnosis.steps is None:
        return [_t(msg("too many marks to move them one by one"))]
    if not diagnosis.steps:
        return [_t(msg("no single mark, moved one step, changes a place"))]
    lines = [_t(msg("{count} marks would change a place, moved one step", count=len(diagnosis.steps)))]
    for item in diagnosis.steps[:SHOWN]:
        sign = "+" if item.step > 0 else "-"
        what = msg(
            "{judge} · {name} · {criterion} {step}: {shifts}",
            judge=event.judge_by_id[item.judge].name,
            name=event.organisation_by_id[item.organisation].name,
            criterion=event.criterion_by_id[item.criterion].name,
            step=f"{sign}{mark_text(abs(item.step))}",
            shifts=_shifts(event, item.shifts),
        )
        lines.append(_t(what))
    return lines


def _gaps(event: Event, diagnosis: Diagnosis) -> list[str]:
    return [
        _t(
            msg(
                "{upper} and {lower}: a change of {points} would swap them",
                upper=event.organisation_by_id[gap.upper].name,
                lower=event.organisation_by_id[gap.lower].name,
                points=figure_text(gap.points),
            )
        )
        for gap in diagnosis.gaps[:SHOWN]
    ]


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else decimal_text(value, 6)


def _document(diagnosis: Diagnosis) -> dict[str, object]:
    panels = [_panel(item) for item in diagnosis.agreements]
    return {
        "organisations": list(diagnosis.organisations),
        **(panels[0] if len(panels) == 1 else {"panels": panels}),
        "judges": [
            {
                "judge": item.judge,
                "count": item.count,
                "mean": _exact(item.mean),
                "severity": _exact(item.severity),
                "spread": _exact(item.spread),
                "correlation": _exact(item.correlation),
            }
            for item in diagnosis.judges
        ],
        "alike": [[pair.first, pair.second, pair.equal, pair.common] for pair in diagnosis.alike],
        "without_judge": {item.judge: _places(item.shifts) for item in diagnosis.without_judge},
        "other_trims": [
            {"highest": item.trim.highest, "lowest": item.trim.lowest, "shifts": _places(item.shifts)}
            for item in diagnosis.other_trims
        ],
        "one_step": None
        if diagnosis.steps is None
        else [
            {
                "judge": item.judge,
                "organisation": item.organisation,
                "criterion": item.criterion,
                "step": mark_text(item.step),
                "shifts": _places(item.shifts),
            }
            for item in diagnosis.steps
        ],
        "gaps": [[gap.upper, gap.lower, _exact(gap.points)] for gap in diagnosis.gaps],
    }


def _panel(item: Agreement) -> dict[str, object]:
    """The agreement of judges who score the same criteria."""
    found = item.correlations
    names = [item.name for item in fields(Correlations)]
    return {
        "judges_with_whole_sheets": list(item.judges),
        "kendall_w": _exact(item.kendall_w),
        "agreement": {STATISTICS[name]: _exact(getattr(found, name)) for name in names} if found else None,
    }


def _places(shifts: Sequence[Shift]) -> dict[str, list[int | None]]:
    return {item.organisation: [item.place, item.other] for item in shifts}
