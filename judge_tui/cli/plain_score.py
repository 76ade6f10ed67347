"""`judge-tui score FILE --plain`: question by question on ordinary lines, for screen readers and for very plain terminals."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from judge_tui.domain import marks
from judge_tui.domain.commitments import line, tally
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Checklist, Criterion, Grades, OrganisationId
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.numbers import mark_text, normalise_typed, short_text
from judge_tui.domain.seat import Card
from judge_tui.i18n import translator as _t
from judge_tui.services.seat.judging import JudgingSession

Say = Callable[[str], None]
Ask = Callable[[str], str]
"""Shows a question and returns the line that was typed; raises EOFError at the end of the input."""

ADVICE = msg(
    "Type the mark and press Enter; Enter alone leaves it as it is. Also: - takes a mark back, < goes back, > goes on, "
    "? explains, = reviews, # writes a comment, ~ recuses you, ! submits, . leaves."
)

SIGNS = frozenset({"<", ">", "=", "!", ".", "#", "~"})
"""What is no mark but asks for something, wherever a mark is asked for."""


class PlainScore:
    """One judge's sitting in questions and answers. Everything answered is saved before the next question."""

    def __init__(self, session: JudgingSession, say: Say, ask: Ask) -> None:
        self._session, self._say, self._ask = session, say, ask
        self._done = False

    def run(self) -> None:
        """Ask until the judge leaves, or the input ends."""
        event, judge = self._session.event, self._session.judge
        self._tell(msg("{title}. Judge {name}.", title=event.title, name=judge.name))
        if self._session.notice is not None:
            self._tell(self._session.notice)
        self._tell(ADVICE)
        cards = self._session.progress.cards
        known = OrganisationId(self._session.drawer.place.get("organisation", ""))
        here = known if known in self._session.progress.order else self._session.progress.resume()
        place = self._session.progress.order[here] if here is not None else 0
        try:
            while not self._done and cards:
                place = max(0, min(place + self._organisation(place), len(cards) - 1))
        except EOFError:
            pass
        self._session.drawer.keep()
        self._tell(msg("Everything is saved."))

    def _tell(self, message: Message) -> None:
        self._say(_t(message))

    def _organisation(self, place: int) -> int:
        """Ask everything about one organisation; how far to go on: 1, -1, or 0 to ask again."""
        progress = self._session.progress
        card = progress.cards[place]
        organisation = card.organisation
        self._session.drawer.stand(organisation=organisation.id)
        self._session.drawer.keep()
        self._tell(
            msg(
                "No. {place} of {total}: {number} {name}, {state}",
                place=place + 1,
                total=len(progress.cards),
                number=organisation.number,
                name=organisation.name,
                state=card.state.word,
            )
        )
        if organisation.commitments:
            self._tell(msg("Commitments: {counts}", counts=tally(organisation.commitments).words))
        for promise in organisation.commitments:
            self._tell(line(promise))
        if card.closed:
            return self._only_read(card, place)
        for criterion in card.sheet.criteria:
            step = self._criterion(organisation.id, criterion)
            if step is not None:
                return step
        total = self._session.progress.cards[place].total
        if total is not None:
            self._tell(msg("Your total {total}", total=short_text(total)))
        if place + 1 == len(progress.cards):
            self._review()
            ending = msg("End of the list. < goes back, ! submits, . leaves: ")
            return self._command(self._ask(_t(ending)), organisation.id)
        return 1

    def _only_read(self, card: Card, place: int) -> int:
        for criterion in card.sheet.criteria:
            mark = card.given.get(criterion.id)
            if mark is not None:
                shown = marks.shown(criterion.method, mark.value)
                self._tell(msg("{criterion}: {mark}", criterion=criterion.name, mark=shown))
        if card.locked:
            question = msg("Enter goes on, < goes back, * opens it again by the organiser's code, . leaves: ")
        elif card.recusal is not None and not card.fixed:
            question = msg("Enter goes on, < goes back, ~ scores it after all, . leaves: ")
        else:
            question = msg("Enter goes on, < goes back, . leaves: ")
        last = place + 1 == len(self._session.progress.cards)
        answer = self._ask(_t(question))
        return self._command(answer, card.organisation.id) if answer.strip() else int(not last)

    def _criterion(self, organisation: OrganisationId, criterion: Criterion) -> int | None:
        """Ask for one mark until it is taken; a step where the judge wants to go elsewhere."""
        while True:
            mark = self._session.progress.card(organisation).given.get(criterion.id)
            now = marks.shown(criterion.method, mark.value) if mark is not None else msg("not given")
            question = msg(
                "{criterion} ({allowed}; now {now}): ",
                criterion=criterion.name,
                allowed=marks.allowed(criterion.method, len(self._session.event.organisations)),
                now=now,
            )
            typed = normalise_typed(self._ask(_t(question)))
            if not typed:
                return None
            if typed == "-":
                self._attempt(lambda: self._session.clear(organisation, criterion.id))
            elif typed == "?":
                self._explain(criterion)
            elif typed in SIGNS:
                return self._command(typed, organisation)
            elif self._attempt(partial(self._session.record, organisation, criterion.id, typed)):
                self._tell(msg("Saved."))
                return None

    def _attempt(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except JudgeTuiError as error:
            self._tell(error.message)
            if error.hint is not None:
                self._tell(error.hint)
            return False
        return True

    def _explain(self, criterion: Criterion) -> None:
        if criterion.description:
            self._say(criterion.description)
        for band in criterion.bands:
            self._say(f"{mark_text(band.least)}~{mark_text(band.most)} {band.name} {band.text}".rstrip())
        match criterion.method:
            case Grades(grades=grades):
                choices = [grade.name for grade in grades]
            case Checklist(items=items):
                choices = [f"{item.text} -{mark_text(item.off)}" for item in items]
            case _:
                choices = []
        for number, text in enumerate(choices, 1):
            self._say(f"{number} {text}")

    def _command(self, typed: str, organisation: OrganisationId) -> int:
        """What a sign asks for; the step to take."""
        sign = normalise_typed(typed)
        if sign == "<":
            return -1
        if sign == ">":
            return 1
        if sign == ".":
            self._done = True
        elif sign == "=":
            self._review()
        elif sign == "!":
            self._submit()
        elif sign == "#":
            self._comment(organisation)
        elif sign == "~":
            self._recuse(organisation)
        elif sign == "*":
            self._open_again()
        elif sign:
            self._tell(msg("“{typed}” is none of these signs", typed=typed.strip()[:20]))
        return 0

    def _comment(self, organisation: OrganisationId) -> None:
        now = self._session.progress.card(organisation).comment.text
        if now:
            self._tell(msg("Comment: {text}", text=now))
        text = self._ask(_t(msg("Your comment; Enter alone leaves it as it is: "))).strip()
        if text and self._attempt(lambda: self._session.comment(organisation, text)):
            self._tell(msg("Comment saved"))

    def _recuse(self, organisation: OrganisationId) -> None:
        card = self._session.progress.card(organisation)
        name = card.organisation.name
        if card.recusal is not None:
            if self._attempt(lambda: self._session.take_part(organisation)):
                self._tell(msg("{name}: scored after all", name=name))
            return
        reason = self._ask(_t(msg("The reason of your recusal; Enter alone goes back: "))).strip()
        if reason and self._attempt(lambda: self._session.recuse(organisation, reason)):
            self._tell(msg("{name}: recused", name=name))

    def _open_again(self) -> None:
        code = self._ask(_t(msg("The eight digits that the organiser reads to you: "))).strip()
        wrong = self._session.wrong_code(code) if code else msg("Nothing was typed")
        if wrong is not None:
            self._tell(wrong)
            return
        reason = self._ask(_t(msg("Why is it opened again? "))).strip()
        if self._attempt(lambda: self._session.open_again(code, reason)):
            self._tell(msg("Open again. Correct it, and submit once more."))

    def _review(self) -> None:
        progress = self._session.progress
        missing = len(progress.missing)
        if not missing:
            self._tell(msg("Everything is given."))
            return
        self._tell(nmsg("{count} mark is missing:", "{count} marks are missing:", missing))
        for organisation, criterion in progress.missing[:20]:
            self._tell(
                msg(
                    "{number} {name}: {criterion}",
                    number=organisation.number,
                    name=organisation.name,
                    criterion=criterion.name,
                )
            )

    def _submit(self) -> None:
        self._review()
        answer = self._ask(_t(msg("After submission nothing can be changed. Type 1 to submit, Enter to go back: ")))
        if normalise_typed(answer) == "1" and self._attempt(self._session.submit):
            self._tell(msg("Submitted and locked. Thank you."))
            self._done = True
