"""Ranking, and the spreadsheets that go into it and come out of it."""
