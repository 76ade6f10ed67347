"""The ceremony: what is shown, in which order, and who may move it."""
