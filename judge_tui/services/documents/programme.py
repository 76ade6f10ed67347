"""议程, before the event and beside its results; and the record of an event in which nothing is scored."""

from __future__ import annotations

from judge_tui.domain.event import Event, OrganisationId, Phase
from judge_tui.domain.messages import msg, verbatim
from judge_tui.domain.programme import Step, programme
from judge_tui.domain.turn_time import clock_text
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.paper import Grid, Heading, Listing, Paper, Paragraph, Part, Signatures, Text, paper
from judge_tui.services.documents.results import award_head, head, place, score_text


def agenda_grid(event: Event) -> Grid:
    """What happens, one row a step: phase, organisation or sites, who acts, how long."""
    heads: tuple[Text, ...] = (msg("No."), msg("Phase"), msg("For whom"), msg("Who acts"), msg("Time allowed"))
    rows = tuple(
        (str(number), step.phase.name, _whom(step), _who(step), _allowed(step.phase))
        for number, step in enumerate(programme(event), 1)
    )
    kept = [at for at in range(len(heads)) if at < 2 or any(row[at] for row in rows)]
    shares = (1, 4, 5, 4, 2)
    return Grid(
        tuple(heads[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in rows),
        tuple(shares[at] for at in kept),
        frozenset({0}),
    )


def _whom(step: Step) -> Text:
    if step.organisation is not None:
        return step.organisation.name
    return "、".join(step.stops)


def _who(step: Step) -> Text:
    """Who comments or presents: the organisation's own officer or presenter where the definition names him."""
    own = step.officer
    if not own and step.organisation is not None and step.phase.kind == "talk":
        own = step.organisation.presenter
    if own and step.by and own != step.by:
        return f"{step.by}（{own}）"
    return own or step.by


def _allowed(phase: Phase) -> str:
    """05:00~08:00, or the one limit there is."""
    if phase.min_time and phase.max_time:
        return f"{clock_text(phase.min_time)}~{clock_text(phase.max_time)}"
    return clock_text(phase.min_time or phase.max_time) if phase.min_time or phase.max_time else ""


def agenda(dossier: Dossier, *, before: bool = False) -> Paper:
    """The programme as a paper of its own; `before` the contest nothing is said of a result that is not there yet."""
    parts = [part for part in head(dossier) if not (before and isinstance(part, Paragraph) and part.strong)]
    if dossier.event.theme:
        parts.append(Paragraph(msg("Theme: {theme}", theme=dossier.event.theme), centred=True))
    parts.append(agenda_grid(dossier.event))
    return paper("programme", msg("{title}: programme", title=dossier.event.title), parts)


def readout_awards(dossier: Dossier) -> dict[OrganisationId, tuple[str, ...]]:
    """The grades and awards of each organisation that may be read out."""
    shows = dossier.event.publication
    told = [item for item in dossier.event.awards if shows.bottom or not item.of_the_last]
    return {
        item.organisation: tuple(award.name for award in told if award.id in item.awards)
        for item in dossier.result.standings
    }


def readout(dossier: Dossier) -> Paper | None:
    """通报: what is read out organisation by organisation, its score or grade beside what was said; None where nothing was said."""
    shows = dossier.event.publication
    heads: list[Text] = [msg("No."), msg("Organisation")]
    heads += [msg("Place")] if shows.places else []
    heads += [msg("Final score")] if shows.scores else []
    announced = readout_awards(dossier)
    heads += [award_head(dossier.event)] if any(announced.values()) else []
    heads.append(msg("Comments"))
    rows = []
    for organisation in dossier.event.organisations:
        standing = dossier.standings.get(organisation.id)
        if standing is None:
            continue
        row: list[Text] = [str(organisation.number), organisation.name]
        row += [place(standing)] if shows.places else []
        row += [score_text(standing)] if shows.scores else []
        row += ["、".join(announced[organisation.id])] if any(announced.values()) else []
        row.append("；".join(dossier.comments.get(organisation.id, ())))
        rows.append(tuple(row))
    if not any(row[-1] for row in rows):
        return None
    shares = (1, 3, *([2] * (len(heads) - 3)), 9)
    parts: list[Part] = [*head(dossier), Grid(tuple(heads), tuple(rows), shares, frozenset({0}))]
    return paper("readout", msg("{title}: results and comments to be read out", title=dossier.event.title), parts)


def record(dossier: Dossier) -> Paper:
    """What happened where nothing is announced: the programme, and what was said about each organisation."""
    event = dossier.event
    parts: list[Part] = [
        *head(dossier),
        Paragraph(msg("Nothing is scored and nobody is ranked.") if not event.criteria else msg("Nobody is ranked.")),
        Heading(msg("Programme"), 2),
        agenda_grid(event),
        Heading(msg("Comments"), 2),
    ]
    said = [(item, dossier.comments.get(item.id, ())) for item in event.organisations]
    if not any(comments for _, comments in said):
        parts.append(Paragraph(msg("none")))
    for organisation, comments in said:
        if comments:
            parts.append(Paragraph(verbatim(f"{organisation.number}  {organisation.name}"), strong=True))
            parts.append(Listing(comments))
    parts.append(Signatures((msg("Recorded by"), msg("Date"))))
    return paper("record", msg("{title}: record", title=event.title), parts)
