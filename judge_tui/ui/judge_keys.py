"""The judge's commands: what works while scoring, reviewing and reading. Keys a form or the sheet uses itself are `MOVES`."""

from __future__ import annotations

from collections.abc import Iterable

from judge_tui.domain.messages import msg
from judge_tui.ui.keys import Command

MORE_COMMANDS = (
    Command(
        "judge.materials",
        "ctrl+o",
        "materials",
        msg("Materials"),
        msg("Materials and pictures of this organisation"),
        bar=False,
    ),
    Command("judge.clock", "ctrl+k", "clock", msg("Clock"), msg("Start the clock of this turn, or stop it"), bar=False),
    Command(
        "judge.question",
        "ctrl+g",
        "question",
        msg("Question"),
        msg("Note the question asked and the answer"),
        bar=False,
    ),
    Command(
        "judge.findings",
        "ctrl+f",
        "findings",
        msg("Findings"),
        msg("Describe what the checklist found wanting"),
        bar=False,
    ),
    Command(
        "judge.history", "ctrl+r", "history", msg("My changes"), msg("Read the history of my own changes"), bar=False
    ),
    Command(
        "judge.copy",
        "ctrl+e",
        "copy",
        msg("Hand over"),
        msg("Hand over, or keep a second copy on a stick or in a folder"),
        bar=False,
    ),
    Command(
        "judge.turn",
        "ctrl+s",
        "submit_turn",
        msg("Submit this one"),
        msg("Hand in this organisation's marks alone, and lock them"),
        bar=False,
    ),
    Command(
        "judge.reopen",
        "ctrl+u",
        "reopen",
        msg("Open again"),
        msg("Open again what was submitted, by the organiser's code"),
        bar=False,
    ),
    Command("judge.spacing", "ctrl+d", "spacing", msg("Wider lines"), msg("Wider lines, or close ones"), bar=False),
    Command(
        "judge.direction",
        "ctrl+n",
        "direction",
        msg("Enter goes down"),
        msg("In the sheet: whether Enter goes along the row or down the column"),
        bar=False,
    ),
    Command(
        "judge.network",
        "ctrl+a",
        "network",
        msg("Network"),
        msg("Send marks over the local network, or stop doing so"),
        bar=False,
    ),
    Command(
        "judge.pin",
        "ctrl+x",
        "pin",
        msg("PIN"),
        msg("Set a PIN, so that nobody else sees your marks on this laptop"),
        bar=False,
    ),
    Command(
        "judge.leave", "ctrl+w", "leave", msg("Leave"), msg("Leave; everything entered is already saved"), bar=False
    ),
)
"""What the last key of the bar lists, by number."""

JUDGE_COMMANDS = (
    Command("judge.accept", "enter", "move('accept')", msg("Enter mark"), msg("Take the mark and go on")),
    Command(
        "judge.sheet",
        "f2",
        "sheet",
        msg("Sheet"),
        msg("All organisations in one sheet, and back to one at a time"),
    ),
    Command("judge.review", "f3", "review", msg("Review"), msg("What is missing, and submit")),
    Command("judge.more", "f10", "more", msg("More"), msg("More: materials, clock, questions, history, hand over")),
    Command("judge.note", "f4", "note", msg("My note"), msg("A note for yourself; it stays on this laptop")),
    Command("judge.later", "f5", "later", msg("Later"), msg("Put this organisation off, and come back to it later")),
    Command(
        "judge.comment",
        "f6",
        "comment",
        msg("Comment"),
        msg("A comment for the organisation, handed in with the marks"),
    ),
    Command(
        "judge.recuse",
        "f7",
        "recuse",
        msg("Recuse"),
        msg("Do not score this organisation, with the reason; or score it after all"),
    ),
    Command("judge.undo", "f8,ctrl+z", "undo", msg("Undo"), msg("Take the last mark back; both stay in the record")),
    Command("judge.redo", "f9,ctrl+y", "redo", msg("Redo"), msg("Give again what was undone"), bar=False),
    Command("judge.up", "up", "move('up')", msg("Field above"), msg("To the field above"), bar=False),
    Command("judge.down", "down", "move('down')", msg("Field below"), msg("To the field below"), bar=False),
    Command(
        "judge.tab",
        "tab",
        "move('tab')",
        msg("Next field"),
        msg("To the next field; in the sheet, to the next cell"),
        bar=False,
    ),
    Command(
        "judge.backtab", "shift+tab", "move('backtab')", msg("Field before"), msg("To the field before"), bar=False
    ),
    Command("judge.left", "left", "move('left')", msg("Left"), msg("In the sheet: to the left"), bar=False),
    Command("judge.right", "right", "move('right')", msg("Right"), msg("In the sheet: to the right"), bar=False),
    Command(
        "judge.first", "home", "move('first')", msg("First"), msg("In the sheet: to the first criterion"), bar=False
    ),
    Command("judge.last", "end", "move('last')", msg("Last"), msg("In the sheet: to the last criterion"), bar=False),
    Command(
        "judge.previous", "pageup", "move('previous')", msg("Previous"), msg("To the organisation before"), bar=False
    ),
    Command("judge.next", "pagedown", "move('next')", msg("Next"), msg("To the next organisation"), bar=False),
    Command(
        "judge.revert",
        "escape",
        "revert",
        msg("Back"),
        msg("Take back what is half typed; from sheet and review, back to the walk"),
        bar=False,
    ),
    *MORE_COMMANDS,
)
"""Everything a judge can do, in the order of the key bar."""

_FORM = ("accept", "up", "down", "tab", "backtab", "previous", "next")
_SHEET = (*_FORM, "left", "right", "first", "last")


def moves(keys: Iterable[tuple[Command, Iterable[str]]], sheet: bool) -> dict[str, str]:
    """Textual key → move, for the form or the sheet, from (command, its keys as a person has set them)."""
    names = _SHEET if sheet else _FORM
    found = {}
    for command, set_keys in keys:
        name = command.id.removeprefix("judge.")
        if name in names:
            found.update(dict.fromkeys(set_keys, name))
    return found
