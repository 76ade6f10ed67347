"""Keys under a passphrase: asked for on the terminal, never part of anybody's way who did not ask for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect
import pytest

from judge_tui import settings

SAMPLE = settings.data_folder() / "caitou" / "event.toml"
SECRET = "春天 花 会 开"


class Laptop:
    """A person at a terminal of his own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def type(self, command: str, *answers: tuple[str, str]) -> tuple[int, str]:
        """Run a command and answer its questions; the exit code and everything it wrote."""
        environment = {**os.environ, "JUDGE_TUI_HOME": str(self.folder / "home"), "TERM": "xterm-256color"}
        environment.pop("JUDGE_TUI_PASSPHRASE", None)
        child = pexpect.spawn(
            sys.executable,
            ["-m", "judge_tui", "--lang", "en", *command.split()],
            cwd=str(self.folder),
            env=environment,  # type: ignore[arg-type]
            encoding="utf-8",
            timeout=60,
            dimensions=(24, 200),
        )
        said = ""
        for question, answer in answers:
            child.expect_exact(question)
            said += child.before + question
            child.sendline(answer)
        child.expect(pexpect.EOF)
        child.close()
        return child.exitstatus or 0, said + child.before

    @property
    def keys(self) -> list[Path]:
        return sorted((self.folder / "home" / "keys").glob("*.key"))

    def secret_anywhere(self) -> bool:
        return any(b'"secret"' in path.read_bytes() for path in self.keys)


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path)


def test_an_event_issued_with_a_passphrase_asks_for_it_before_anything_is_signed(laptop: Laptop) -> None:
    code, said = laptop.type(
        f"issue {SAMPLE} --out today --passphrase", ("New passphrase", SECRET), ("once more", SECRET)
    )
    assert code == 0, said
    assert SECRET not in said
    assert len(laptop.keys) == 2
    assert not laptop.secret_anywhere()
    assert {path.stat().st_mode & 0o777 for path in laptop.keys} == {0o600}

    code, said = laptop.type(
        "passphrase today/*.db".replace("*", next((laptop.folder / "today").glob("*.db")).stem),
        ("Passphrase", "something else"),
        ("Passphrase", SECRET),
        ("New passphrase", "another, longer one"),
        ("once more", "another, longer one"),
    )
    assert code == 0, said
    assert "That is not the passphrase" in said
    assert not laptop.secret_anywhere()


def test_three_wrong_ones_are_enough_and_nothing_happened(laptop: Laptop) -> None:
    laptop.type(f"issue {SAMPLE} --out today --passphrase", ("New passphrase", SECRET), ("once more", SECRET))
    organiser = next((laptop.folder / "today").glob("*.db"))
    before = organiser.read_bytes()

    code, said = laptop.type(f"passphrase {organiser} --remove", *[("Passphrase", "wrong again")] * 3)

    assert code == 1
    assert "PASSPHRASE" in said
    assert "Traceback" not in said
    assert not laptop.secret_anywhere()
    assert organiser.read_bytes() == before


def test_a_short_one_or_two_different_ones_are_refused(laptop: Laptop) -> None:
    code, said = laptop.type(
        f"issue {SAMPLE} --out a --passphrase", ("New passphrase", "short"), ("once more", "short")
    )
    assert (code, "WEAK" in said) == (1, True)
    code, said = laptop.type(
        f"issue {SAMPLE} --out a --passphrase", ("New passphrase", SECRET), ("once more", SECRET + "!")
    )
    assert (code, "not the same" in said) == (2, True)
    assert not laptop.keys


def test_a_judge_who_locked_his_key_is_asked_before_he_sits_down(laptop: Laptop) -> None:
    laptop.type(f"issue {SAMPLE} --out today")
    kit = next((laptop.folder / "today").glob("*.judge"))
    laptop.type(f"handover {kit} today")
    code, said = laptop.type(f"passphrase {kit}", ("New passphrase", SECRET), ("once more", SECRET))
    assert code == 0, said

    code, said = laptop.type(f"handover {kit} today", ("Passphrase", SECRET))
    assert code == 0, said
    assert "Handed over" in said
    code, said = laptop.type(f"score {kit}", ("Passphrase", ""))
    assert code == 1
    assert "asks for its passphrase" in said
    code, said = laptop.type(f"passphrase {kit} --remove", ("Passphrase", SECRET))
    assert code == 0, said
    assert laptop.type(f"handover {kit} today")[0] == 0
