"""The papers of a result: summary, awards, the protocol to sign, the public notice, how each score came about."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from judge_tui.domain.dates import date_words
from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.numbers import decimal_text, mark_text
from judge_tui.domain.rules import AwardKind
from judge_tui.domain.tabulation.result import Standing
from judge_tui.services.documents.ballots import TELLERS, ballot_parts
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.paper import (
    Code,
    Grid,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Part,
    Signatures,
    Text,
    paper,
)

TABULATORS: tuple[Text, ...] = (msg("Tabulated by"), msg("Checked by"), msg("Supervised by"), msg("Date"))


def head(dossier: Dossier) -> list[Part]:
    """The lines that stand under every title: season, host, date, and whether the result is not final."""
    event = dossier.event
    about = about_line(event.season, event.host, event.venue, date_text(event))
    return [*([Paragraph(about, centred=True)] if about else []), *warnings(dossier)]


def warnings(dossier: Dossier) -> list[Part]:
    """What no paper may keep quiet: that the marks are made up, that the result is not final."""
    parts: list[Part] = []
    if dossier.rehearsal:
        parts.append(Paragraph(msg("REHEARSAL: these marks are made up."), strong=True, centred=True))
    if dossier.provisional:
        parts.append(
            Paragraph(
                nmsg(
                    "PROVISIONAL: {count} thing is lacking or in doubt.",
                    "PROVISIONAL: {count} things are lacking or in doubt.",
                    len(dossier.doubts) or len(dossier.result.lacks),
                ),
                strong=True,
                centred=True,
            )
        )
    return parts


def date_text(event: Event) -> Text:
    """2021-12-20 as people write it: 2021年12月20日, 20 December 2021; anything else as it stands."""
    return date_words(event.date) if event.date else ""


def about_line(*pieces: Text) -> Text:
    """What is known of an event on one line, wide spaces between."""
    line: Text = ""
    for piece in pieces:
        if piece:
            line = msg("{first}　{second}", first=line, second=piece) if line else piece
    return line


def place(standing: Standing) -> Text:
    """第1名, 并列第3名, or why there is none."""
    if standing.rank is None:
        return {
            "withdrawn": msg("withdrawn"),
            "vetoed": msg("vetoed"),
            "guest": msg("out of competition"),
        }.get(standing.status, msg("no place"))
    if standing.tied:
        return msg("joint place {rank}", rank=standing.rank)
    return msg("place {rank}", rank=standing.rank)


def score_text(standing: Standing) -> str:
    """The final score; one that withdrew or was vetoed has none to show."""
    return "" if standing.status in ("withdrawn", "vetoed") else standing.total_text


def parts_of(dossier: Dossier, standing: Standing) -> tuple[Text, ...]:
    """What the total is made of: each phase where there are several, then all adjustments together."""
    figures = standing.figures
    if figures is None:
        return ()
    places = dossier.event.tabulation.decimals
    shown: list[Text] = []
    if len(figures.phases) > 1:
        shown += ["" if item.figure is None else decimal_text(item.figure, places) for item in figures.phases]
    adjusted = (figures.exact or Fraction(0)) - (figures.subtotal or Fraction(0))
    sign = "+" if adjusted > 0 else ""
    shown.append(sign + decimal_text(adjusted, places) if adjusted else "")
    return tuple(shown)


def part_heads(dossier: Dossier) -> tuple[Text, ...]:
    """The headings of `parts_of`."""
    figures = next((item.figures for item in dossier.result.standings if item.figures), None)
    if figures is None:
        return ()
    names = dossier.event.phase_by_id
    several = [names[item.phase].name for item in figures.phases] if len(figures.phases) > 1 else []
    return (*several, msg("Points added or taken off"))


def ranking_grid(dossier: Dossier, standings: Sequence[Standing] | None = None, *, whole: bool = True) -> Grid:
    """The ranking as a table; without `whole` only what the definition lets the public see."""
    shows = dossier.event.publication
    scores, places = whole or shows.scores, whole or shows.places
    listed = list(dossier.result.standings if standings is None else standings)
    if not places:
        listed.sort(key=lambda item: item.number)
    person = any(item.kind == "person" for item in dossier.event.organisations)
    classed = dossier.event.tabulation.by_division
    heads: list[Text] = [msg("Division")] if classed else []
    heads += [msg("Place")] if places else []
    heads += [
        msg("Running order") if places else msg("No."),
        msg("Contestant") if person else msg("Organisation"),
        msg("Presenter"),
    ]
    extra = part_heads(dossier) if whole else ()
    secret = () if whole or shows.bottom else tuple(item for item in dossier.event.awards if item.of_the_last)
    kept_back = {item.name for item in secret}
    heads += [*extra, *([msg("Final score")] if scores else []), award_head(dossier.event)]
    rows = []
    for item in listed:
        organisation = dossier.event.organisation_by_id[item.organisation]
        row: list[Text] = [organisation.division] if classed else []
        row += [place(item)] if places else []
        row += [str(item.number), item.name, organisation.presenter or organisation.unit]
        if whole:
            row += (*parts_of(dossier, item), *([""] * len(extra)))[: len(extra)]
        row += [score_text(item)] if scores else []
        row.append("、".join(name for name in item.award_names if name not in kept_back))
        rows.append(tuple(row))
    kept = [
        index
        for index, name in enumerate(heads)
        if not (isinstance(name, Message) and name.text in _OPTIONAL) or any(row[index] for row in rows)
    ]
    shown = tuple(heads[index] for index in kept)
    right = {
        index
        for index, name in enumerate(shown)
        if name in extra or (isinstance(name, Message) and name.text == "Final score")
    }
    shares = tuple(_SHARES.get(name.text if isinstance(name, Message) else "", 3) for name in shown)
    return Grid(shown, tuple(tuple(row[index] for index in kept) for row in rows), shares, frozenset(right))


_OPTIONAL = frozenset({"Presenter", "Points added or taken off", "Award", "Grade"})
"""Columns that are left out where they would be empty."""

_SHARES = {
    "Division": 3,
    "Place": 3,
    "Running order": 3,
    "No.": 2,
    "Organisation": 6,
    "Contestant": 5,
    "Presenter": 3,
    "Final score": 3,
    "Award": 3,
    "Grade": 3,
}


def award_head(event: Event) -> Message:
    """What the column of the awards is called: 等次 where there are only grades, else 奖项."""
    only_grades = all(item.kind == AwardKind.GRADE for item in event.awards)
    return msg("Grade") if event.awards and only_grades else msg("Award")


def summary(dossier: Dossier) -> Paper:
    """成绩汇总表: every place with its score, to be signed."""
    return paper(
        "summary",
        msg("{title}: summary of results", title=dossier.event.title),
        [*head(dossier), ranking_grid(dossier), Signatures(TABULATORS)],
        wide=True,
    )


def awards(dossier: Dossier) -> Paper:
    """获奖名单: award by award, in the order of the definition, each in running order of places."""
    parts: list[Part] = head(dossier)
    for award in dossier.event.awards:
        winners = [item for item in dossier.result.standings if award.id in item.awards]
        if award.of_the_last and not dossier.event.publication.bottom:
            continue
        parts.append(Heading(msg("{award} ({count})", award=award.name, count=len(winners)), 2))
        if winners:
            parts.append(ranking_grid(dossier, winners, whole=False))
        else:
            parts.append(Paragraph(msg("none")))
    if not dossier.event.awards:
        parts.append(Paragraph(msg("No awards are declared.")))
    return paper("awards", msg("{title}: awards", title=dossier.event.title), parts)


def noted(dossier: Dossier) -> list[Part]:
    """What the rules set aside, or could not do, in this contest."""
    notes = dossier.result.notes
    return [Heading(msg("Noted with the result"), 2), Listing(notes)] if notes else []


def protocol(dossier: Dossier) -> Paper:
    """The result protocol: what was counted by which rules, with the code of the seal, for signature."""
    event = dossier.event
    counting = [item for item in event.judges if not item.practice]
    parts: list[Part] = head(dossier)
    parts += [
        Paragraph(
            msg(
                "{organisations} organisations were assessed by {judges} judges.",
                organisations=len(event.organisations),
                judges=len(counting),
            )
            if counting
            else msg("{organisations} organisations were assessed.", organisations=len(event.organisations))
        ),
        Heading(msg("The declared rules"), 2),
        Listing(dossier.result.rules, numbered=True),
        *noted(dossier),
        Heading(msg("Result"), 2),
        ranking_grid(dossier),
    ]
    parts += ballot_parts(dossier)
    if dossier.doubts:
        parts += [Heading(msg("What was lacking"), 2), Listing(dossier.doubts[:40])]
        if len(dossier.doubts) > 40:
            parts.append(Paragraph(msg("and {count} more", count=len(dossier.doubts) - 40)))
    if dossier.overrides:
        parts += [Heading(msg("Sealed all the same, because"), 2), Listing(dossier.overrides)]
    if dossier.revealed:
        parts += [Heading(msg("Revealed before it was final, because"), 2), Listing(dossier.revealed)]
    if dossier.ballots.adjustments:
        parts += [Heading(msg("Points added or taken off"), 2), adjustments_grid(dossier)]
    parts.append(
        Code(msg("Code of the sealed result"), dossier.code.full)
        if dossier.code
        else Paragraph(msg("Not sealed yet: this paper has no code."), strong=True)
    )
    tellers = TELLERS if dossier.ballots.tallies else ()
    roles: tuple[Text, ...] = (msg("Host of the contest"), *tellers, *TABULATORS)
    parts.append(Signatures(roles))
    return paper("protocol", msg("{title}: result protocol", title=event.title), parts)


def adjustments_grid(dossier: Dossier) -> Grid:
    """Every adjustment with its reason and signers."""
    names = dossier.event.organisation_by_id
    rows = tuple(
        (
            names[item.organisation].name,
            item.name,
            f"{'+' if item.points > 0 else ''}{mark_text(item.points)}",
            item.reason,
            "、".join(item.by),
        )
        for item in dossier.ballots.adjustments
        if item.organisation in names
    )
    heads = (msg("Organisation"), msg("Adjustment"), msg("Points"), msg("Reason"), msg("Signed by"))
    return Grid(heads, rows, (4, 3, 2, 6, 3), frozenset({2}))


def explanations(dossier: Dossier) -> Paper:
    """How each score came about, step by step, so that anybody can follow it with a calculator."""
    parts: list[Part] = [
        *head(dossier),
        Heading(msg("The declared rules"), 2),
        Listing(dossier.result.rules, numbered=True),
        *noted(dossier),
    ]
    for item in dossier.result.standings:
        title = msg("{number} {name}: {score}", number=item.number, name=item.name, score=score_text(item) or "-")
        parts.append(Heading(title, 2))
        parts.append(Paragraph(place(item), strong=True))
        parts.append(Listing(tuple(step.text for step in item.steps), numbered=True))
    return paper("explanations", msg("{title}: how each score came about", title=dossier.event.title), parts)
