"""Tests of the workbook of a definition."""
