"""`judge-tui amend`: announce a corrected definition of a contest that has begun."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui.cli.signing import done, event_argument, office, signature
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t


@click.command(
    "amend",
    help=_t(
        msg(
            "Announce DEFINITION (TOML or workbook) as the new version of the one in EVENT.db: a corrected criterion, another "
            "rule, an organisation more. Ids must stay, so that marks stay where they are; judges learn of it with the notices."
        )
    ),
    short_help=_t(msg("Announce a corrected definition.")),
)
@event_argument
@click.argument("definition", type=click.Path(exists=True, path_type=Path))
@signature
def amend(event: Path, definition: Path, reason: str, by: tuple[str, ...]) -> None:
    """Announce it."""
    from judge_tui.services.table.amending import amend_from

    amend_from(office(event), definition, reason, by)
    done(event, msg("Announced."))
