"""The last steps at the table: seal, publish, documents, bundle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.i18n import translator as _t
from judge_tui.services.table import closing
from judge_tui.services.table.office import Office
from judge_tui.ui.desk.deeds import Deeds
from judge_tui.ui.desk.table import Table
from judge_tui.ui.dialogs.folder import FolderDialog

if TYPE_CHECKING:
    from judge_tui.services.documents.bundle import Piece


class ClosingDeeds:
    """Deeds of the last room."""

    def __init__(self, table: Table, office: Office, deeds: Deeds) -> None:
        self._table, self._office, self._deeds = table, office, deeds

    def step(self, name: str) -> None:
        """One of the steps: `seal`, `publish`, `documents`, `papers`, `archive`."""
        steps: dict[str, Callable[[], None]] = {
            "seal": self._seal,
            "publish": self._publish,
            "documents": self._documents,
            "papers": self._papers,
            "archive": self._archive,
        }
        if self._table.view is not None:
            steps[name]()

    def _seal(self) -> None:
        self._table.screen.run_worker(self._look_before_sealing, thread=True, group="deed")

    def _look_before_sealing(self) -> None:
        app = self._table.screen.app
        app.call_from_thread(self._table.working, 1)
        try:
            blocking = len(closing.blocking(self._office))
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
        else:
            app.call_from_thread(self._ask_to_seal, blocking)
        finally:
            app.call_from_thread(self._table.working, -1)

    def _ask_to_seal(self, blocking: int) -> None:
        if blocking:
            self._deeds.ask(
                msg("Seal all the same?"),
                nmsg(
                    "{count} thing is lacking or in doubt. The reason stands on every print.",
                    "{count} things are lacking or in doubt. The reason stands on every print.",
                    blocking,
                ),
                lambda reason, by: closing.seal(self._office, by, override=reason),
                msg("Sealed."),
            )
        else:
            self._deeds.ask(
                msg("Seal what is counted"),
                msg("Later entries are kept and not counted. Say in a few words how it was checked."),
                lambda reason, by: closing.seal(self._office, by, checked=reason),
                msg("Sealed."),
                why=msg("How checked"),
            )

    def _publish(self) -> None:
        self._deeds.ask(
            msg("Publish the result"),
            msg("The result is pinned beside the seal. Where is it made known?"),
            lambda reason, by: closing.publish(self._office, by, where=reason),
            msg("Published."),
            why=msg("Made known at"),
        )

    def _documents(self) -> None:
        self._ask_folder(msg("Print and save the documents"), "documents", self._write_documents)

    def _papers(self) -> None:
        self._ask_folder(msg("Print hand-outs and paper sheets for the judges"), "papers", self._write_papers)

    def _archive(self) -> None:
        self._ask_folder(msg("Put everything away in one bundle"), "", self._write_archive)

    def _ask_folder(self, title: Message, below: str, act: Callable[[Path], None]) -> None:
        suggested = self._office.path.parent / below if below else self._office.path.parent
        text = msg("In which folder? Nothing that is there is overwritten.")
        dialog = FolderDialog(title, text, (), make=True, value=str(suggested))

        def answered(folder: Path | None) -> None:
            if folder is not None:
                self._table.screen.run_worker(partial(act, folder), thread=True, group="documents")

        self._table.screen.app.push_screen(dialog, answered)

    def _write_documents(self, folder: Path) -> None:
        from judge_tui.services.documents.bundle import pieces
        from judge_tui.services.documents.dossier import dossier_of_file

        self._write(lambda: pieces(dossier_of_file(self._office.path), _t.render, _t.language), folder)

    def _write_papers(self, folder: Path) -> None:
        from judge_tui.services.documents.bundle import papers_for_judges

        self._write(lambda: papers_for_judges(self._office.path, _t.render), folder)

    def _write(self, make: Callable[[], Sequence[Piece]], folder: Path) -> None:
        """Write what `make` prepares, with a bar that tells how far it is."""
        from judge_tui.services.documents.bundle import write_pieces

        app = self._table.screen.app
        try:
            app.call_from_thread(self._table.busy, 0, 1)
            written = write_pieces(
                make(), folder, lambda path, done, of: app.call_from_thread(self._table.busy, done, of)
            )
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
        else:
            text = nmsg(
                "{count} file written into {folder}",
                "{count} files written into {folder}",
                len(written),
                folder=str(folder),
            )
            app.call_from_thread(self._table.say, text)
        finally:
            app.call_from_thread(self._table.busy, 1, 1)

    def _write_archive(self, folder: Path) -> None:
        from judge_tui.services.records.archiving import archive

        app = self._table.screen.app
        app.call_from_thread(self._table.working, 1)
        try:
            path = archive(self._office, folder, _t.render, _t.language)
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
        else:
            app.call_from_thread(self._table.say, msg("Saved: {path}", path=str(path)))
        finally:
            app.call_from_thread(self._table.working, -1)
