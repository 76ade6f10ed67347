"""Judges' files from the table: a new one for a judge whose file is lost, one for a judge who joins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import GroupId, Judge
from judge_tui.domain.messages import Message, msg
from judge_tui.services.preparing.reissuing import add_judge, reissue
from judge_tui.services.table.office import Office
from judge_tui.ui.desk.deeds import Deeds
from judge_tui.ui.desk.table import Table
from judge_tui.ui.dialogs.fields import Field, FieldsDialog
from judge_tui.ui.dialogs.reason import names


class SeatDeeds:
    """Deeds with judges' files."""

    def __init__(self, table: Table, office: Office, deeds: Deeds) -> None:
        self._table, self._office, self._deeds = table, office, deeds

    def reissue(self, judge: Judge) -> None:
        """A new file for a judge; the old one is revoked."""
        title = msg("A new file for {judge}", judge=judge.name)
        text = msg("The old file is revoked: what was written with it counts once you confirm its laptop.")
        fields = (
            Field("folder", msg("Folder"), str(self._office.path.parent)),
            Field("reason", msg("Reason")),
            Field("by", msg("Signed by"), self._deeds.by),
        )

        def write(answer: dict[str, str]) -> Path:
            folder = Path(answer["folder"]).expanduser()
            return reissue(self._office, judge.id, folder, answer["reason"], names(answer["by"]))

        self._ask(title, text, fields, write)

    def add(self) -> None:
        """A judge who joins."""
        view = self._table.view
        if view is None:
            return
        groups = {item.name: item.id for item in view.event.groups}
        first = view.event.groups[0].name
        fields = (
            Field("name", msg("Name")),
            Field("group", msg("Group"), first, "" if len(groups) == 1 else msg("one of {names}", names=tuple(groups))),
            Field("folder", msg("Folder"), str(self._office.path.parent)),
            Field("reason", msg("Reason")),
            Field("by", msg("Signed by"), self._deeds.by),
        )

        def write(answer: dict[str, str]) -> Path:
            folder = Path(answer["folder"]).expanduser()
            group = groups.get(answer["group"], GroupId(answer["group"]))
            return add_judge(self._office, answer["name"], group, folder, answer["reason"], names(answer["by"]))[1]

        self._ask(msg("A judge who joins"), msg("Every mark of this judge is asked for from now on."), fields, write)

    def _ask(
        self,
        title: Message,
        text: Message,
        fields: tuple[Field, ...],
        write: Callable[[dict[str, str]], Path],
        wrong: Message | None = None,
    ) -> None:
        """Ask, and write the file in a thread; what is not right is said in the same form, with everything as it was typed."""

        def answered(answer: dict[str, str] | None) -> None:
            if answer is not None:
                typed = tuple(replace(field, value=answer[field.key]) for field in fields)
                again = partial(self._ask, title, text, typed, write)
                self._table.screen.run_worker(partial(self._write, write, answer, again), thread=True, group="deed")

        dialog = FieldsDialog(title, text, fields, yes=msg("Issue"), wrong=wrong)
        self._table.screen.app.push_screen(dialog, answered)

    def _write(
        self, write: Callable[[dict[str, str]], Path], answer: dict[str, str], again: Callable[[Message], None]
    ) -> None:
        app = self._table.screen.app
        app.call_from_thread(self._table.working, 1)
        try:
            path = write(answer)
        except JudgeTuiError as error:
            hint = error.hint
            app.call_from_thread(again, msg("{what} {hint}", what=error.message, hint=hint) if hint else error.message)
        else:
            app.call_from_thread(self._table.say, msg("Saved: {path}", path=str(path)))
            app.call_from_thread(self._table.reload)
            app.call_from_thread(self._deeds.try_again)
        finally:
            app.call_from_thread(self._table.working, -1)
