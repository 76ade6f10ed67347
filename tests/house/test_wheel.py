"""What is shipped is what is tested: the built wheel, installed by itself, has its samples, words and pages and plays."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked by itself: its dependencies come from the test environment, its own files only from it."""
    target = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def run(installed: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.path.insert(0, {str(installed)!r}); from judge_tui.__main__ import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=home,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "JUDGE_TUI_HOME": str(home / "home"), "PYTHONPATH": str(installed)},
    )


def test_the_wheel_holds_samples_pages_and_the_compiled_catalogue(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    for needed in (
        "judge_tui/data/xindian/event.toml",
        "judge_tui/data/nancao/event.toml",
        "judge_tui/data/caitou/event.toml",
        "judge_tui/locale/zh_CN/LC_MESSAGES/judge_tui.mo",
        "judge_tui/docs/definition.zh.md",
        "judge_tui/py.typed",
    ):
        assert needed in names
    assert not [name for name in names if name.startswith("tests/")]


def test_the_installed_wheel_speaks_chinese_and_reads_its_own_samples(installed: Path, tmp_path: Path) -> None:
    done = run(
        installed, tmp_path, "--lang", "zh", "check", str(installed / "judge_tui" / "data" / "xindian" / "event.toml")
    )

    assert done.returncode == 0, done.stderr
    assert "36" in done.stdout
    assert "评委" in done.stdout


def test_the_installed_wheel_plays_a_whole_contest(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "--lang", "zh", "demo", "--play", "--out", str(tmp_path / "demo"))

    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "demo" / "handed-in").glob("*.judge"))) == 40
