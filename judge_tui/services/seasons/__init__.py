"""The events of a year taken together."""
