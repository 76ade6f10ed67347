"""One bundle with everything: all records, the definition, the result with its derivations, and how to check it all."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.services.documents.bundle import pieces
from judge_tui.services.documents.dossier import Dossier, dossier_of
from judge_tui.services.documents.render import Render
from judge_tui.services.preparing.definitions import save_definition
from judge_tui.services.records.bundle_files import ADJUSTMENTS, CHECKING, DEFINITION, MARKS, README, RECEIPTS, RECORDS
from judge_tui.services.records.contest import open_contest
from judge_tui.services.results.reporting import ADJUSTMENT_COLUMNS, MARK_COLUMNS, adjustment_rows, csv_text, mark_rows
from judge_tui.services.table.office import Office
from judge_tui.store.disk import write_new
from judge_tui.store.files import EntryFile, image


def archive(office: Office, folder: Path, render: Render, language: str) -> Path:
    """Write the bundle into a folder under a name of its own; where it is.

    Raises JudgeTuiError where it is there already or cannot be written.
    """
    contest = open_contest(office.path)
    dossier = dossier_of(contest)
    code = dossier.code.short.replace(" ", "") if dossier.code else "unsealed"
    path = folder / f"{contest.event.id}-archive-{code}.zip"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_new(path, _bundle(office, dossier, render, language))
    except FileExistsError as error:
        raise JudgeTuiError(
            "EXISTS",
            msg("{path} is there already", path=str(path)),
            msg("Choose another name; nothing was overwritten."),
        ) from error
    except OSError as error:
        raise JudgeTuiError(
            "WRITE",
            msg("{path} cannot be written: {reason}", path=str(path), reason=verbatim(error.strerror or error)),
            msg("Choose a folder that can be written to and has room."),
        ) from error
    return path


def _bundle(office: Office, dossier: Dossier, render: Render, language: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle, tempfile.TemporaryDirectory() as scratch:
        bundle.writestr(RECORDS, _records(office))
        definition = Path(scratch, DEFINITION)
        save_definition(dossier.event, definition)
        bundle.writestr(DEFINITION, definition.read_bytes())
        marks = csv_text(MARK_COLUMNS, mark_rows(dossier.event, dossier.ballots))
        bundle.writestr(MARKS, marks.encode("utf-8-sig"))
        adjustments = csv_text(ADJUSTMENT_COLUMNS, adjustment_rows(dossier.ballots))
        bundle.writestr(ADJUSTMENTS, adjustments.encode("utf-8-sig"))
        receipts = office.path.with_suffix(".receipts")
        if receipts.is_file():
            bundle.writestr(RECEIPTS, receipts.read_bytes())
        for item in pieces(dossier, render, language, ("json", "html", "md")):
            bundle.writestr(item.name, item.make())
        code = dossier.code.full if dossier.code else "-"
        bundle.writestr(README, render(Message(CHECKING.text, {"code": code})))
    return out.getvalue()


def _records(office: Office) -> bytes:
    """All entries in a file of their own; this laptop's unsigned notes stay here."""
    with EntryFile.open(office.path, read_only=True) as file:
        return image(file.kind, file.event, file.entries(), evidence=file.evidence())
