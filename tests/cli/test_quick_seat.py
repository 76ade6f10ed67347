"""What the short way to a judge's seat loads, and what still works in a process that went it."""

from __future__ import annotations

import subprocess
import sys


def test_a_seat_starts_without_tls_and_the_line_to_the_organiser_still_has_it() -> None:
    script = """
import sys
from judge_tui import quick
quick._load_asyncio_alone()
import judge_tui.ui.glance
assert "ssl" not in sys.modules
import asyncio
asyncio.run(asyncio.sleep(0))
from judge_tui.services.sync import line
assert line.ssl.SSLContext(line.ssl.PROTOCOL_TLS_CLIENT).get_ciphers()
"""
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True)
