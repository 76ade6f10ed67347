"""What this terminal can do: its size, colours and encoding, and how wide it really draws what others draw one cell wide.

Consoles of Chinese Windows with 宋体 draw lines and blocks two cells wide; a table drawn for one cell falls apart there. So the
terminal is asked: a character is written and the cursor's column read back (`CSI 6n`, answered `CSI row ; column R`).
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LINE, HANZI = "─", "评"
"""What is asked about: a line of a box (ambiguous width, drawn for one cell) and a Chinese character (always two)."""

CJK_PAGES = (932, 936, 949, 950)
"""Console code pages whose usual fonts draw lines two cells wide."""

TRUE_COLOUR = 1 << 24

VT340 = (10, 20)
"""Points of a character cell where the terminal does not tell."""

_ANSWER = re.compile(rb"\x1b\[(\d+);(\d+)R")


@dataclass(frozen=True, slots=True)
class TerminalFacts:
    """One terminal. Sizes and widths in character cells; a width is None where the terminal did not answer.

    `colours` is how many it shows (0 none); `code_page` is Windows's console code page, 0 elsewhere; `input_method` names
    what types Chinese, empty where nothing tells of one.
    """

    interactive: bool
    columns: int
    rows: int
    kind: str
    colours: int
    colours_unwanted: bool
    encoding: str
    code_page: int = 0
    line_width: int | None = None
    hanzi_width: int | None = None
    input_method: str = ""


def look(environment: Mapping[str, str]) -> TerminalFacts:
    """The terminal this process runs in; asks it for widths where both ends are a terminal."""
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    size = shutil.get_terminal_size((0, 0)) if not interactive else os.get_terminal_size(sys.stdout.fileno())
    line, hanzi = drawn_widths((LINE, HANZI)) if interactive else (None, None)
    return TerminalFacts(
        interactive,
        size.columns,
        size.lines,
        kind_of(environment, windows=sys.platform == "win32"),
        colours_of(environment, windows=sys.platform == "win32"),
        "NO_COLOR" in environment,
        (sys.stdout.encoding or "").lower(),
        _code_page(),
        line,
        hanzi,
        input_method(environment) or _keyboard(),
    )


def draws_lines_wide(environment: Mapping[str, str]) -> bool:
    """Whether boxes must be drawn with plain characters here. Asks the terminal; quick, and False where it does not answer."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    (width,) = drawn_widths((LINE,), seconds=0.2)
    if width is not None:
        return width > 1
    return kind_of(environment, windows=sys.platform == "win32") == "conhost" and _code_page() in CJK_PAGES


def cell_points() -> tuple[int, int]:
    """Width and height of one character cell in points, as far as the terminal tells; else those of a VT340, which Windows
    Terminal draws sixel for whatever its font."""
    if sys.platform != "win32":
        import fcntl
        import struct

        try:
            raw = fcntl.ioctl(sys.__stdout__.fileno() if sys.__stdout__ else 1, termios.TIOCGWINSZ, bytes(8))
        except (OSError, ValueError):
            return VT340
        rows, columns, width, height = struct.unpack("HHHH", raw)
        if rows and columns and width >= columns and height >= rows:
            return width // columns, height // rows
    return VT340


def kind_of(environment: Mapping[str, str], *, windows: bool) -> str:
    """The terminal's name: `windows-terminal`, `conhost`, or what TERM says."""
    if windows:
        if environment.get("WT_SESSION"):
            return "windows-terminal"
        return environment.get("TERM_PROGRAM") or environment.get("TERM") or "conhost"
    return environment.get("TERM", "")


def colours_of(environment: Mapping[str, str], *, windows: bool) -> int:
    """How many colours the terminal says it shows."""
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit") or windows:
        return TRUE_COLOUR
    term = environment.get("TERM", "").lower()
    if term in ("", "dumb", "unknown"):
        return 0
    if term.endswith(("-direct", "-truecolor")) or term in ("xterm-kitty", "alacritty", "foot", "wezterm"):
        return TRUE_COLOUR
    return 256 if "256" in term else 16


def input_method(environment: Mapping[str, str]) -> str:
    """The input method the environment names: `fcitx`, `ibus` … or nothing."""
    modifiers = re.search(r"@im=([\w-]+)", environment.get("XMODIFIERS", ""))
    for name in (modifiers[1] if modifiers else "", environment.get("GTK_IM_MODULE"), environment.get("QT_IM_MODULE")):
        if name and name not in ("none", "simple", "xim", "gtk-im-context-simple"):
            return name
    return ""


def column_in(answer: bytes) -> int | None:
    """The cursor's column, from 1, in what a terminal answered; None where it is no answer."""
    found = _ANSWER.search(answer)
    return int(found[2]) if found else None


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _ScreenInfo(ctypes.Structure):
        _fields_ = (
            ("size", wintypes._COORD),
            ("cursor", wintypes._COORD),
            ("attributes", wintypes.WORD),
            ("window", wintypes.SMALL_RECT),
            ("largest", wintypes._COORD),
        )

    def drawn_widths(texts: Sequence[str], seconds: float = 0.5) -> tuple[int | None, ...]:
        """How many cells each text takes, by where the console says its cursor is."""
        console = wintypes.HANDLE(ctypes.windll.kernel32.GetStdHandle(-11))
        widths: list[int | None] = []
        for text in texts:
            info = _ScreenInfo()
            sys.stdout.write(f"\r{text}")
            sys.stdout.flush()
            known = ctypes.windll.kernel32.GetConsoleScreenBufferInfo(console, ctypes.byref(info))
            widths.append(int(info.cursor.X) if known else None)
            sys.stdout.write("\r    \r")
            sys.stdout.flush()
        return tuple(widths)

    def _code_page() -> int:
        return int(ctypes.windll.kernel32.GetConsoleOutputCP())

    def _keyboard() -> str:
        language = ctypes.windll.user32.GetKeyboardLayout(0) & 0x3FF
        return "Windows" if language == 0x04 else ""

else:
    import select
    import termios
    import time
    import tty

    def drawn_widths(texts: Sequence[str], seconds: float = 0.5) -> tuple[int | None, ...]:
        """How many cells each text takes, by where the terminal says its cursor is; None from the first silence on."""
        source, target = sys.stdin.fileno(), sys.stdout.fileno()
        try:
            before = termios.tcgetattr(source)
        except termios.error:
            return (None,) * len(texts)
        widths: list[int | None] = []
        sys.stdout.flush()
        try:
            tty.setcbreak(source, termios.TCSANOW)
            for text in texts:
                silent = widths and widths[-1] is None
                column = None if silent else _ask(source, target, text, seconds)
                widths.append(column - 1 if column and column > 1 else None)  # column 1 is no true answer
            os.write(target, b"\r\x1b[K")
        finally:
            termios.tcsetattr(source, termios.TCSANOW, before)
        return tuple(widths)

    def _ask(source: int, target: int, text: str, seconds: float) -> int | None:
        os.write(target, b"\r\x1b[K" + text.encode("utf-8"))
        time.sleep(0.02)  # some terminals answer before they have drawn what came in the same piece
        os.write(target, b"\x1b[6n")
        answer = b""
        while select.select([source], [], [], seconds)[0]:
            piece = os.read(source, 64)
            answer += piece
            if not piece or column_in(answer) is not None:
                break
        return column_in(answer)

    def _code_page() -> int:
        return 0

    def _keyboard() -> str:
        return ""
