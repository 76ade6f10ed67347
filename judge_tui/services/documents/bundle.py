"""All documents of a contest into one folder, or the chosen ones; nothing that is there is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg, verbatim
from judge_tui.services.documents import results
from judge_tui.services.documents.charts import analysis
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.feedback import feedback, rectification
from judge_tui.services.documents.handing_out import blank_sheets, handouts
from judge_tui.services.documents.made_known import circular, notice
from judge_tui.services.documents.paper import Paper
from judge_tui.services.documents.pdf import pdf
from judge_tui.services.documents.plain import grid_csv, markdown
from judge_tui.services.documents.programme import agenda, readout, record
from judge_tui.services.documents.promises import promises
from judge_tui.services.documents.render import Render
from judge_tui.services.documents.web import web_page
from judge_tui.services.documents.word import word
from judge_tui.services.documents.workbook import result_book, xlsx
from judge_tui.services.documents.workbook.printed import printed
from judge_tui.services.records.contest import open_contest
from judge_tui.services.results.ranking import Ranking, ranking_json

FORMATS = ("xlsx", "docx", "pdf", "html", "md", "csv", "json")
"""Everything that can be written."""

OnWritten = Callable[[Path, int, int], None]
"""Told after each file: which, how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file: its name below the folder, and how to make its bytes."""

    name: str
    make: Callable[[], bytes]


def papers_of(dossier: Dossier) -> list[Paper]:
    """Every paper of a contest but the feedback, in the order in which they are needed. Where nothing is announced there is a
    record of what was said instead of results."""
    if not dossier.ranked:
        unranked = [agenda(dossier), record(dossier), rectification(dossier), promises(dossier)]
        return [item for item in unranked if item is not None]
    made = [
        agenda(dossier),
        results.summary(dossier),
        results.awards(dossier),
        results.protocol(dossier),
        notice(dossier),
        circular(dossier),
        readout(dossier),
        rectification(dossier),
        promises(dossier),
        results.explanations(dossier),
        analysis(dossier),
    ]
    return [item for item in made if item is not None]


def pieces(dossier: Dossier, render: Render, language: str, formats: Iterable[str] = FORMATS) -> list[Piece]:
    """The files of these formats."""
    wanted = set(formats)
    unknown = wanted - set(FORMATS)
    if unknown:
        raise JudgeTuiError(
            "FORMAT",
            msg("There is no format {names}", names=tuple(sorted(unknown))),
            msg("The formats are: {names}", names=FORMATS),
        )
    papers, answers = papers_of(dossier), feedback(dossier)
    found: list[Piece] = []
    if "xlsx" in wanted and dossier.scored:
        decimals = dossier.event.tabulation.decimals
        found.append(Piece("results.xlsx", lambda: xlsx(result_book(dossier, render), decimals)))
    if "docx" in wanted:
        found += [Piece(f"{item.name}.docx", partial(word, item, render)) for item in papers]
        found += [Piece(f"feedback/{item.name}.docx", partial(word, item, render)) for item in answers]
    if "pdf" in wanted:
        found += [Piece(f"{item.name}.pdf", partial(pdf, [item], render)) for item in papers]
        found += _sheets(dossier, render)
        title = render(msg("{title}: feedback", title=dossier.event.title))
        found.append(Piece("feedback.pdf", lambda: pdf(answers, render, title)))
    if "html" in wanted:
        # Who opens the page wants the result; the programme is over by then.
        everything = [*sorted(papers, key=lambda item: item.name == "programme"), *answers]
        found.append(
            Piece("results.html", lambda: web_page(dossier.event.title, everything, render, language).encode())
        )
    if "md" in wanted:
        found += [Piece(f"{item.name}.md", partial(_markdown, item, render)) for item in papers]
    if "csv" in wanted and dossier.scored:
        grid = results.ranking_grid(dossier)
        found.append(Piece("results.csv", lambda: grid_csv(grid, render).encode("utf-8-sig")))
    if "json" in wanted:
        ranking = Ranking(dossier.event, dossier.ballots, dossier.result)
        found.append(Piece("results.json", lambda: ranking_json(ranking, render).encode()))
    return found


def _sheets(dossier: Dossier, render: Render) -> list[Piece]:
    """统分表 and every judge's sheet to be signed, as the workbook has them."""
    event = dossier.event
    if not dossier.scored:
        return []

    def tabulation() -> bytes:
        book = result_book(dossier, render)
        sheets = [item for item in book.sheets[1:] if all(item is not own for own in book.judges)]
        return pdf(printed(sheets, "tabulation", event.tabulation.decimals), render)

    def judges() -> bytes:
        title = render(msg("{title}: score sheet", title=event.title))
        return pdf(printed(result_book(dossier, render).judges, "judge", event.tabulation.decimals), render, title)

    found = [Piece("tabulation.pdf", tabulation)] if dossier.ranked else []
    if any(event.criteria_of(judge) for judge in event.judges):
        found.append(Piece("judges.pdf", judges))
    return found


def _markdown(item: Paper, render: Render) -> bytes:
    return markdown(item, render).encode()


def paper_pieces(papers: list[Paper], name: str, render: Render, formats: Iterable[str]) -> list[Piece]:
    """Papers of one kind: all of them in one PDF, each in a Word document of its own. Raises JudgeTuiError (`NO_PAPERS`) where
    the contest has none of that kind."""
    if not papers:
        raise JudgeTuiError(
            "NO_PAPERS",
            msg("There is nothing to print: no judge scores in this contest"),
            msg("What happens in which order can be printed: judge-tui documents EVENT --programme"),
        )
    wanted = set(formats)
    found: list[Piece] = []
    if "pdf" in wanted:
        found.append(Piece(f"{name}.pdf", partial(pdf, papers, render)))
    if "docx" in wanted:
        found += [Piece(f"{name}/{item.name}.docx", partial(word, item, render)) for item in papers]
    return found


def papers_for_judges(organiser: Path, render: Render, formats: Iterable[str] = ("pdf", "docx")) -> list[Piece]:
    """What is printed before the contest: a hand-out for each judge, and each judge's sheet to fill in by hand."""
    contest = open_contest(organiser)
    wanted = tuple(formats)
    slips, sheets = handouts(contest.projection, organiser.stem), blank_sheets(contest.event)
    return [
        *(paper_pieces(slips, "handouts", render, wanted) if slips or not sheets else []),
        *(paper_pieces(sheets, "sheets", render, wanted) if sheets else []),
    ]


def write_documents(
    dossier: Dossier,
    folder: Path,
    render: Render,
    language: str,
    *,
    formats: Iterable[str] = FORMATS,
    on_written: OnWritten | None = None,
) -> list[Path]:
    """Write the documents into a folder of their own (made if missing); the files written.

    Raises JudgeTuiError: EXISTS before anything is written where a file is there already, NO_LIBRARY, NO_FONT, WRITE.
    """
    return write_pieces(pieces(dossier, render, language, formats), folder, on_written)


def write_pieces(todo: Sequence[Piece], folder: Path, on_written: OnWritten | None = None) -> list[Path]:
    """Write these files, none where one of them is there already; the errors of `write_documents`.

    Where this laptop lacks a font or a library for some of them, the others are written before that is said.
    """
    taken = [item.name for item in todo if (folder / item.name).exists()]
    if taken:
        raise JudgeTuiError(
            "EXISTS",
            msg("{path} is there already", path=str(folder / taken[0])),
            msg("Choose another name; nothing was overwritten."),
        )
    written: list[Path] = []
    lacking: JudgeTuiError | None = None
    for done, item in enumerate(todo, 1):
        path = folder / item.name
        try:
            _write(path, item.make())
        except JudgeTuiError as error:
            if error.code not in ("NO_FONT", "NO_LIBRARY"):
                raise
            lacking = lacking or error
            continue
        written.append(path)
        if on_written is not None:
            on_written(path, done, len(todo))
    if lacking is not None:
        raise lacking
    return written


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise JudgeTuiError(
            "WRITE",
            msg("{path} cannot be written: {reason}", path=str(path), reason=verbatim(error.strerror or error)),
            msg("Choose a folder that can be written to and has room."),
        ) from error
