"""A pack as it lands on a stick: whole or not at all, every system's launchers in their own form, quick from any disk."""

from __future__ import annotations

import contextlib
import json
import marshal
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pexpect
import pyte
import pytest

from judge_tui import __version__, settings
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.file_names import unfit_names
from judge_tui.services.laptops import packing
from judge_tui.services.laptops.packing import Order, Packed, Program, all_platforms, pack
from judge_tui.services.laptops.packing_libraries import needed_libraries, platform_here, python_here
from judge_tui.services.laptops.packing_manifest import altered_files
from judge_tui.services.laptops.packing_starters import BOM, HANDOUT, LINUX, LINUX_DESKTOP, WINDOWS
from judge_tui.services.preparing.definitions import load_definition
from judge_tui.services.preparing.issuing import issue
from tests.services.laptops.windows_python import embedded_zip, wheel

MINOR = sys.version_info[1]


@pytest.fixture(scope="module")
def program() -> Program:
    return Program(settings.package_folder(), settings.data_folder(), settings.pack_folder(), __version__)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kits, an embeddable package and a folder of wheels, as an organiser's office has them."""
    folder = tmp_path_factory.mktemp("office")
    event = load_definition(settings.data_folder() / "nancao" / "event.toml")
    issue(event, folder / "issued", keys=folder / "keys", media=settings.data_folder() / "nancao" / "media")
    embedded_zip(folder / "python-embed-amd64.zip", minor=MINOR)
    wheels = folder / "wheels"
    wheels.mkdir()
    versions = {item.name.lower(): item.version for item in needed_libraries() if item.native}
    wheel(wheels, "pynacl", versions["pynacl"], "cp38-abi3-win_amd64", "nacl")
    pictures = metadata.version("pillow")
    wheel(wheels, "pillow", pictures, f"cp3{MINOR}-cp3{MINOR}-win_amd64", "PIL_played")
    wheel(wheels, "cffi", versions["cffi"], f"cp3{MINOR}-cp3{MINOR}-win_amd64", "_cffi_backend")
    return folder


@pytest.fixture(scope="module")
def packed(program: Program, workshop: Path) -> Packed:
    """One pack for Windows and for this machine, made without a network."""
    order = Order(
        workshop / "stick" / "擂台赛 评分",
        (platform_here(), "windows-x64", "windows-x86"),
        workshop / "issued",
        wheelhouse=workshop / "wheels",
        windows_pythons=(workshop / "python-embed-amd64.zip",),
    )
    return pack(order, program, lambda _: None)


@pytest.fixture
def bare_python(tmp_path: Path) -> Path:
    """The folder of a Python without any packages."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "bare")], check=True)
    return tmp_path / "bare" / "bin"


def elsewhere(bare: Path, home: Path) -> dict[str, str]:
    """The environment of another laptop: nothing of this one's."""
    return {
        "PATH": f"{bare}:/usr/bin:/bin",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "JUDGE_TUI_HOME": str(home / "judge-tui"),
    }


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_what_was_asked_for_is_there_and_what_is_lacking_is_said_precisely(packed: Packed) -> None:
    assert set(packed.platforms) == {platform_here(), "windows-x64"}
    assert list(packed.lacking) == ["windows-x86"]
    assert f"python-3.{MINOR}.x-embed-win32.zip" in str(packed.lacking["windows-x86"])
    assert packed.kits == len(list((packed.folder / "kits").glob("*.judge"))) > 1
    assert packed.files == len(files(packed.folder))


def test_windows_gets_pictures_where_a_wheel_is_at_hand_and_what_it_goes_without_is_said(packed: Packed) -> None:
    libraries = packed.folder / "program" / "lib" / "windows-x64"

    assert (libraries / "PIL_played.pyd").is_file()
    assert [str(note) for note in packed.notes] == ["windows-x64 goes without finding the hub by name (zeroconf)"]
    assert (packed.folder / "program" / "app" / "ifaddr").is_dir()


def test_only_judges_files_and_pictures_travel_never_the_organisers(packed: Packed, workshop: Path) -> None:
    carried = {Path(name).suffix for name in files(packed.folder / "kits")}

    assert list((workshop / "issued").glob("*.db"))
    assert carried <= {".judge", ".png", ".jpg"}


def test_windows_starter_is_plain_ascii_with_its_own_line_ends_and_every_label_it_jumps_to(packed: Packed) -> None:
    text = (packed.folder / WINDOWS).read_bytes()
    lines = text.decode("ascii").split("\r\n")

    assert not text.startswith(BOM)
    assert "\n" not in "".join(lines)
    assert {word for line in lines for word in re.findall(r"goto (\w+)", line)} == {
        line[1:] for line in lines if line.startswith(":")
    }
    assert all("%HERE%" in line or "%~" in line for line in lines if line.startswith('"%PY%"') and "%*" not in line)


def test_windows_python_finds_the_program_and_its_libraries_and_nothing_else(packed: Packed) -> None:
    home = packed.folder / "program" / "windows-x64"
    lines = (home / f"python3{MINOR}._pth").read_text(encoding="ascii").splitlines()
    places = [home / line.replace("\\", "/") for line in lines]

    assert lines[:2] == [f"python3{MINOR}.zip", "."]
    assert all(place.exists() for place in places)
    assert (places[2] / "judge_tui" / "__main__.py").is_file()
    assert (places[3] / "_cffi_backend.pyd").is_file()
    assert "import site" not in "".join(lines)


def test_the_page_for_judges_opens_in_notepad_and_names_files_that_are_there(packed: Packed) -> None:
    raw = (packed.folder / HANDOUT).read_bytes()
    page = raw.removeprefix(BOM).decode("utf-8")

    assert raw.startswith(BOM)
    assert page.count("\n") == page.count("\r\n") < 60
    assert "{" not in page
    named = set(re.findall(r"开始-START-[\w.]+", page))
    assert WINDOWS in named
    assert all((packed.folder / name).is_file() for name in named)
    assert "Windows (x64)" in page


def test_every_name_stands_on_windows_and_on_a_stick(packed: Packed) -> None:
    names = files(packed.folder)

    assert unfit_names(names) == ()
    assert not [path for path in packed.folder.rglob("*") if path.is_symlink()]


def test_everything_is_compiled_so_that_no_files_time_matters(packed: Packed) -> None:
    app = packed.folder / "program" / "app"
    sources = [path for path in app.rglob("*.py") if path.stem.isidentifier()]
    compiled = [path.parent / "__pycache__" / f"{path.stem}.cpython-3{MINOR}.pyc" for path in sources]

    assert [path for path in compiled if not path.is_file()] == []
    assert {path.read_bytes()[4:8] for path in compiled} == {b"\x01\x00\x00\x00"}  # PEP 552: hash, not to be checked
    code = marshal.loads((app / "judge_tui" / "__pycache__" / f"settings.cpython-3{MINOR}.pyc").read_bytes()[16:])
    assert code.co_filename == "judge-tui/app/judge_tui/settings.py"


def test_nothing_of_this_machine_travels_along(packed: Packed) -> None:
    names = files(packed.folder / "program")

    assert not [name for name in names if name.endswith(("direct_url.json", ".pth", "RECORD", "INSTALLER"))]
    assert not [name for name in names if name.startswith(("app/pip/", "app/pytest/", "app/tests/"))]
    assert "app/judge_tui/data/xindian/event.toml" in names
    assert "app/judge_tui/locale/zh_CN/LC_MESSAGES/judge_tui.mo" in names


def test_an_altered_or_missing_file_is_noticed(packed: Packed, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(packed.folder / "program", copy)
    assert altered_files(copy) == ()
    assert altered_files(tmp_path) is None

    (copy / "app" / "rich" / "table.py").write_bytes(b"half")
    (copy / "app" / "textual" / "app.py").unlink()

    assert set(altered_files(copy) or ()) == {"app/rich/table.py", "app/textual/app.py"}
    assert altered_files(copy, ("lib/",)) == ()


def refused(order: Order, program: Program) -> str:
    parent = order.folder.parent
    before = files(parent)
    with pytest.raises(JudgeTuiError) as caught:
        pack(order, program, lambda _: None)
    assert files(parent) == before
    return caught.value.code


def test_a_refused_pack_leaves_nothing_behind(
    program: Program, workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Order(tmp_path / "new", (platform_here(),), fetch=False)
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "a.txt").touch()
    (tmp_path / "empty").mkdir()

    assert refused(replace(here, folder=taken), program) == "EXISTS"
    assert refused(replace(here, kits=tmp_path / "empty"), program) == "KITS"
    assert refused(replace(here, windows_pythons=(workshop / "issued" / "media",)), program) == "WINDOWS_PYTHON"
    assert refused(replace(here, platforms=("windows-x86",)), program) == "NOTHING"
    with monkeypatch.context() as patched:
        patched.setattr(packing, "ROOM_NEEDED", 1 << 62)
        assert refused(here, program) == "ROOM"
    with monkeypatch.context() as patched:
        patched.setattr(
            packing, "write_manifest", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
        )
        assert refused(here, program) == "WRITE"
    assert not list(tmp_path.glob(".judge-tui-pack-*"))


def test_a_stick_that_keeps_neither_modes_nor_times_is_no_obstacle(
    program: Program, workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAT answers chmod with EPERM; whoever copies modes along fails there."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    for name in ("chmod", "utime"):
        monkeypatch.setattr(os, name, refuse)

    made = pack(
        Order(tmp_path / "stick", (platform_here(),), workshop / "issued", fetch=False), program, lambda _: None
    )

    assert altered_files(made.folder / "program") == ()
    assert (made.folder / LINUX).is_file()


def test_families_stand_for_their_platforms() -> None:
    assert all_platforms(("windows",)) == ("windows-x64", "windows-x86")
    assert len(all_platforms(("windows", "linux", "macos"))) == 6
    assert all_platforms(("this",)) == (platform_here(),)


def test_no_library_is_needed_on_windows_alone() -> None:
    """Requirements are read on the packing machine; one for Windows only would be missed there and must be seen to."""
    for library in needed_libraries():
        for requirement in metadata.requires(library.name) or []:
            marker = requirement.partition(";")[2]
            assert not re.search(r"win32|Windows|nt['\"]", marker) or "extra" in marker, requirement


def test_the_desktop_entry_starts_the_program_beside_it(packed: Packed, bare_python: Path, tmp_path: Path) -> None:
    entry = (packed.folder / LINUX_DESKTOP).read_text(encoding="utf-8")
    line = re.search(r"^Exec=(.*)$", entry, re.M)
    assert line is not None
    # The entry's own escapes, then its quoting; the standard's rules are those of a shell inside double quotes.
    listing = f"for word in {line[1].replace(chr(92) * 2, chr(92))}; do printf '%s\\n' \"$word\"; done"
    command = subprocess.run(
        ["sh", "-c", listing], capture_output=True, text=True, encoding="utf-8"
    ).stdout.splitlines()
    place = packed.folder / LINUX_DESKTOP
    given = [str(place) if word == "%k" else word for word in command]
    given[2] += " --version"

    done = subprocess.run(given, env=elsewhere(bare_python, tmp_path), capture_output=True, text=True, encoding="utf-8")

    assert done.stdout.strip() == f"judge-tui, version {__version__}"


def test_a_laptop_without_a_fitting_python_is_told_which_one(packed: Packed, tmp_path: Path) -> None:
    old = tmp_path / "bin"
    old.mkdir()
    (old / "python3").write_text("#!/bin/sh\necho 3.9 " + platform_here() + "\n", encoding="utf-8")
    (old / "python3").chmod(0o755)
    for tool in ("sh", "dirname", "ls"):
        (old / tool).symlink_to(str(shutil.which(tool)))

    done = subprocess.run(
        [str(shutil.which("sh")), str(packed.folder / LINUX), "--version"],
        env={"PATH": str(old)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )

    assert done.returncode == 1
    assert python_here() in done.stderr
    assert "3.9" in done.stderr
    assert "需要 Python" in done.stderr


@pytest.fixture
def copied(packed: Packed, tmp_path: Path) -> Path:
    """The pack copied as a stick copies: every file's time is another one."""
    place = tmp_path / "张三 的桌面" / "擂台赛 评分"
    shutil.copytree(packed.folder, place, copy_function=shutil.copyfile)
    return place


NO_SOCKETS = """
import socket
def refuse(*_, **__): raise OSError("there is no network here")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""


def without_network(bare: Path) -> list[str]:
    """The words that run a command where there is no network interface at all.

    Where the machine gives nobody a network namespace (some containers), the Python refuses every connection instead.
    """
    for words in (["unshare", "-n"], ["unshare", "-rn"]):
        if subprocess.run([*words, "true"], capture_output=True).returncode == 0:
            return words
    (site,) = bare.parent.glob("lib/python3.*/site-packages")
    (site / "sitecustomize.py").write_text(NO_SOCKETS, encoding="utf-8")
    return []


@pytest.mark.needs("unshare")
def test_a_copy_runs_without_a_network_on_a_python_without_packages(
    copied: Path, bare_python: Path, tmp_path: Path
) -> None:
    start = [*without_network(bare_python), "sh", str(copied / LINUX)]
    environment = elsewhere(bare_python, tmp_path)
    kits = sorted((copied / "kits").glob("*.judge"))
    out = tmp_path / "handed in"
    out.mkdir()

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*start, *words], env=environment, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8"
        )

    doctor = run("doctor", "--format", "json", str(copied))
    played = run("play", str(kits[0]), str(out))

    found = {item["id"]: item for item in json.loads(doctor.stdout)["findings"]}
    assert found["program"]["grade"] == found["program.files"]["grade"] == "ok", doctor.stdout
    assert played.returncode == 0, played.stderr
    assert len(list(out.glob("*.judge"))) == 1


@pytest.mark.needs("unshare")
def test_a_double_click_shows_the_judges_names_and_the_chosen_one_sits_down(
    copied: Path, bare_python: Path, tmp_path: Path
) -> None:
    words = [*without_network(bare_python), "sh", str(copied / LINUX)]
    screen = pyte.Screen(100, 30)
    stream = pyte.ByteStream(screen)
    child = pexpect.spawn(
        words[0],
        words[1:],
        env=elsewhere(bare_python, tmp_path) | {"LANG": "zh_CN.UTF-8"},
        dimensions=(30, 100),
        timeout=30,
    )

    def shows(text: str) -> bool:
        for _ in range(200):
            with contextlib.suppress(pexpect.TIMEOUT, pexpect.EOF):
                stream.feed(child.read_nonblocking(65536, timeout=0.1))
            if any(text in line.replace(" ", "") for line in screen.display):
                return True
        return False

    with child:
        assert shows("您是哪一位"), screen.display
        child.send("3\r")
        assert shows("评委：评委03"), screen.display
        child.send("\x11")
        child.expect(pexpect.EOF)


def test_compiled_files_are_used_whatever_the_times_of_their_sources(
    copied: Path, bare_python: Path, tmp_path: Path
) -> None:
    source = copied / "program" / "app" / "judge_tui" / "__init__.py"
    source.write_text(source.read_text(encoding="utf-8").replace(__version__, "9.9.9"), encoding="utf-8")
    os.utime(source, (0, 0))

    done = subprocess.run(
        ["sh", str(copied / LINUX), "--version"],
        env=elsewhere(bare_python, tmp_path),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )

    assert __version__ in done.stdout
