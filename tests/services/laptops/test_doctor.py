"""The doctor's verdicts: a table of laptops, and what is said of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from judge_tui.i18n import translator
from judge_tui.services.disks import Medium
from judge_tui.services.laptops.doctor import Finding, Grade, Surroundings, examine, fit
from judge_tui.services.laptops.machine import FolderFacts, KeysFacts
from judge_tui.services.laptops.terminal import TRUE_COLOUR, TerminalFacts

WINDOW = TerminalFacts(True, 120, 30, "xterm-256color", TRUE_COLOUR, False, "utf-8", 0, 1, 2, "fcitx")
CONHOST = replace(WINDOW, kind="conhost", encoding="gbk", code_page=936, line_width=None, hanzi_width=None)
FOLDER = FolderFacts("D:\\评分", Medium.OWN, 80_000_000_000, 0.004)
LAPTOP = Surroundings(
    "linux",
    WINDOW,
    [FOLDER],
    KeysFacts("keys", True),
    datetime(2026, 12, 20, 9, 0, tzinfo=UTC),
    (3, 11, 9),
    64,
    {"textual": "8.2.8"},
    (),
)


def one(here: Surroundings, name: str) -> Finding:
    return next(item for item in examine(here) if item.id == name)


def test_an_ordinary_laptop_is_fit_and_nothing_is_advised_but_how_to_do_without_an_input_method() -> None:
    findings = examine(LAPTOP)

    assert fit(findings)
    assert {item.grade for item in findings} == {Grade.OK}
    assert [item.id for item in findings if item.advice] == ["terminal.input-method"]


@pytest.mark.parametrize(
    ("name", "terminal", "grade", "says"),
    [
        ("terminal.size", replace(WINDOW, columns=79), Grade.CHANGE, "80 × 24"),
        ("terminal.size", replace(WINDOW, rows=23), Grade.CHANGE, "80 × 24"),
        ("terminal.size", replace(WINDOW, columns=80, rows=24), Grade.OK, ""),
        ("terminal.colours", replace(WINDOW, colours=0, kind="dumb"), Grade.CHANGE, "usual terminal"),
        ("terminal.colours", replace(WINDOW, colours=16), Grade.ADVICE, "xterm-256color"),
        ("terminal.colours", replace(WINDOW, colours=0, colours_unwanted=True), Grade.OK, ""),
        ("terminal.boxes", replace(WINDOW, line_width=2), Grade.ADVICE, "Ctrl+B"),
        ("terminal.boxes", replace(WINDOW, hanzi_width=1), Grade.CHANGE, "font"),
        ("terminal.boxes", replace(WINDOW, kind="linux"), Grade.CHANGE, "desktop"),
        ("terminal.boxes", replace(WINDOW, line_width=None, hanzi_width=None), Grade.OK, "Ctrl+B"),
        ("terminal.encoding", replace(WINDOW, encoding="iso8859-1"), Grade.CHANGE, "LANG=C.UTF-8"),
        ("terminal.encoding", replace(WINDOW, encoding="utf8"), Grade.OK, ""),
        ("terminal.input-method", replace(WINDOW, input_method=""), Grade.OK, "Shift"),
    ],
)
def test_each_terminal_gets_its_words(name: str, terminal: TerminalFacts, grade: Grade, says: str) -> None:
    finding = one(replace(LAPTOP, terminal=terminal), name)

    assert finding.grade is grade
    assert says in str(finding.advice or "")
    assert bool(finding.advice) == bool(says)


def test_a_chinese_windows_console_that_does_not_answer_is_advised_plain_boxes() -> None:
    finding = one(replace(LAPTOP, platform="win32", terminal=CONHOST), "terminal.boxes")

    assert finding.grade is Grade.ADVICE
    assert "宋体" in str(finding.advice)


def test_a_windows_code_page_is_no_trouble() -> None:
    finding = one(replace(LAPTOP, platform="win32", terminal=CONHOST), "terminal.encoding")

    assert finding.grade is Grade.OK
    assert "936" in str(finding.found)


@pytest.mark.parametrize(
    ("name", "folder", "grade", "says"),
    [
        ("folder.disk", replace(FOLDER, medium=Medium.REMOVABLE), Grade.CHANGE, "own disk"),
        ("folder.disk", replace(FOLDER, medium=Medium.NETWORK), Grade.CHANGE, "own disk"),
        ("folder.disk", replace(FOLDER, medium=Medium.MEMORY), Grade.CHANGE, "Documents"),
        ("folder.disk", replace(FOLDER, medium=Medium.UNKNOWN), Grade.OK, ""),
        ("folder.disk", replace(FOLDER, refusal="Permission denied"), Grade.CHANGE, "Documents"),
        ("folder.disk", replace(FOLDER, seconds=2.5), Grade.ADVICE, "slow"),
        ("folder.disk", replace(FOLDER, cloud="onedrive"), Grade.ADVICE, "outside"),
        ("folder.room", replace(FOLDER, free=49_999_999), Grade.CHANGE, "50 MB"),
        ("folder.room", replace(FOLDER, free=50_000_000), Grade.ADVICE, "room"),
        ("folder.room", replace(FOLDER, free=500_000_000), Grade.OK, ""),
    ],
)
def test_each_disk_gets_its_words(name: str, folder: FolderFacts, grade: Grade, says: str) -> None:
    finding = one(replace(LAPTOP, folders=[folder]), name)

    assert finding.grade is grade
    assert says in str(finding.advice or "")
    assert bool(finding.advice) == bool(says)


def test_a_path_too_long_for_windows_must_change_there_and_nowhere_else() -> None:
    deep = replace(FOLDER, path="D:\\" + "评" * 190)

    assert one(replace(LAPTOP, platform="win32", folders=[deep]), "folder.path").grade is Grade.CHANGE
    assert "folder.path" not in {item.id for item in examine(replace(LAPTOP, folders=[deep]))}


def test_a_dead_clock_readable_keys_old_python_and_missing_files_must_change() -> None:
    changed = {
        "clock": replace(LAPTOP, now=datetime(2001, 1, 1, tzinfo=UTC)),
        "keys": replace(LAPTOP, keys=KeysFacts("keys", True, ("a.key",))),
        "program": replace(LAPTOP, python=(3, 10, 13)),
        "program.files": replace(LAPTOP, pieces=("app/textual/app.py",)),
    }
    for name, here in changed.items():
        finding = one(here, name)

        assert finding.grade is Grade.CHANGE
        assert finding.advice or name == "program"
        assert not fit(examine(here))


def test_a_library_that_does_not_load_or_fit_is_named() -> None:
    broken = one(replace(LAPTOP, trouble="no module _sodium"), "program")
    unfit = one(replace(LAPTOP, unfit=("textual>=8.2.8",)), "program")

    assert "_sodium" in str(broken.found)
    assert "textual>=8.2.8" in str(unfit.advice)


def test_every_verdict_is_there_in_chinese() -> None:
    translator.switch("zh")

    assert all(any("一" <= sign <= "鿿" for sign in translator(item.title)) for item in examine(LAPTOP))
