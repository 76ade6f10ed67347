"""What the organiser does during the day: lots, questions, attendance, withdrawals, late arrivals."""

from __future__ import annotations

from judge_tui.domain.event import Organisation
from judge_tui.domain.messages import msg
from judge_tui.services.table import amending, drawing
from judge_tui.services.table.attendance import attend, attendance
from judge_tui.services.table.office import Office
from judge_tui.services.table.on_stage import seen_in_the_hall
from judge_tui.services.table.remarks import remark
from judge_tui.ui.desk.day_panel import DayPanel
from judge_tui.ui.desk.deeds import Deeds
from judge_tui.ui.desk.table import Table
from judge_tui.ui.dialogs.fields import Field, FieldsDialog
from judge_tui.ui.dialogs.reason import names
from judge_tui.ui.hall.steering import milliseconds


class DayDeeds:
    """Deeds of the day's room."""

    def __init__(self, table: Table, office: Office, deeds: Deeds) -> None:
        self._table, self._office, self._deeds = table, office, deeds

    def toggle(self, organisation: Organisation | None) -> None:
        """Mark an organisation's presenter as there, or as gone."""
        view = self._table.view
        if organisation is None or view is None:
            return
        now = attendance(view.projection).get(organisation.id)
        present = not (now and now.present)
        self._deeds.do(
            lambda: attend(self._office, [organisation.id], present=present),
            msg("{name} is there.", name=organisation.name)
            if present
            else msg("{name} has left.", name=organisation.name),
        )

    def look(self) -> None:
        """Show what the hall sees now; called once a second, and read only while the day's room is open."""
        for panel in self._table.screen.query(DayPanel):  # there is none for a moment while the language changes
            if panel.display and panel.children:
                panel.show_hall(seen_in_the_hall(self._office.path), milliseconds())

    def sign_in(self) -> None:
        """Sign in judges and others by name, several at once."""
        view = self._table.view
        if view is None:
            return
        by_name = {item.name: str(item.id) for item in view.event.judges}

        def answered(answer: dict[str, str] | None) -> None:
            if answer is not None:
                who = [by_name.get(name, name) for name in names(answer["who"])]
                self._deeds.do(lambda: attend(self._office, who, note=answer["note"]), msg("Recorded."))

        fields = (Field("who", msg("Names")), Field("note", msg("Remark")))
        title, text = msg("Sign in"), msg("Judges or others, with commas between the names.")
        self._table.screen.app.push_screen(FieldsDialog(title, text, fields), answered)

    def draw_order(self) -> None:
        """Draw the running order by lot."""

        def answered(answer: dict[str, str] | None) -> None:
            if answer is not None:
                self._deeds.do(
                    lambda: drawing.draw_running_order(
                        self._office, answer["seed"], answer["reason"], names(answer["by"])
                    ),
                    msg("Drawn and announced."),
                )

        fields = (
            Field("seed", msg("Seed"), drawing.new_seed()),
            Field("reason", msg("Reason")),
            Field("by", msg("Signed by"), self._deeds.by),
        )
        title = msg("Draw the running order")
        text = msg(
            "Best a seed of digits that people in the hall call out. It is recorded, so that anyone can repeat the draw."
        )
        self._table.screen.app.push_screen(FieldsDialog(title, text, fields, yes=msg("Draw")), answered)

    def draw_question(self, organisation: Organisation | None) -> None:
        """Draw a question for an organisation."""
        if organisation is None:
            return

        def answered(answer: dict[str, str] | None) -> None:
            if answer is not None:
                self._deeds.do(
                    lambda: drawing.draw_question(self._office, organisation.id, answer["seed"], names(answer["by"])),
                    msg("Drawn and announced."),
                )

        fields = (Field("seed", msg("Seed"), drawing.new_seed()), Field("by", msg("Signed by"), self._deeds.by))
        title = msg("Draw a question for {name}", name=organisation.name)
        text = msg("A question that nobody had yet; the seed is recorded.")
        self._table.screen.app.push_screen(FieldsDialog(title, text, fields, yes=msg("Draw")), answered)

    def arrive(self) -> None:
        """Add a late arrival, which presents last."""

        def answered(answer: dict[str, str] | None) -> None:
            if answer is not None:
                self._deeds.do(
                    lambda: amending.add_organisation(
                        self._office,
                        answer["name"],
                        answer["reason"],
                        names(answer["by"]),
                        presenter=answer["presenter"],
                    ),
                    msg("Announced."),
                )

        fields = (
            Field("name", msg("Organisation")),
            Field("presenter", msg("Presenter")),
            Field("reason", msg("Reason")),
            Field("by", msg("Signed by"), self._deeds.by),
        )
        title, text = msg("A late arrival"), msg("It presents last; judges learn of it with the notices.")
        self._table.screen.app.push_screen(FieldsDialog(title, text, fields), answered)

    def remark(self, organisation: Organisation | None) -> None:
        """Write down what an officer says about an organisation."""
        if organisation is None:
            return

        def answered(answer: dict[str, str] | None) -> None:
            if answer is not None:
                self._deeds.do(
                    lambda: remark(self._office, organisation.id, answer["text"], answer["by"]), msg("Recorded.")
                )

        fields = (Field("text", msg("Comment")), Field("by", msg("Said by"), organisation.officer))
        title = msg("Comment for {name}", name=organisation.name)
        text = msg("It goes into the organisation's feedback, with the name of who said it.")
        self._table.screen.app.push_screen(FieldsDialog(title, text, fields), answered)
