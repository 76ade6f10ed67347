"""Whether a definition can be issued: one that only states criteria and rules is right, but nobody could judge by it."""

from __future__ import annotations

from judge_tui.domain.errors import DefinitionError, Problem
from judge_tui.domain.event import Event, Grades
from judge_tui.domain.messages import msg


def needs_judges(event: Event) -> bool:
    """Whether anything is scored by name; anonymous ballots are counted by tellers, and comments are written down for all."""
    return any(not (isinstance(item.method, Grades) and item.method.anonymous) for item in event.criteria)


def wanting(event: Event) -> tuple[Problem, ...]:
    """What the event lacks before it can be issued; marks can be ranked by its rules all the same."""
    found = []
    if not event.organisations:
        found.append(Problem("organisations", msg("there are no organisations yet"), msg("name at least one")))
    if not event.judges and needs_judges(event):
        found.append(Problem("judges", msg("there are no judges yet"), msg("name at least one")))
    return tuple(found)


def require_issuable(event: Event) -> None:
    """Raises DefinitionError naming everything in `wanting`."""
    if problems := wanting(event):
        raise DefinitionError(event.title or event.id, problems)
