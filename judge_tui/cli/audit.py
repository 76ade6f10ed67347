"""`judge-tui audit` and `judge-tui verify`: are these records what was signed, and is this the result they give?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from judge_tui.domain.messages import msg
from judge_tui.domain.shown import escaped_json
from judge_tui.i18n import translator as _t

if TYPE_CHECKING:
    from collections.abc import Iterable

    from judge_tui.services.records.proving import Finding, Proof
    from judge_tui.services.records.verifying import Verified

FORMAT = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", help=_t(msg("table (default) or json"))
)


@click.command(
    help=_t(
        msg(
            "Check every signature and every chain of FILE (the organiser's or a judge's), the receipts beside it, the seal and what "
            "was published, and print a report. The exit code is 1 when anything is wrong. Nothing is changed."
        )
    ),
    short_help=_t(msg("Check every signature and every chain of a file.")),
)
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@FORMAT
@click.pass_context
def audit(ctx: click.Context, file: Path, form: str) -> None:
    """Check and report."""
    from judge_tui.services.records.proving import prove_file

    proof = prove_file(file)
    if form == "json":
        click.echo(escaped_json(json.dumps(_proof_json(proof, proof.findings), ensure_ascii=False, indent=2)))
    else:
        _show_proof(proof)
        show_findings(proof.findings)
        _conclude(proof)
    ctx.exit(0 if proof.sound else 1)


@click.command(
    help=_t(
        msg(
            "Check BUNDLE, the ZIP that `judge-tui bundle` wrote (or its folder, unpacked): every signature, the seal, and the "
            "result worked out again from the records and compared with what was published. It needs nothing else: no keys, no "
            "network, no other file. The exit code is 1 when anything differs."
        )
    ),
    short_help=_t(msg("Work a published result out again from its bundle.")),
)
@click.argument("bundle", metavar="BUNDLE", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--code",
    default="",
    help=_t(msg("The code on the signed protocol, to be compared (the first ten digits are enough).")),
)
@FORMAT
@click.pass_context
def verify(ctx: click.Context, bundle: Path, code: str, form: str) -> None:
    """Check, work out, compare."""
    from judge_tui.services.records.verifying import verify_bundle

    found = verify_bundle(bundle, code)
    if form == "json":
        click.echo(escaped_json(json.dumps(_verified_json(found), ensure_ascii=False, indent=2)))
    else:
        _show_verified(found, bool(code.strip()))
    ctx.exit(0 if found.sound else 1)


def _show_proof(proof: Proof) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(proof.name), box=None, pad_edge=False, header_style="bold", title_style="bold")
    for heading in (msg("Who"), msg("Laptop")):
        table.add_column(_t(heading), overflow="fold")
    for heading in (msg("Entries"), msg("In order"), msg("Counted")):
        table.add_column(_t(heading), justify="right", no_wrap=True)
    table.add_column(_t(msg("Remark")), overflow="fold")
    for chain in proof.chains:
        numbers = [str(chain.held), str(chain.good), str(chain.counted)]
        cells = [_t(chain.who), chain.device, *numbers, _t(chain.remark)]
        table.add_row(*map(Text, cells))
    Console(file=sys.stdout, highlight=False).print(table)
    _show_counts(proof)


def _show_counts(proof: Proof) -> None:
    click.echo(_t(proof.counts))


def show_findings(findings: Iterable[Finding]) -> None:
    """Each finding on a line: what is wrong, then what is merely to be known."""
    for item in sorted(findings, key=lambda found: not found.wrong):
        click.secho(f"{'✗' if item.wrong else '·'} [{item.code}] {_t(item.message)}", fg="red" if item.wrong else None)


def _conclude(proof: Proof) -> None:
    click.secho(_t(proof.conclusion), bold=True, fg=None if proof.sound else "red")


def _show_verified(found: Verified, typed: bool) -> None:
    from judge_tui.cli.rank import show_ranking

    show_ranking(found.ranking, "table")
    _show_counts(found.proof)
    for item in found.agreed:
        click.echo(_t(msg("✓ {what}: the same", what=item)))
    show_findings(found.findings)
    if found.code is not None:
        click.echo(_t(msg("Code of this result: {code}", code=found.code.full)))
        if not typed:
            click.echo(
                _t(
                    msg(
                        "Compare it with the code on the signed protocol: whoever made up a bundle could not make up that."
                    )
                )
            )
    if found.sound:
        click.secho(_t(msg("Verified: the published result is what the signed records give.")), bold=True)
    else:
        click.secho(_t(msg("NOT verified.")), bold=True, fg="red")


def _finding_json(item: Finding) -> dict[str, object]:
    return {"code": item.code, "wrong": item.wrong, "text": _t(item.message)}


def _proof_json(proof: Proof, findings: Iterable[Finding]) -> dict[str, object]:
    return {
        "file": proof.name,
        "sound": not any(item.wrong for item in findings),
        "entries": proof.entries,
        "signatures": proof.signatures,
        "chains": [
            {
                "author": chain.author.hex(),
                "who": _t(chain.who),
                "device": chain.device,
                "entries": chain.held,
                "good": chain.good,
                "counted": chain.counted,
                "remark": _t(chain.standing) if chain.standing is not None else "",
            }
            for chain in proof.chains
        ],
        "findings": [_finding_json(item) for item in findings],
    }


def _verified_json(found: Verified) -> dict[str, object]:
    from judge_tui.services.results.ranking import ranking_json

    return {
        **_proof_json(found.proof, found.findings),
        "verified": found.sound,
        "code": found.code.full if found.code is not None else "",
        "same": [_t(item) for item in found.agreed],
        "result": json.loads(ranking_json(found.ranking, _t.render)),
    }
