"""Marks and rules to standings: a pure function, exact, with every step kept so that it can be explained."""

from judge_tui.domain.tabulation.engine import Tabulator, tabulate

__all__ = ["Tabulator", "tabulate"]
