"""The Excel workbook of a definition: written with an example, notes and drop-downs, read back with every problem's cell."""

from judge_tui.services.workbook.reading import read_workbook
from judge_tui.services.workbook.writing import workbook_bytes

__all__ = ["read_workbook", "workbook_bytes"]
