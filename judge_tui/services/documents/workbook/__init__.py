"""The Excel workbook: judges' sheets, tabulation and summary with live formulas and the engine's own figures cached in them."""

from judge_tui.services.documents.workbook.book import result_book
from judge_tui.services.documents.workbook.writer import xlsx

__all__ = ["result_book", "xlsx"]
