"""The judge at work: opening a seat, giving marks, what he keeps for himself, handing over."""
