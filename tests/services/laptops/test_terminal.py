"""What a terminal is asked and how its answers are read; the probe talks to a real pty with a terminal played at its far end."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from judge_tui.services.laptops.terminal import TRUE_COLOUR, colours_of, column_in, input_method, kind_of

pty = pytest.importorskip("pty")

ASK = "from judge_tui.services.laptops.terminal import drawn_widths; print('widths', drawn_widths(('─', '评'), 2.0))"


def asked(line_column: int | None, hanzi_column: int | None) -> str:
    """Run the probe against a terminal that says its cursor is in these columns (None: it never answers)."""
    master, slave = pty.openpty()
    answers = [line_column, hanzi_column]
    said = bytearray()

    def terminal() -> None:
        asked_for = 0
        while True:
            try:
                piece = os.read(master, 1024)
            except OSError:  # the last process at the near end has gone
                return
            said.extend(piece)
            while said.count(b"\x1b[6n") > asked_for:
                column = answers[asked_for]
                asked_for += 1
                if column is not None:
                    os.write(master, b"\x1b[1;%dR" % column)

    far_end = threading.Thread(target=terminal)
    far_end.start()
    code = ASK if line_column else ASK.replace("2.0", "0.2")
    child = subprocess.Popen([sys.executable, "-c", code], stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    assert child.wait(30) == 0
    far_end.join(10)
    os.close(master)
    return said.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("line", "hanzi", "widths"), [(2, 3, "(1, 2)"), (3, 3, "(2, 2)"), (2, 2, "(1, 1)"), (None, None, "(None, None)")]
)
def test_widths_are_where_the_terminal_says_its_cursor_is(line: int | None, hanzi: int | None, widths: str) -> None:
    assert f"widths {widths}" in asked(line, hanzi)


@pytest.mark.parametrize(
    ("answer", "column"),
    [(b"\x1b[12;3R", 3), (b"5\x1b[1;2R", 2), (b"", None), (b"\x1b[1;", None), (b"\x1b[A", None)],
)
def test_an_answer_is_found_among_typed_keys_and_half_an_answer_is_none(answer: bytes, column: int | None) -> None:
    assert column_in(answer) == column


@pytest.mark.parametrize(
    ("environment", "windows", "colours"),
    [
        ({"COLORTERM": "truecolor", "TERM": "xterm"}, False, TRUE_COLOUR),
        ({"TERM": "xterm-256color"}, False, 256),
        ({"TERM": "xterm"}, False, 16),
        ({"TERM": "dumb"}, False, 0),
        ({}, False, 0),
        ({}, True, TRUE_COLOUR),
    ],
)
def test_colours_are_what_the_terminal_says(environment: dict[str, str], windows: bool, colours: int) -> None:
    assert colours_of(environment, windows=windows) == colours


@pytest.mark.parametrize(
    ("environment", "windows", "kind"),
    [
        ({"WT_SESSION": "1"}, True, "windows-terminal"),
        ({}, True, "conhost"),
        ({"TERM_PROGRAM": "vscode"}, True, "vscode"),
        ({"TERM": "linux"}, False, "linux"),
    ],
)
def test_the_kind_of_terminal(environment: dict[str, str], windows: bool, kind: str) -> None:
    assert kind_of(environment, windows=windows) == kind


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"XMODIFIERS": "@im=fcitx"}, "fcitx"),
        ({"GTK_IM_MODULE": "ibus"}, "ibus"),
        ({"XMODIFIERS": "@im=none"}, ""),
        ({}, ""),
    ],
)
def test_the_input_method_is_what_the_environment_names(environment: dict[str, str], name: str) -> None:
    assert input_method(environment) == name
