"""The hall's commands from outside: pages written, certificates, refusals and exit codes."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.records import Hall as Contest
from tests.records import contest, mark, submit


def judge_tui(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "judge_tui", "--lang", "en", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120)


@pytest.fixture
def made(tmp_path: Path) -> Contest:
    return Contest(tmp_path, contest(judges=1, organisations=3))


def score_everything(made: Contest) -> None:
    made.write("j1", *(mark(f"o{o}", f"c{c}", 50 + 10 * o) for o in (1, 2, 3) for c in (1, 2)), submit())
    made.merge(made.hand_over("j1"))


def test_a_final_result_is_written_as_one_page_and_never_over_another(made: Contest, tmp_path: Path) -> None:
    score_everything(made)
    page = tmp_path / "result.html"

    assert judge_tui("project", str(made.organiser), "--html", str(page)).returncode == 0
    text = page.read_text(encoding="utf-8")
    assert "第3村" in text
    again = judge_tui("project", str(made.organiser), "--html", str(page))
    assert again.returncode == 1
    assert page.read_text(encoding="utf-8") == text


def test_a_result_that_lacks_marks_is_written_only_as_a_rehearsal(made: Contest, tmp_path: Path) -> None:
    page = tmp_path / "result.html"

    refused = judge_tui("project", str(made.organiser), "--html", str(page))
    assert refused.returncode == 1
    assert "PROVISIONAL" in refused.stderr
    assert not page.exists()
    assert judge_tui("project", str(made.organiser), "--rehearse", "--html", str(page)).returncode == 0
    assert "REHEARSAL" in page.read_text(encoding="utf-8")


def test_certificates_open_in_a_spreadsheet(made: Contest, tmp_path: Path) -> None:
    score_everything(made)
    table = tmp_path / "awards.csv"

    assert judge_tui("certificates", str(made.organiser), "--out", str(table)).returncode == 0
    assert table.read_bytes().startswith(b"\xef\xbb\xbfaward,name,")


def test_certificates_are_refused_before_the_result_is_final(made: Contest) -> None:
    done = judge_tui("certificates", str(made.organiser))

    assert done.returncode == 1
    assert "PROVISIONAL" in done.stderr


def test_a_script_with_a_mistake_is_refused_with_its_line(made: Contest, tmp_path: Path) -> None:
    script = tmp_path / "script.toml"
    script.write_text('[reveal]\nmode = "sideways"\n', encoding="utf-8")
    done = judge_tui("project", str(made.organiser), "--script", str(script), "--html", str(tmp_path / "x.html"))

    assert done.returncode == 1
    assert "script.toml:2" in done.stderr


def test_an_address_in_use_is_refused_in_words(made: Contest) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = judge_tui("project", str(made.organiser), "--serve", "--port", str(taken.getsockname()[1]))

    assert done.returncode == 1
    assert "ADDRESS" in done.stderr


def test_a_file_that_is_not_an_event_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "notes.db"
    wrong.write_text("not a database", encoding="utf-8")

    for command in ("project", "host"):
        done = judge_tui(command, str(wrong))
        assert done.returncode == 1, command
        assert "NOT_SQLITE" in done.stderr


@pytest.mark.parametrize("listen", ["", "203.0.113.7"])
def test_an_address_that_is_not_this_machine_s_is_refused_in_words(made: Contest, listen: str) -> None:
    done = judge_tui("project", str(made.organiser), "--serve", "--listen", listen)

    assert done.returncode == 1
    assert "[ADDRESS]" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("address", ["http://", "http://[::1/x/", "http://127.0.0.1:99999/x/", "http://127.0.0.1:1/x/"])
def test_an_address_that_nobody_serves_is_refused_in_words(address: str) -> None:
    done = judge_tui("project", address)

    assert done.returncode == 1
    assert "[UNREACHABLE]" in done.stderr
