"""The ceremony as pure data: what may be shown, where the host stands, and the one picture the hall sees."""
