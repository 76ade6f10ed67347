"""Every file of the gallery is judged as it has to be, by both verifiers, each of which needs every one of its checks."""

from __future__ import annotations

from pathlib import Path

from judge_tui.store import foreign
from tests.crash import checks


def test_every_file_of_the_gallery_is_judged_as_it_has_to_be(tmp_path: Path) -> None:
    visit = checks.Visit(tmp_path)

    found = {piece.name: visit.first(piece)[0] for piece in visit.pieces}
    other = {piece.name: visit.second.verdict(visit.held, piece.data) for piece in visit.pieces}

    assert found == {piece.name: piece.code for piece in visit.pieces}
    assert other == {piece.name: piece.second for piece in visit.pieces}


def test_no_check_of_either_verifier_can_be_taken_away_unnoticed() -> None:
    figures = checks.run()

    assert figures["checks"] > 120
    assert figures["unnoticed"] == 0


def test_a_file_that_was_handed_in_is_opened_in_isolation(tmp_path: Path) -> None:
    visit = checks.Visit(tmp_path)
    with foreign.open_foreign(visit.gallery.plain) as opened:
        connection = opened._connection
        settings = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("trusted_schema", "cell_size_check", "query_only")
        }
        limits = {limit: connection.getlimit(limit) for limit in foreign._LIMITS}

    assert settings == {"trusted_schema": 0, "cell_size_check": 1, "query_only": 1}
    assert limits == foreign._LIMITS


def test_a_file_that_keeps_sqlite_busy_is_given_up(tmp_path: Path, monkeypatch: object) -> None:
    visit = checks.Visit(tmp_path)
    steps, foreign.STEPS = foreign.STEPS, 1
    try:
        codes = {visit.first(piece)[0] for piece in visit.pieces if piece.name == "honest"}
    finally:
        foreign.STEPS = steps

    assert codes == {"CORRUPT"}
