"""What is released: the same bytes from the same source wherever it is built, one version, and all that belongs to it.

The last test installs the wheel and its libraries into an empty environment and runs it there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from judge_tui import __version__
from judge_tui.services.laptops.packing_libraries import LEFT_OUT, copy_installed, needed_libraries
from tests.house.manual import COMPLETIONS, PAGES, made
from tests.house.readme import ROOT

NOT_SOURCE = shutil.ignore_patterns(".*", "__pycache__", "*.pyc", "*.mo", "dist", "build", "uv.lock")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Path]]:
    """Wheel and sdist, built twice: from two copies in different places, with other times, at another moment."""
    results = []
    for number, zone in ((1, "UTC"), (2, "Asia/Shanghai")):
        folder = tmp_path_factory.mktemp(f"office {number}")
        source = folder / "source"
        shutil.copytree(ROOT if number == 1 else results[0]["source"], source, ignore=NOT_SOURCE)
        for path in source.rglob("*"):
            os.utime(path, (1_600_000_000 + number, 1_600_000_000 + number))
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(folder / "out")],
            cwd=source,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1764000000", "TZ": zone, "LC_ALL": "C.UTF-8"},
            check=True,
            capture_output=True,
        )
        found = {path.suffix: path for path in (folder / "out").iterdir()}
        results.append({"source": source, "wheel": found[".whl"], "sdist": found[".gz"]})
    return results


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_the_same_source_gives_the_same_bytes(built: list[dict[str, Path]], kind: str) -> None:
    first, second = (result[kind] for result in built)

    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


def test_the_version_stands_in_one_place_and_everything_says_it(built: list[dict[str, Path]]) -> None:
    stated = re.findall(rf'"{re.escape(__version__)}"', (ROOT / "judge_tui" / "__init__.py").read_text("utf-8"))
    changelog = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)

    assert len(stated) == 1
    assert 'dynamic = ["version"]' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert changelog is not None
    assert changelog[1] == __version__
    assert built[0]["wheel"].name == f"judge_tui-{__version__}-py3-none-any.whl"
    assert built[0]["sdist"].name == f"judge_tui-{__version__}.tar.gz"


def test_the_wheel_installs_the_manual_page_and_completion_for_three_shells(built: list[dict[str, Path]]) -> None:
    names = zipfile.ZipFile(built[0]["wheel"]).namelist()
    shared = f"judge_tui-{__version__}.data/data/"

    for path in (*PAGES.values(), *COMPLETIONS.values()):
        assert shared + path.relative_to(ROOT).as_posix() in names


def test_the_wheel_carries_what_pack_writes(built: list[dict[str, Path]]) -> None:
    names = set(zipfile.ZipFile(built[0]["wheel"]).namelist())

    assert {f"judge_tui/pack/{path.name}" for path in (ROOT / "judge_tui" / "pack").iterdir()} <= names


def test_the_sdist_holds_what_its_own_tests_and_build_need(built: list[dict[str, Path]]) -> None:
    with tarfile.open(built[0]["sdist"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    for needed in (
        "pyproject.toml",
        "hatch_build.py",
        "constraints.txt",
        "CHANGELOG.md",
        "LICENSE",
        "tests/conftest.py",
    ):
        assert needed in names
    assert "share/man/man1/judge-tui.1" in names
    assert not [name for name in names if name.endswith((".pyc", "uv.lock")) or name.startswith(".git/")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_manual_page_is_that_of_the_commands(language: str) -> None:
    assert PAGES[language].read_text(encoding="utf-8") == made(language), "run: python -m tests.house.manual"


def test_completion_asks_the_program_and_finds_its_commands(tmp_path: Path) -> None:
    for shell, path in COMPLETIONS.items():
        assert f"_JUDGE_TUI_COMPLETE={shell}_complete" in path.read_text(encoding="utf-8")
    program = tmp_path / "judge-tui"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m judge_tui "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = (
        f'PATH="{tmp_path}:$PATH"; source "{COMPLETIONS["bash"]}"; COMP_WORDS=(judge-tui me); COMP_CWORD=1; '
        '_judge_tui_completion judge-tui; echo "${COMPREPLY[@]}"'
    )

    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")

    assert done.stdout.split() == ["merge"], done.stderr


def test_the_wheel_runs_in_an_empty_environment(built: list[dict[str, Path]], tmp_path: Path) -> None:
    """Only the wheel and the libraries it names, in a virtual environment that begins with nothing, not even an installer."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "empty")], check=True)
    python = tmp_path / "empty" / "bin" / "python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.run([str(python), "-c", ask], capture_output=True, text=True, check=True).stdout.strip())
    assert list(site.iterdir()) == []
    with zipfile.ZipFile(built[1]["wheel"]) as archive:
        archive.extractall(site)
    for library in needed_libraries():
        copy_installed(library.name, site)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
        return subprocess.run(
            [str(python), "-m", "judge_tui", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    assert run("--version").stdout.strip() == f"judge-tui, version {__version__}"
    checked = run("--lang", "zh", "check", str(site / "judge_tui" / "data" / "caitou" / "event.toml"))
    assert checked.returncode == 0, checked.stderr
    issued = run("issue", str(site / "judge_tui" / "data" / "nancao" / "event.toml"), "--out", "today")
    assert issued.returncode == 0, issued.stderr
    assert not LEFT_OUT & {path.name for path in site.iterdir()}
