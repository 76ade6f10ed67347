"""What a definition says, in words, for the person who wrote it: counts, phases, criteria with full marks, rules, awards."""

from __future__ import annotations

from fractions import Fraction

from judge_tui.domain.commitments import tally
from judge_tui.domain.event import (
    Checklist,
    Criterion,
    Event,
    Grades,
    Method,
    OrganisationKind,
    Pace,
    Phase,
    PhaseId,
    PhaseKind,
    Points,
    Reveal,
    Scoring,
    Votes,
)
from judge_tui.domain.messages import Message, msg, nmsg, verbatim
from judge_tui.domain.numbers import THOUSAND, mark_text, short_text
from judge_tui.domain.rules import AdjustmentKind, AdjustmentRule, Average, Award, CutTie, GroupRule, PhaseRule

KIND_WORDS = {
    PhaseKind.VISIT: msg("visit"),
    PhaseKind.TALK: msg("talk"),
    PhaseKind.QUESTIONS: msg("questions"),
    PhaseKind.DOCUMENTS: msg("documents"),
    PhaseKind.APPRAISAL: msg("appraisal"),
    PhaseKind.COMMENT: msg("comment"),
}
PACE_WORDS = {
    Pace.TURN: msg("in each turn"),
    Pace.ROUND: msg("a round through all"),
    Pace.ONCE: msg("once for all"),
}
REVEAL_WORDS = {
    Reveal.ONE_BY_ONE: msg("revealed one by one from the last place"),
    Reveal.AWARDS: msg("revealed award by award"),
    Reveal.TOP: msg("only the first places are revealed"),
    Reveal.ALL: msg("revealed all at once"),
}
ADJUSTMENT_WORDS = {
    AdjustmentKind.OVERTIME: msg("over time"),
    AdjustmentKind.UNDERTIME: msg("under time"),
    AdjustmentKind.BONUS: msg("bonus"),
    AdjustmentKind.PENALTY: msg("penalty"),
    AdjustmentKind.OBJECTIVE: msg("points measured elsewhere"),
    AdjustmentKind.VETO: msg("veto"),
}
CUT_WORDS = {
    CutTie.ALL: msg("a tie at the cut: all of them"),
    CutTie.NONE: msg("a tie at the cut: none of them"),
    CutTie.DECIDE: msg("a tie at the cut: the organiser decides"),
}
SCORING_WORDS = {
    Scoring.TURN: msg("Marks are given after each turn."),
    Scoring.BATCH: msg("Marks are given all together at the end."),
    Scoring.BOTH: msg("Marks are given at any time until the sheet is submitted."),
}


def summarise(event: Event, rules: tuple[Message, ...] = ()) -> tuple[tuple[Message, tuple[Message, ...]], ...]:
    """Headings, each with its lines, in the order of the document; headings without lines are left out.

    `rules` are the declared rules in words, as the tabulation says them.
    """
    parts = (
        (msg("Event"), _head(event)),
        (msg("Organisations"), _organisations(event)),
        (msg("Judges"), _judges(event)),
        (msg("Phases"), tuple(_phase(phase, number) for number, phase in enumerate(event.phases, 1))),
        (msg("Criteria"), _criteria(event)),
        (msg("Rules"), rules if event.criteria else ()),
        (msg("Adjustments"), tuple(adjustment_words(rule, event) for rule in event.adjustments)),
        (msg("Grades and awards"), tuple(award_words(award) for award in event.awards)),
        (msg("Announcement"), _announcement(event)),
    )
    return tuple((heading, lines) for heading, lines in parts if lines)


def full_marks(event: Event) -> Fraction:
    """The most one organisation can come to, bonuses and adjustments aside, in points: Σ best mark × weight, phases put together as
    declared. 0 where there is no one such number: sums over judges or groups, or only the best phases."""
    rules = event.tabulation
    if rules.average is Average.SUM or rules.groups is GroupRule.SUM or rules.phases is PhaseRule.BEST:
        return Fraction(0)
    by_phase: dict[str, Fraction] = {}
    for item in event.criteria:
        if not item.bonus:
            most = best_mark(item.method) * item.weight / THOUSAND
            by_phase[item.phase] = by_phase.get(item.phase, Fraction(0)) + most
    if rules.phases is not PhaseRule.WEIGHTED:
        return sum(by_phase.values(), Fraction(0))
    weights = {phase.id: phase.weight for phase in event.phases if phase.id in by_phase}
    whole = sum(weights.values(), Fraction(0))
    return sum((by_phase[key] * weight / whole for key, weight in weights.items()), Fraction(0)) if whole else whole


def best_mark(method: Method) -> int:
    """The best mark of a method in thousandths; 0 where marks are places or votes."""
    if isinstance(method, Points):
        return method.most
    if isinstance(method, Checklist):
        return method.full
    if isinstance(method, Grades):
        return max((grade.points for grade in method.grades), default=0)
    return 0


def _head(event: Event) -> tuple[Message, ...]:
    details = tuple(text for text in (event.season, event.host, event.venue, event.date, event.theme) if text)
    lines = [msg("{title} (id {id})", title=event.title, id=event.id)]
    if details:
        lines.append(msg("{details}", details=details))
    if event.criteria:
        lines.append(SCORING_WORDS[event.scoring])
    if event.calibration:
        lines.append(msg("The first {count} are scored together after the last of them.", count=event.calibration))
    if event.questions:
        lines.append(nmsg("{count} question in the pool", "{count} questions in the pool", len(event.questions)))
    return tuple(lines)


def _organisations(event: Event) -> tuple[Message, ...]:
    if not event.organisations:
        return (msg("none: they are taken from the marks"),)
    first, last = event.organisations[0], event.organisations[-1]
    count = len(event.organisations)
    persons = all(item.kind is OrganisationKind.PERSON for item in event.organisations)
    lines = [
        nmsg("{count} person", "{count} persons", count)
        if persons
        else nmsg("{count} organisation", "{count} organisations", count),
        msg(
            "from no. {first} {first_name} to no. {last} {last_name}",
            first=first.number,
            first_name=first.name,
            last=last.number,
            last_name=last.name,
        ),
    ]
    materials = sum(len(item.materials) for item in event.organisations)
    if materials:
        lines.append(nmsg("{count} picture or paper", "{count} pictures and papers", materials))
    promised = tally(made for item in event.organisations for made in item.commitments)
    if promised.whole:
        lines.append(msg("commitments: {counts}", counts=promised.words))
    divisions = dict.fromkeys(item.division for item in event.organisations if item.division)
    if divisions:
        lines.append(msg("classes: {names}", names=tuple(divisions)))
    out = tuple(item.name for item in event.organisations if item.status)
    if out:
        lines.append(msg("not in the ranking: {names}", names=out))
    return tuple(lines)


def _judges(event: Event) -> tuple[Message, ...]:
    if not event.judges:
        if not event.criteria:
            return (msg("none"),)
        if all(isinstance(item.method, Grades) and item.method.anonymous for item in event.criteria):
            return (msg("none by name: ballots are anonymous and counted by group"),)
        return (msg("none: they are taken from the marks"),)
    lines = []
    for group in event.groups:
        count = sum(judge.group == group.id and not judge.practice for judge in event.judges)
        lines.append(
            msg("{name}: {count}", name=group.name, count=count)
            if group.weight == 1
            else msg("{name}: {count}, weight {weight}", name=group.name, count=count, weight=short_text(group.weight))
        )
    practice = tuple(judge.name for judge in event.judges if judge.practice)
    if practice:
        lines.append(msg("for practice, not counted: {names}", names=practice))
    bound = sum(bool(judge.organisation or judge.recused) for judge in event.judges)
    if bound:
        lines.append(nmsg("{count} judge is excluded from some", "{count} judges are excluded from some", bound))
    return tuple(lines)


def _phase(phase: Phase, number: int) -> Message:
    extras: list[Message] = [KIND_WORDS[phase.kind], PACE_WORDS[phase.pace]]
    if phase.max_time or phase.min_time:
        extras.append(verbatim(f"{_clock(phase.min_time)}~{_clock(phase.max_time)}"))
    if phase.by:
        extras.append(verbatim(phase.by))
    extras.extend(verbatim(stop) for stop in phase.stops)
    return msg("{number}. {name}: {details}", number=number, name=phase.name, details=tuple(extras))


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}" if seconds else ""


def _criteria(event: Event) -> tuple[Message, ...]:
    if not event.criteria:
        return (msg("none: nothing is scored"),)
    lines = [_criterion(criterion, event) for criterion in event.criteria]
    full = full_marks(event)
    if full:
        lines.append(msg("Full marks: {points}", points=short_text(full)))
    return tuple(lines)


def _criterion(criterion: Criterion, event: Event) -> Message:
    extras = [method_words(criterion.method)]
    if criterion.weight != 1:
        extras.append(msg("times {weight}", weight=short_text(criterion.weight)))
    if criterion.bonus:
        extras.append(msg("beyond full marks"))
    if criterion.groups:
        extras.append(msg("by {groups}", groups=tuple(event.group_by_id[item].name for item in criterion.groups)))
    if len(event.phases) > 1:
        extras.append(verbatim(event.phase_by_id[criterion.phase].name))
    return msg("{name}: {details}", name=criterion.name, details=tuple(extras))


def method_words(method: Method) -> Message:
    """How a mark is given, in a few words."""
    if isinstance(method, Points):
        ends = {"least": mark_text(method.least), "most": mark_text(method.most), "step": mark_text(method.step)}
        if method.deduct:
            return msg("{most} points minus what is taken off, down to {least}, in steps of {step}", **ends)
        return msg("{least} to {most} points in steps of {step}", **ends)
    if isinstance(method, Grades):
        grades = tuple(verbatim(f"{grade.name}={mark_text(grade.points)}") for grade in method.grades)
        if method.anonymous:
            return msg("anonymous grade ballot {grades}", grades=grades)
        return msg("grades {grades}", grades=grades)
    if isinstance(method, Checklist):
        full, count = mark_text(method.full), len(method.items)
        return nmsg(
            "{most} points minus {count} item to check", "{most} points minus {count} items to check", count, most=full
        )
    if isinstance(method, Votes):
        return msg("each judge votes for at most {count}", count=method.most)
    return msg("each judge puts all in order")


def adjustment_words(rule: AdjustmentRule, event: Event) -> Message:
    """One rule for points after the mean, as declared."""
    extras: list[Message] = []
    if rule.phase:
        extras.append(verbatim(event.phase_by_id[PhaseId(rule.phase)].name))
    for band in rule.bands:
        from_then = msg("from {time}: {points}", time=_clock(band.over) or "0:00", points=mark_text(band.points))
        extras.append(
            msg("{band}, every {time} again", band=from_then, time=_clock(band.every)) if band.every else from_then
        )
    if rule.cap is not None:
        extras.append(msg("at most {points} points", points=mark_text(rule.cap)))
    if rule.signers > 1:
        extras.append(msg("signed by {count}", count=rule.signers))
    kind = ADJUSTMENT_WORDS[AdjustmentKind(rule.kind)]
    return msg("{name}: {details}", name=rule.name, details=(kind, *extras))


def award_words(award: Award) -> Message:
    """Who gets an award, as declared."""
    extras: list[Message] = []
    if award.quota is not None:
        extras.append(msg("{count} of them", count=award.quota))
    if award.percent is not None:
        extras.append(msg("{percent} % of all", percent=short_text(award.percent)))
    if award.at_least is not None:
        extras.append(msg("from {points} points on", points=mark_text(award.at_least)))
    if award.below is not None:
        extras.append(msg("below {points} points", points=mark_text(award.below)))
    if award.top is not None:
        extras.append(msg("among the first {count}", count=award.top))
    if award.bottom is not None:
        extras.append(msg("among the last {count}", count=award.bottom))
    if award.division:
        extras.append(verbatim(award.division))
    if not extras:
        extras.append(msg("all that are left"))
    elif any(limit is not None for limit in (award.quota, award.percent, award.top, award.bottom)):
        extras.append(CUT_WORDS[award.cut])
    return msg("{name}: {details}", name=award.name, details=tuple(extras))


def _announcement(event: Event) -> tuple[Message, ...]:
    if not event.criteria:
        return ()
    shown = event.publication
    kept = tuple(
        word
        for word, public in (
            (msg("scores"), shown.scores),
            (msg("places"), shown.places),
            (msg("lists of the last"), shown.bottom),
        )
        if not public
    )
    lines = [REVEAL_WORDS[event.projector.reveal]]
    if kept:
        lines.append(msg("not shown: {kept}", kept=kept))
    return tuple(lines)
