"""Every sample event that ships can be played, and gets its whole workbook and papers."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from judge_tui import settings
from judge_tui.cli.documents import documents
from judge_tui.domain import marks
from judge_tui.domain.event import Pace
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.inputs import Ballots, MarkRow
from judge_tui.i18n import translator
from judge_tui.services.documents.bundle import pieces
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.handing_out import blank_sheets
from judge_tui.services.documents.plain import markdown
from judge_tui.services.preparing.definitions import load_definition, sample_definitions
from judge_tui.services.seat.playing import typed_marks


def played(path: Path) -> Dossier:
    event = load_definition(path)
    rows = []
    for judge in event.judges:
        for mark in typed_marks(event, judge, 1):
            method = event.criterion_by_id[mark.criterion].method
            value = marks.read(method, mark.text, len(event.organisations))
            rows.append(MarkRow(judge.id, mark.organisation, mark.criterion, value, group=judge.group))
    ballots = Ballots(rows)
    return Dossier(event, ballots, tabulate(event, ballots))


@pytest.mark.parametrize("path", sample_definitions(settings.data_folder()), ids=lambda path: path.parent.name)
def test_a_sample_gets_its_documents(path: Path) -> None:
    translator.switch("zh")
    dossier = played(path)
    made = {
        item.name: item.make()
        for item in pieces(dossier, translator.render, "zh", ["xlsx", "html", "md", "csv", "json"])
    }
    sheets = [markdown(item, translator.render) for item in blank_sheets(dossier.event)]

    whole = made["summary.md" if dossier.ranked else "programme.md"].decode()
    assert ("results.xlsx" in made) is bool(dossier.event.criteria)
    assert ("record.md" in made) is not dossier.ranked
    assert all(made[name].startswith(b"PK") for name in made if name.endswith(".xlsx"))
    turns = any(phase.pace is not Pace.ONCE for phase in dossier.event.phases)
    assert all(item.name in whole for item in dossier.event.organisations) or not turns
    assert all(item.name in text for text in sheets for item in dossier.event.organisations)


def test_the_programme_is_printed_before_the_contest_and_says_nothing_of_a_result(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        documents, [str(settings.data_folder() / "xindian"), "--out", str(tmp_path), "--programme"]
    )

    assert done.exit_code == 0, done.output
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"programme.pdf", "programme.docx"}
    text = "\n".join(
        cell.text for table in Document(str(tmp_path / "programme" / "programme.docx")).tables for cell in table._cells
    )
    assert "分包村的班子成员（评委01）" in text
