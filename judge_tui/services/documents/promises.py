"""承诺事项办理情况: what every organisation promised, where it stands, and how many are done and in progress."""

from __future__ import annotations

from collections.abc import Sequence

from judge_tui.domain.commitments import Commitment, tally
from judge_tui.domain.messages import msg
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.paper import Grid, Paper, Paragraph, Part, Text, paper
from judge_tui.services.documents.results import head

HEADS: tuple[Text, ...] = (
    msg("What was promised"),
    msg("How many matters"),
    msg("State of it"),
    msg("Evidence"),
    msg("Due"),
    msg("Promised in"),
)
SHARES = (6, 2, 2, 6, 3, 3)


def promise_row(item: Commitment) -> tuple[Text, ...]:
    """One promise as a row under `HEADS`."""
    return item.text, str(item.count), item.state.word, item.evidence, item.due, item.since


def promises_grid(rows: Sequence[tuple[str, Commitment]]) -> Grid:
    """Promises with who made them; columns that nobody filled are left out."""
    cells = [(name, *promise_row(item)) for name, item in rows]
    heads, shares = (msg("Organisation"), *HEADS), (3, *SHARES)
    kept = [at for at in range(len(heads)) if any(row[at] for row in cells)]
    right = frozenset(place for place, at in enumerate(kept) if at == 2)
    return Grid(
        tuple(heads[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in cells),
        tuple(shares[at] for at in kept),
        right,
    )


def promises(dossier: Dossier) -> Paper | None:
    """The paper of an event; None where nobody promised anything."""
    rows = [(item.name, made) for item in dossier.event.organisations for made in item.commitments]
    if not rows:
        return None
    counts = tally(made for _, made in rows)
    parts: list[Part] = [
        *head(dossier),
        Paragraph(msg("Commitments: {counts}", counts=counts.words), strong=True),
        promises_grid(rows),
    ]
    return paper("commitments", msg("{title}: commitments", title=dossier.event.title), parts, wide=True)
