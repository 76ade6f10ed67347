"""What is made known: 公示, open to objection, and 通报, sent to those who took part. Both show no more than the definition
publishes, and leave open what the office fills in."""

from __future__ import annotations

from judge_tui.domain.messages import Message, msg
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.paper import Paper, Paragraph, Part, Text, paper
from judge_tui.services.documents.results import date_text, ranking_grid, warnings

_NO_DATE = msg("____-__-__")


def notice(dossier: Dossier) -> Paper:
    """公示: the public notice of the result, with the days for objections left to fill in."""
    event = dossier.event
    parts: list[Part] = [
        *warnings(dossier),
        Paragraph(
            msg(
                "On {date} {host} held {title}. By the declared rules of scoring the result is made known as follows.",
                **_occasion(dossier),
            )
        ),
        ranking_grid(dossier, whole=False),
        Paragraph(
            msg(
                "The result is open to objection from ____-__-__ to ____-__-__. Objections are to be made in writing with a name "
                "and a reason."
            )
        ),
        Paragraph(msg("Telephone: ____________    Address: ________________________")),
        *_signed(dossier),
    ]
    return paper("notice", msg("Notice of the result of {title}", title=event.title), parts)


def circular(dossier: Dossier) -> Paper:
    """通报: the result as it is sent to everybody who took part, award by award after the table."""
    event = dossier.event
    persons = any(item.kind == "person" for item in event.organisations)
    parts: list[Part] = [
        *warnings(dossier),
        Paragraph(msg("To all contestants:") if persons else msg("To all organisations assessed:"), flush=True),
        Paragraph(
            msg(
                "On {date} {host} held {title}. {count} took part. By the declared rules of scoring the result is circulated as "
                "follows.",
                count=len(event.organisations),
                **_occasion(dossier),
            )
        ),
        ranking_grid(dossier, whole=False),
        *(Paragraph(line) for line in _winners(dossier)),
        Paragraph(msg("This is circulated to all concerned.")),
        *_signed(dossier),
    ]
    return paper("circular", msg("Circular on the result of {title}", title=event.title), parts)


def _occasion(dossier: Dossier) -> dict[str, Text]:
    event = dossier.event
    return {"date": date_text(event) or _NO_DATE, "host": event.host or "________", "title": event.title}


def _winners(dossier: Dossier) -> list[Message]:
    """Each award that is announced with its names."""
    shows = dossier.event.publication
    found = []
    for award in dossier.event.awards:
        names = tuple(item.name for item in dossier.result.standings if award.id in item.awards)
        if names and (shows.bottom or not award.of_the_last):
            found.append(msg("{award} ({count}): {names}", award=award.name, count=len(names), names=names))
    return found


def _signed(dossier: Dossier) -> list[Part]:
    """落款: who issues it, and on which day."""
    return [Paragraph(dossier.event.host or "________________", right=True), Paragraph(_NO_DATE, right=True)]
