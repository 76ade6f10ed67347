"""Textual's driver for Windows with three repairs that judges' laptops need; imported on Windows only.

* Microsoft Pinyin delivers ？！：（）“” as key records without a virtual key but with Shift held. Textual 8.2.8 takes them for
  noise and drops them (Textualize/textual#6667), with NumLock on perhaps more; whatever carries a character is kept here.
* Shift, Ctrl and NumLock by themselves arrive as NUL and would be read as Ctrl+@ (#872); they are left out.
* Textual sets the console's input mode without its extended flags (#6295): Quick Edit stays on, and a click in the window
  selects text and stops the program until a key is pressed. It is switched off here, and on again at the end.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from ctypes import byref, wintypes
from typing import Any, cast

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers import win32
from textual.drivers.windows_driver import WindowsDriver
from textual.events import Event

KEY_EVENT, SIZE_EVENT = 0x0001, 0x0004
SILENT_KEYS = frozenset({0x00, 0x10, 0x11, 0x12, 0x14, 0x5B, 0x5C, 0x5D, 0x90, 0x91, *range(0xA0, 0xA6), 0xE5})
"""Virtual keys that say nothing by themselves: Shift, Ctrl, Alt, the locks, and what the input method keeps to itself."""

INPUT_MODE = win32.ENABLE_EXTENDED_FLAGS | win32.ENABLE_WINDOW_INPUT | win32.ENABLE_VIRTUAL_TERMINAL_INPUT
"""Keys as terminal sequences, changes of the window's size, and no Quick Edit (which the extended flags leave out)."""

MOST = 1024
"""Records read at once."""

MOST_FAILURES = 100
"""Failures in a row after which the console is taken to be gone."""


class KeyReader:
    """Turns the console's key records into the text that a terminal would have sent."""

    def __init__(self) -> None:
        self._half = ""

    def read(self, records: Iterable[Any]) -> str:
        """The text of these records. A character of two halves that is cut by the end of the records waits for the next."""
        units = self._half + "".join(str(key.uChar.UnicodeChar) for key in records if says_something(key))
        self._half = units[-1:] if "\ud800" <= units[-1:] <= "\udbff" else ""
        whole = units.removesuffix(self._half) if self._half else units
        return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def says_something(key: Any) -> bool:
    """Whether a key record carries a character, or a NUL that was really typed (Ctrl+Space)."""
    if not key.bKeyDown or key.uChar.UnicodeChar == "":
        return False
    return key.uChar.UnicodeChar != "\0" or key.wVirtualKeyCode not in SILENT_KEYS


class Monitor(win32.EventMonitor):
    """Reads the console in a thread of its own. One record that nobody understands does not end the reading."""

    def run(self) -> None:
        parser, reader, failures = XTermParser(debug=constants.DEBUG), KeyReader(), 0
        while not self.exit_event.is_set() and failures < MOST_FAILURES:
            try:
                self._read_once(parser, reader)
                failures = 0
            except Exception as error:  # whatever it was: a deaf program is worse than a lost key
                failures += 1
                self.app.log(f"console input: {error!r}")

    def _read_once(self, parser: XTermParser, reader: KeyReader) -> None:
        for event in parser.tick():
            self.process_event(cast(Event, event))
        console = win32.GetStdHandle(win32.STD_INPUT_HANDLE)
        if win32.wait_for_handles([console], 100) is None:
            return
        records, count = (win32.INPUT_RECORD * MOST)(), wintypes.DWORD(0)
        win32.KERNEL32.ReadConsoleInputW(console, byref(records), MOST, byref(count))
        arrived = records[: count.value]
        text = reader.read(item.Event.KeyEvent for item in arrived if item.EventType == KEY_EVENT)
        for event in parser.feed(text) if text else ():
            self.process_event(cast(Event, event))
        sizes = [item.Event.WindowBufferSizeEvent.dwSize for item in arrived if item.EventType == SIZE_EVENT]
        if sizes:
            self.on_size_change(*window_size((sizes[-1].X, sizes[-1].Y)))


def window_size(buffer: tuple[int, int]) -> tuple[int, int]:
    """Columns and rows of the window; the event tells those of the buffer behind it, which old consoles make much longer."""
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except OSError:
        return buffer


class JudgeWindowsDriver(WindowsDriver):
    """The driver with the repairs above."""

    _mode_before = 0

    def start_application_mode(self) -> None:
        """Begin, with our reader, and without the console's own selecting by mouse."""
        self._mode_before = win32.get_console_mode(sys.__stdin__)  # type: ignore[arg-type]
        win32.EventMonitor = Monitor  # type: ignore[misc]
        super().start_application_mode()
        win32.set_console_mode(sys.__stdin__, INPUT_MODE)  # type: ignore[arg-type]

    def close(self) -> None:
        """End; without the extended flag Windows would not give Quick Edit back."""
        super().close()
        if self._mode_before:
            win32.set_console_mode(sys.__stdin__, self._mode_before | win32.ENABLE_EXTENDED_FLAGS)  # type: ignore[arg-type]
