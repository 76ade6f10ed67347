"""The derivation of one organisation's total and place in words and figures that a person can follow with a calculator."""

from __future__ import annotations

from fractions import Fraction

from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import short_text
from judge_tui.domain.rules import PhaseRule
from judge_tui.domain.tabulation.adjusting import is_veto
from judge_tui.domain.tabulation.comparing import Contender
from judge_tui.domain.tabulation.phase_steps import tell_adjustments, tell_phase
from judge_tui.domain.tabulation.result import Standing, Step
from judge_tui.domain.tabulation.telling import Telling, figure_text, signed, trim_text

_STATUSES = {
    "withdrawn": msg("Withdrawn: no total and no place"),
    "vetoed": msg("Vetoed: no total and no place"),
    "guest": msg("Out of competition: no place"),
}


def steps_of(contender: Contender, standing: Standing) -> tuple[Step, ...]:
    """Every step from the marks to the place."""
    telling = Telling(contender)
    for phase in contender.figures.phases:
        tell_phase(telling, phase)
    _tell_total(telling, standing)
    if standing.rank is not None:
        _tell_place(telling, standing, standing.rank)
    elif standing.status:
        _tell_status(telling, standing)
    return tuple(telling.steps)


def _tell_total(telling: Telling, standing: Standing) -> None:
    figures = telling.figures
    if len(figures.phases) > 1 and figures.combined is not None:
        _tell_phases(telling, figures.combined)
    tell_adjustments(telling, figures.adjustments)
    if figures.exact is None or figures.total is None:
        telling.say("total.none", msg("There is no total: no marks count."))
        return
    if standing.total is None:
        return
    if figures.adjustments and figures.combined is not None:
        parts = " ".join([figure_text(figures.combined), *(signed(item.points) for item in figures.adjustments)])
        text = msg("{parts} = {figure}", parts=parts, figure=figure_text(figures.exact))
        telling.say("total.adjusted", text, figures.exact)
    if figures.exact != figures.total:
        text = msg("{exact} is rounded to {figure}", exact=figure_text(figures.exact), figure=standing.total_text)
        telling.say("total.rounded", text, figures.total)
    telling.say("total", _final(telling, standing), figures.total)


def _tell_phases(telling: Telling, combined: Fraction) -> None:
    there = [item for item in telling.figures.phases if item.counted and item.figure is not None]
    weights = sum((item.weight for item in there), Fraction(0))
    products = " + ".join(
        figure_text(item.figure or Fraction(0)) + ("" if item.weight == 1 else f"×{short_text(item.weight)}")
        for item in there
    )
    figure = figure_text(combined)
    if products == figure:
        return  # One of several rounds counts as it is, and that has been told.
    if telling.event.tabulation.phases is PhaseRule.WEIGHTED and weights not in (0, 1):
        whole = short_text(weights)
        text = msg(
            "Phases together: ({products}) ÷ {weights} = {figure}", products=products, weights=whole, figure=figure
        )
    else:
        text = msg("Phases together: {products} = {figure}", products=products, figure=figure)
    telling.say("phases", text, combined)


def _final(telling: Telling, standing: Standing) -> Message:
    """The official sentence where whole sheets were trimmed, else the plain final score."""
    panels = [
        group.panel
        for phase in telling.figures.phases
        for group in phase.groups
        if group.panel is not None and (group.panel.high or group.panel.low)
    ]
    if len(panels) == 1 and len(telling.figures.phases) == 1:
        return msg("{dropped}, final score {total}", dropped=trim_text(panels[0]), total=standing.total_text)
    return msg("Final score {total}", total=standing.total_text)


def _tell_status(telling: Telling, standing: Standing) -> None:
    """Why there is no place."""
    words = _STATUSES[standing.status]
    reason = telling.event.organisation_by_id[standing.organisation].status_reason
    vetoes = [item.reason for item in telling.material.adjustments if is_veto(telling.event, item) and item.reason]
    reasons = tuple(filter(None, [reason, *(vetoes if standing.status == "vetoed" else [])]))
    telling.say("status", msg("{what} ({reason})", what=words, reason=reasons) if reasons else words)


def _tell_place(telling: Telling, standing: Standing, rank: int) -> None:
    text = msg("Place {rank}, shared", rank=rank) if standing.tied else msg("Place {rank}", rank=rank)
    telling.say("place", text, Fraction(rank))
    if standing.separated is not None:
        telling.say("separated", standing.separated)
    if standing.award_names:
        telling.say("award", msg("Awarded: {awards}", awards=standing.award_names))
