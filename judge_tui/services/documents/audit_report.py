"""The report on a check of every signature and every chain, as a paper to be signed and kept with the protocol."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from judge_tui.domain.messages import msg
from judge_tui.services.documents.bundle import Piece, paper_pieces, write_pieces
from judge_tui.services.documents.paper import Grid, Heading, Listing, Paper, Paragraph, Part, Signatures, paper
from judge_tui.services.documents.plain import markdown
from judge_tui.services.documents.render import Render
from judge_tui.services.records.proving import Proof

HEADS = (msg("Who"), msg("Laptop"), msg("Entries"), msg("In order"), msg("Counted"), msg("Remark"))


def audit_report(proof: Proof, name: str, at: str) -> Paper:
    """What was checked at the wall time `at`, and what was found."""
    title = proof.projection.event.title if proof.projection is not None else proof.name
    wrong = [item.message for item in proof.findings if item.wrong]
    known = [item.message for item in proof.findings if not item.wrong]
    parts: list[Part] = [
        Paragraph(msg("{file}, checked {time}", file=proof.name, time=at), centred=True),
        Paragraph(proof.conclusion, strong=True),
        Paragraph(proof.counts),
    ]
    for heading, items in ((msg("What is wrong"), wrong), (msg("What is to be known"), known)):
        if items:
            parts += [Heading(heading), Listing(tuple(items))]
    rows = tuple(
        (chain.who, chain.device, str(chain.held), str(chain.good), str(chain.counted), chain.remark)
        for chain in proof.chains
    )
    parts += [
        Heading(msg("Each series of records")),
        Grid(HEADS, rows, (4, 4, 2, 2, 2, 6), frozenset({2, 3, 4})),
        Signatures((msg("Checked by"), msg("Supervised by"), msg("Date"))),
    ]
    return paper(name, msg("{title}: check of the records", title=title), parts)


def write_audit_report(proof: Proof, folder: Path, name: str, at: str, render: Render) -> Sequence[Path]:
    """Write the report as Markdown, Word and PDF; the errors of `write_pieces`, nothing is overwritten."""
    made = audit_report(proof, name, at)
    plain = Piece(f"{name}.md", lambda: markdown(made, render).encode())
    whole = [
        Piece(item.name.rpartition("/")[2], item.make) for item in paper_pieces([made], name, render, ("pdf", "docx"))
    ]
    return write_pieces([plain, *whole], folder)
