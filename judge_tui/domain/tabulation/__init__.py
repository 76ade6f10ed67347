"""Marks and rules to standings: a pure function, exact, with every step kept so that it can be explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from judge_tui.domain.event import Event
    from judge_tui.domain.tabulation.inputs import Ballots
    from judge_tui.domain.tabulation.result import Result


def tabulate(event: Event, ballots: Ballots) -> Result:
    """The ranking of an event from its ballots. Pure and exact: the order of the ballots never matters.

    Nothing is raised for what is missing or doubtful: the result names it in `lacks` and is provisional.
    """
    # The engine is loaded when it is wanted: a judge's seat needs the shapes beside it, and starts quickly without it.
    from judge_tui.domain.tabulation.engine import Tabulator

    return Tabulator(event, ballots).result()
