"""Python's embeddable package is checked before it is believed; names that Windows refuses are found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.file_names import LONGEST, fits, unfit_names
from judge_tui.services.laptops.packing_libraries import pythons_of, unpack_wheel
from judge_tui.services.laptops.packing_starters import with_crlf
from judge_tui.services.laptops.packing_windows import read_embedded, unpack_embedded
from tests.services.laptops.windows_python import AMD64, ARM64, I386, embedded_zip


@pytest.mark.parametrize(("machine", "platform"), [(AMD64, "windows-x64"), (I386, "windows-x86")])
def test_the_header_says_for_which_windows_it_is(tmp_path: Path, machine: int, platform: str) -> None:
    found = read_embedded(embedded_zip(tmp_path / "any-name.zip", machine, 12))

    assert (found.platform, found.python) == (platform, "3.12")


def test_a_wrong_archive_is_refused_with_what_would_be_right(tmp_path: Path) -> None:
    text = tmp_path / "python.txt"
    text.write_text("no archive", encoding="utf-8")
    wrong = [
        text,
        embedded_zip(tmp_path / "a.zip", ARM64),
        embedded_zip(tmp_path / "b.zip", minor=10),
        embedded_zip(tmp_path / "c.zip", without=["python.exe"]),
        embedded_zip(tmp_path / "d.zip", without=["python311.dll"]),
        embedded_zip(tmp_path / "e.zip", without=["python311._pth"]),
        embedded_zip(tmp_path / "f.zip", extra="../../evil.exe"),
    ]
    for archive in wrong:
        with pytest.raises(JudgeTuiError) as caught:
            read_embedded(archive)

        assert caught.value.code == "WINDOWS_PYTHON"
        assert archive.name in str(caught.value.message)
        assert "embed-amd64.zip" in str(caught.value.hint)


def test_the_search_path_is_written_for_windows(tmp_path: Path) -> None:
    unpack_embedded(
        read_embedded(embedded_zip(tmp_path / "p.zip")), tmp_path / "home", (r"..\app", r"..\lib\windows-x64")
    )

    written = (tmp_path / "home" / "python311._pth").read_bytes()
    assert written == b"python311.zip\r\n.\r\n..\\app\r\n..\\lib\\windows-x64\r\n"


@pytest.mark.parametrize(
    "name", ["con", "CON.txt", "nul", "Aux.py", "com1", "lpt9.log", "a:b", "a?", "tab\t", "end.", "end "]
)
def test_windows_refuses_these_names(name: str) -> None:
    assert not fits(name)
    assert unfit_names([f"folder/{name}/x.py"]) == (f"folder/{name}/x.py",)


@pytest.mark.parametrize("name", ["console.py", "张三.judge", "擂台赛 评分", "a.b.c", "com10", "auxiliary", ".hidden"])
def test_windows_takes_these_names(name: str) -> None:
    assert fits(name)


def test_names_that_differ_in_capitals_only_or_are_too_long_are_found() -> None:
    assert unfit_names(["a/B.txt", "A/b.TXT"]) == ("A/b.TXT",)
    assert unfit_names(["x" * (LONGEST + 1)]) == ("x" * (LONGEST + 1),)


@given(st.text(alphabet="ab\r\n评", max_size=40))
def test_line_ends_are_windows_own_and_stay_so(text: str) -> None:
    once = with_crlf(text)

    assert with_crlf(once) == once
    assert once.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", once)


def test_wheels_bound_to_a_version_say_which_pythons_are_served() -> None:
    names = ["cffi-2.1.1-cp311-cp311-win32.whl", "cffi-2.1.1-cp313-cp313-win32.whl", "pynacl-1.6.2-cp38-abi3-win32.whl"]

    assert pythons_of(names) == ("3.11", "3.13")


def test_a_cut_short_wheel_is_named(tmp_path: Path) -> None:
    (tmp_path / "x-1-py3-none-any.whl").write_bytes(b"PK\x03\x04 half")

    with pytest.raises(JudgeTuiError, match=r"x-1-py3-none-any\.whl"):
        unpack_wheel(tmp_path / "x-1-py3-none-any.whl", tmp_path / "out")
