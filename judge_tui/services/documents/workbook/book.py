"""The result workbook put together: places first, then summary, tabulation, adjustments and every judge's sheet."""

from __future__ import annotations

from fractions import Fraction

from judge_tui.domain.messages import msg
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.paper import Paragraph
from judge_tui.services.documents.render import Render, words
from judge_tui.services.documents.results import award_head, head
from judge_tui.services.documents.workbook.cells import Book, Sheet
from judge_tui.services.documents.workbook.judges import judge_sheets, sums_of
from judge_tui.services.documents.workbook.panels import panel_sheets
from judge_tui.services.documents.workbook.summary import Columns, summary_sheet

FIRST = 3


def result_book(dossier: Dossier, render: Render) -> Book:
    """Every sheet of a contest; formulas go from the judges' sheets all the way to the places."""
    book = Book()
    ranking = book.sheet(render(msg("Ranking")), wide=False)
    judges = judge_sheets(book, dossier, sums_of(dossier), render)
    panels = panel_sheets(book, dossier, judges, render)
    columns = summary_sheet(book, dossier, panels, render)
    _ranking(ranking, dossier, columns, render)
    book.judges = [item.sheet for item in judges.values()]
    own = {id(item) for item in book.judges}
    book.sheets = [
        ranking,
        columns.sheet,
        *(item for item in book.sheets if id(item) not in own and item not in (ranking, columns.sheet)),
        *book.judges,
    ]
    return book


def _ranking(sheet: Sheet, dossier: Dossier, columns: Columns, render: Render) -> None:
    """The organisations in order of their places; scores and places are those of the summary."""
    classed = dossier.event.tabulation.by_division
    heads = [msg("Place"), msg("No."), msg("Organisation"), msg("Final score"), award_head(dossier.event)]
    heads += [msg("Division")] if classed else []
    sheet.title(render(msg("{title}: results", title=dossier.event.title)), len(heads))
    lines = [words(part.text, render) for part in head(dossier) if isinstance(part, Paragraph)]
    sheet.title("　".join(lines), len(heads), 1, "line")
    for column, text in enumerate(heads):
        sheet.put(2, column, render(text), "head")
    for index, item in enumerate(dossier.result.standings):
        row, source = FIRST + index, columns.rows[item.organisation]
        placed = columns.sheet.cells[source, columns.place]
        total = columns.sheet.cells[source, columns.total]
        sheet.put(row, 0, placed.value, "count", formula=columns.sheet.ref(source, columns.place))
        sheet.put(row, 1, Fraction(item.number), "count")
        sheet.put(row, 2, item.name)
        if isinstance(total.value, Fraction):
            sheet.put(row, 3, total.value, "total", formula=columns.sheet.ref(source, columns.total))
        else:
            sheet.put(row, 3, "", "total")
        sheet.put(row, 4, "、".join(item.award_names))
        if classed:
            sheet.put(row, 5, dossier.event.organisation_by_id[item.organisation].division)
    foot = FIRST + len(dossier.result.standings)
    sheet.title(render(msg("The declared rules")), len(heads), foot, "line")
    for index, rule in enumerate(dossier.result.rules, 1):
        sheet.title(f"{index}. {render(rule)}", len(heads), foot + index, "line")
    if dossier.code is not None:
        text = msg("Code of the sealed result: {code}", code=dossier.code.full)
        sheet.title(render(text), len(heads), foot + len(dossier.result.rules) + 1, "line")
    sheet.heads = FIRST
    sheet.widths = {0: 10, 1: 8, 2: 34, 3: 14, 4: 20, 5: 14}
