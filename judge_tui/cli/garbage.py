"""How often Python looks for garbage while a screen is open."""

from __future__ import annotations

import gc


def spare_what_is_loaded() -> None:
    """What is loaded stays: it need not be looked through again and again while marks are typed and files are merged."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
    gc.enable()
