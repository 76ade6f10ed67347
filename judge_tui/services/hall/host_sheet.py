"""What the host reads out, step by step, on paper: the reveal, then each award with its citation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from judge_tui.domain.ceremony.picture import place_words
from judge_tui.domain.ceremony.show import Entry, Show, Step, StepKind
from judge_tui.domain.ceremony.words import common_score, strip_words_of
from judge_tui.domain.dates import date_words
from judge_tui.domain.messages import Message, msg

Say = Callable[[Message], str]


def host_sheet(show: Show, say: Say) -> str:
    """The sheet as plain text, one line a step, numbered as the presenter's view numbers them."""
    lines = [show.title, *(text for text in (show.theme, show.season) if text)]
    lines += [say(date_words(show.date))] if show.date else []
    marked = strip_words_of(rehearsal=show.rehearsal, provisional=bool(show.lacks))
    lines += [f"*** {say(marked)} ***"] if marked else []
    lines += ["", say(msg("Running order"))]
    lines += [f"{turn.number:3}  {turn.name}  {turn.presenter}".rstrip() for turn in show.turns]
    lines += ["", say(msg("Reveal"))] if show.steps else []
    lines += [f"{number:3}  {line}" for number, line in enumerate(_steps(show, say), 1)]
    if show.awards:
        lines += ["", say(msg("Awards"))]
    for number, award in enumerate(show.awards, 1):
        names = "  ".join(entry.name for entry in award.entries) or ("" if award.slide else say(msg("not awarded")))
        lines.append(f"{number:3}  {award.name}  {names}".rstrip())
        lines += [f"     {award.citation}"] if award.citation else []
        lines += [f"     {say(msg('handed over by {name}', name=award.by))}"] if award.by else []
    return "\n".join(lines) + "\n"


def _steps(show: Show, say: Say) -> Iterator[str]:
    for step in show.steps:
        if step.slide is not None:
            yield "  ".join((step.slide.title, *step.slide.text))
        elif step.kind is StepKind.ALL:
            yield "\n".join((_heading(step, say), *(f"     {_whole(entry, say)}" for entry in step.entries)))
        elif step.kind is StepKind.AWARD and not step.entries:
            yield "  ".join(text for text in (step.division, step.award, say(msg("not awarded"))) if text)
        else:
            yield "  ".join(text for text in (step.division, _heading(step, say), *_said(step.entries, say)) if text)


def _heading(step: Step, say: Say) -> str:
    if step.place is None:
        return step.award or say(msg("Everything at once, then the board"))
    words = say(place_words(step.place, any(entry.tied for entry in step.entries)))
    return words if step.entries else f"{words} ..."


def _whole(entry: Entry, say: Say) -> str:
    """One row of the board in words: place, name, score, awards, or why there is no place."""
    place = say(place_words(entry.place, entry.tied)) if entry.place is not None else ""
    note = say(entry.note) if entry.note is not None and entry.place is None else ""
    return "  ".join(text for text in (place, entry.name, entry.score, *entry.awards, note) if text)


def _said(entries: tuple[Entry, ...], say: Say) -> Iterator[str]:
    score = common_score(entries)
    for entry in entries:
        yield entry.name if score or not entry.score else f"{entry.name} {entry.score}"
    if score:
        yield say(score)
