"""The check of every signature and every chain from the table: with a bar, a report in words, saved where it is asked for."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg, verbatim
from judge_tui.i18n import translator as _t
from judge_tui.services.table.office import Office
from judge_tui.ui.desk.signed_deeds import SignedDeeds
from judge_tui.ui.desk.table import Table
from judge_tui.ui.dialogs.folder import FolderDialog
from judge_tui.ui.dialogs.report import Answer, ReportDialog, Told

if TYPE_CHECKING:
    from judge_tui.services.records.proving import ChainReport, Proof


class AuditDeeds:
    """One deed: check everything, tell, and save the report on demand. Nothing of the records is changed."""

    def __init__(self, table: Table, office: Office, deeds: SignedDeeds) -> None:
        self._table, self._office, self._deeds = table, office, deeds

    def check(self) -> None:
        """Check the organiser's file and the receipts beside it."""
        self._table.screen.run_worker(self._check, thread=True, exclusive=True, group="audit")

    def _check(self) -> None:
        from judge_tui.services.records.proving import prove_file

        app = self._table.screen.app
        app.call_from_thread(self._table.working, 1)
        try:
            proof = prove_file(
                self._office.path, lambda done, of: app.call_from_thread(self._table.busy, min(done, of - 1), of)
            )
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
        else:
            app.call_from_thread(self._tell, proof)
        finally:
            app.call_from_thread(self._table.working, -1)

    def _tell(self, proof: Proof) -> None:
        at = self._office.now().astimezone()

        def answered(answer: str | None) -> None:
            if answer:
                self._save(proof, at)

        dialog = ReportDialog(
            msg("Check of every signature and every record"), told(proof), [Answer("save", msg("Save as a file"))]
        )
        self._table.screen.app.push_screen(dialog, answered)

    def _save(self, proof: Proof, at: datetime) -> None:
        def answered(folder: Path | None) -> None:
            if folder is not None:
                name = f"{self._office.path.stem}-check-{at:%Y%m%d-%H%M%S}"
                self._deeds.do(
                    partial(self._write, proof, folder, name, at),
                    msg("Saved: {path}", path=str(folder / f"{name}.pdf")),
                )

        title, text = msg("Save the report"), msg("In which folder? It is written as Word, PDF and plain text.")
        dialog = FolderDialog(title, text, (), make=True, value=str(self._office.path.parent))
        self._table.screen.app.push_screen(dialog, answered)

    def _write(self, proof: Proof, folder: Path, name: str, at: datetime) -> None:
        from judge_tui.services.documents.audit_report import write_audit_report

        write_audit_report(proof, folder, name, f"{at:%Y-%m-%d %H:%M}", _t.render)


def told(proof: Proof) -> list[Told]:
    """The report in lines: the conclusion, what is wrong, what is to be known, then every series of records."""
    lines = [Told(proof.conclusion, "good" if proof.sound else "doubt"), Told(proof.counts)]
    wrong = [item.message for item in proof.findings if item.wrong]
    known = [item.message for item in proof.findings if not item.wrong]
    for heading, items, tone in ((msg("What is wrong"), wrong, "doubt"), (msg("What is to be known"), known, "")):
        if items:
            lines += [Told(verbatim("")), Told(heading, "strong"), *(Told(item, tone) for item in items)]
    return [*lines, Told(verbatim("")), Told(msg("Each series of records"), "strong"), *map(_chain, proof.chains)]


def _chain(chain: ChainReport) -> Told:
    where = msg("{who} ({device})", who=chain.who, device=chain.device) if chain.device else chain.who
    if chain.good < chain.held or chain.standing is not None:
        text = msg(
            "{who}: {good} of {held} entries in order, {counted} counted; {remark}",
            who=where,
            good=chain.good,
            held=chain.held,
            counted=chain.counted,
            remark=chain.remark,
        )
        return Told(text, "doubt" if chain.good < chain.held else "")
    text = msg(
        "{who}: {held} entries, all in order, {counted} counted", who=where, held=chain.held, counted=chain.counted
    )
    return Told(text, "dim")
