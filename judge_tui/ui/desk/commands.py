"""The rooms of the organiser's table and every command in them."""

from __future__ import annotations

from judge_tui.domain.messages import Message, msg
from judge_tui.ui.keys import Command

SECTIONS: tuple[tuple[str, Message], ...] = (
    ("matrix", msg("Marks")),
    ("collect", msg("Collect")),
    ("doubts", msg("Settle")),
    ("ranking", msg("Ranking")),
    ("adjustments", msg("Adjust")),
    ("day", msg("Day")),
    ("log", msg("Log")),
    ("closing", msg("Finish")),
    ("analysis", msg("Charts")),
)
"""The rooms, in the order of their digits."""

ABOUT_ROOM: dict[str, Message] = {
    "matrix": msg(
        "Judges down, organisations across. Enter shows one sheet and what can be done about it: marks from paper, absent, open again."
    ),
    "collect": msg(
        "What judges handed over, each file with its verdict. Enter on a refused one says what to do. Taking in the same file again is harmless."
    ),
    "doubts": msg(
        "What keeps the result from being final, and what is merely to be known. Enter settles a line, or goes where it can be settled."
    ),
    "ranking": msg(
        "The ranking as it stands; the hall does not see it. Beneath it: why the chosen place is what it is."
    ),
    "adjustments": msg(
        "Points added or taken off, each with a reason and as many signers as the rules ask for. What is taken back stays in the record."
    ),
    "day": msg(
        "The running order, who is there, what was drawn. Enter marks a presenter as there. What is announced here reaches the judges with the notices."
    ),
    "log": msg(
        "Everything that was ever written, newest first. Nothing is erased: what is taken back stays, marked as not counted."
    ),
    "closing": msg("The way to the end, step by step; Enter takes the chosen step."),
    "analysis": msg("How it was scored. It names judges and is for the organiser alone; it never changes a result."),
}
"""What each room is for, in a sentence or two: the head of its help."""

ONLY_IN: dict[str, str] = {
    "sums": "matrix",
    "waiting": "matrix",
    "criterion": "matrix",
    "new_file": "matrix",
    "add_judge": "matrix",
    "take_back": "log",
    "file_back": "collect",
    "copy": "collect",
    "look_first": "collect",
    "set_aside": "collect",
    "network": "collect",
    "remark": "day",
    "adjust": "adjustments",
    "undo": "adjustments",
    "save_log": "log",
    "sign_in": "day",
    "question": "day",
    "lots": "day",
    "status": "day",
    "arrive": "day",
    "order": "day",
    "definition": "day",
    "promises": "day",
    "count": "day",
    "filter": "log",
    "late": "doubts",
    "audit": "log",
}
"""Commands that belong to one room."""

COMMANDS: tuple[Command, ...] = (
    *(
        Command(f"desk.section{number}", str(number), f"section({number})", title, title, bar=False)
        for number, (_, title) in enumerate(SECTIONS, 1)
    ),
    Command("desk.sums", "f2", "sums", msg("Sums"), msg("Show each sheet's sum instead of its state")),
    Command("desk.waiting", "f3", "waiting", msg("Who owes"), msg("Only the judges who still owe something")),
    Command(
        "desk.criterion", "f4", "criterion", msg("Criterion"), msg("One criterion after another, then all together")
    ),
    Command(
        "desk.new_file", "f8", "new_file", msg("New file"), msg("Issue this judge a new file; the old one is revoked")
    ),
    Command(
        "desk.add_judge", "f10", "add_judge", msg("Add judge"), msg("Add a judge who joins, with a file of his own")
    ),
    Command("desk.adjust", "f2", "adjust", msg("Add points"), msg("Add or take off points, with a reason")),
    Command("desk.undo", "delete,f8", "undo", msg("Take back"), msg("Take the chosen adjustment back")),
    Command("desk.sign_in", "f2", "sign_in", msg("Sign in"), msg("Sign in judges and others by name")),
    Command("desk.question", "f3", "question", msg("Question"), msg("Draw a question for this organisation")),
    Command(
        "desk.remark", "0", "remark", msg("Comment"), msg("Write down what an officer says about this organisation")
    ),
    Command("desk.lots", "f4", "lots", msg("Draw lots"), msg("Draw the running order by lot, with a recorded seed")),
    Command("desk.count", "f8", "count", msg("Ballots"), msg("Count anonymous ballots for this organisation, twice")),
    Command(
        "desk.status",
        "delete",
        "status",
        msg("Takes part?"),
        msg("This organisation withdraws, is vetoed, presents out of competition, or takes part again"),
    ),
    Command("desk.arrive", "f10,insert", "arrive", msg("Late arrival"), msg("Add an organisation that arrived late")),
    Command("desk.order", "ctrl+r", "order", msg("Order"), msg("Change the running order by hand")),
    Command(
        "desk.promises",
        "ctrl+e",
        "promises",
        msg("Promises"),
        msg("What was promised: where each promise stands now, and what shows it"),
    ),
    Command(
        "desk.definition",
        "ctrl+d",
        "definition",
        msg("Definition"),
        msg("Write the definition out as a workbook, or announce a corrected one"),
    ),
    Command("desk.filter", "f3", "filter", msg("Filter"), msg("Type words that the log lines must contain")),
    Command(
        "desk.take_back",
        "delete",
        "take_back",
        msg("Take back"),
        msg("Take the chosen decision back, or no longer count a laptop from the chosen entry on"),
    ),
    Command("desk.save_log", "f2", "save_log", msg("Save the log"), msg("Save the filtered log as a table")),
    Command(
        "desk.late",
        "f2",
        "late",
        msg("Not counted"),
        msg("What came and is not counted: who, what, when, why; note that it was seen"),
    ),
    Command(
        "desk.audit", "f4", "audit", msg("Check all"), msg("Check every signature and every record, with a report")
    ),
    Command("desk.collect", "f5", "collect", msg("Collect"), msg("Take in the judges' files from a folder or a stick")),
    Command(
        "desk.watch",
        "f6",
        "watch",
        msg("Watch"),
        msg("Watch a folder and take files in as they arrive; again to stop"),
    ),
    Command(
        "desk.look_first",
        "f4",
        "look_first",
        msg("Look first"),
        msg("See in words what taking files in would change, then take them in or leave them"),
    ),
    Command(
        "desk.set_aside",
        "f8",
        "set_aside",
        msg("Set aside"),
        msg("Files that were not taken in: why, since when, and what can be done"),
    ),
    Command(
        "desk.copy",
        "f2",
        "copy",
        msg("Second copy"),
        msg("Keep a second copy of everything, made again after each merge"),
    ),
    Command(
        "desk.network",
        "f3",
        "network",
        msg("Network"),
        msg("Let judges' laptops send marks over the local network, or stop that"),
    ),
    Command("desk.file_back", "delete", "file_back", msg("Take back"), msg("No longer count what this file brought")),
    Command(
        "desk.leave", "f7", "leave", msg("For judges"), msg("Leave receipts and notices for the judges on a stick")
    ),
    Command(
        "desk.host",
        "f9",
        "host",
        msg("Hall"),
        msg("Choose what the hall sees, with a preview: who is on, clock, slides, reveal"),
    ),
    Command("desk.projector", "ctrl+o", "projector", msg("Projector"), msg("Open the hall's screen here"), bar=False),
    Command("desk.back", "escape", "back", msg("Back"), msg("Leave the table; everything is saved")),
)
"""In the order in which the key bar shows them: what works in one room only first, but in *Collect* taking files in."""


def commands_in(room: str) -> tuple[Command, ...]:
    """The commands that work in a room: its own first, then those that work in all of them, the ways to other rooms last."""
    here = [item for item in COMMANDS if ONLY_IN.get(item.action) == room]
    everywhere = [item for item in COMMANDS if item.action not in ONLY_IN]
    return (*here, *sorted(everywhere, key=lambda item: item.action.startswith("section(")))
