"""The table's explanation of a place: the derivation, what was noted, the rules."""

from __future__ import annotations

from judge_tui.domain.messages import msg
from judge_tui.domain.tabulation.result import Result
from judge_tui.ui.desk.ranking_panel import explained
from tests.domain.ceremony.shows import event, result


def test_what_the_rules_could_not_do_stands_before_the_rules() -> None:
    found = result(event(), range(1, 8))
    noted = Result(
        found.event, found.title, found.standings, (msg("a rule"),), found.lacks, (msg("nothing could be dropped"),)
    )

    lines = explained(noted.standings[0], noted).plain.splitlines()

    assert lines[-4:] == ["- nothing could be dropped", "", "The declared rules", "- a rule"]
