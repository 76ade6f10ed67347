"""What the judge's screen is put together from, beside its widgets."""
