"""The ceremony: what the hall sees, in terminals and browsers, and what is read out."""
