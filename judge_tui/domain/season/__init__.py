"""A season: the events of one series taken together, read-only. Standings, trends, honours, rules that look back."""
