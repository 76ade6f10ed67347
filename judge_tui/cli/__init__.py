"""The command line: each command is one file, loaded only when it is called; `group` wires language and errors.

Nothing is loaded here: a judge's seat comes by without the command line's library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

COMMANDS = {
    "demo": "judge_tui.cli.demo:demo",
    "new": "judge_tui.cli.new:new",
    "check": "judge_tui.cli.check:check",
    "issue": "judge_tui.cli.issue:issue",
    "score": "judge_tui.cli.score:score",
    "handover": "judge_tui.cli.handover:handover",
    "merge": "judge_tui.cli.merge:merge",
    "hub": "judge_tui.cli.hub:hub",
    "sync": "judge_tui.cli.sync:sync",
    "rank": "judge_tui.cli.rank:rank",
    "open": "judge_tui.cli.organise:open_any",
    "season": "judge_tui.cli.season:season",
    "organise": "judge_tui.cli.organise:organise",
    "documents": "judge_tui.cli.documents:documents",
    "project": "judge_tui.cli.project:project",
    "host": "judge_tui.cli.host:host",
    "certificates": "judge_tui.cli.certificates:certificates",
    "export": "judge_tui.cli.export:export",
    "bundle": "judge_tui.cli.bundle:bundle",
    "verify": "judge_tui.cli.audit:verify",
    "audit": "judge_tui.cli.audit:audit",
    "resolve": "judge_tui.cli.settling:resolve",
    "undo": "judge_tui.cli.settling:undo",
    "late": "judge_tui.cli.settling:late",
    "amend": "judge_tui.cli.amend:amend",
    "reopen": "judge_tui.cli.laptops:reopen",
    "confirm": "judge_tui.cli.laptops:confirm",
    "revoke": "judge_tui.cli.laptops:revoke",
    "quarantine": "judge_tui.cli.quarantine:quarantine",
    "receipts": "judge_tui.cli.receipts:receipts",
    "sit": "judge_tui.cli.sit:sit",
    "pack": "judge_tui.cli.pack:pack_command",
    "doctor": "judge_tui.cli.doctor:doctor",
    "play": "judge_tui.cli.play:play",
    "passphrase": "judge_tui.cli.passphrase:passphrase",
    "copy": "judge_tui.cli.copy:copy",
    "takeover": "judge_tui.cli.takeover:takeover",
    "help": "judge_tui.cli.help:help_page",
}
"""Every command and where it lives."""

EXIT_ERROR = 1
"""Something a person must mend; click itself exits with 2 for wrong usage."""

EXIT_INTERRUPTED = 130
"""Ctrl+C, as shells count it."""


def run(arguments: list[str] | None = None) -> None:
    """Run the command line with these arguments (None: the process's own)."""
    from judge_tui.cli.group import run_group

    run_group(arguments)


def _group() -> click.Group:
    from judge_tui.cli.group import make_group

    return make_group()
