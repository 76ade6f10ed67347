"""Packing: one folder that starts the program on a laptop with nothing installed and no network.

    FOLDER/
      开始-START-…          what is double-clicked: .cmd for Windows, .sh and .desktop for Linux, .command for macOS
      先看这里-READ-FIRST.txt  one page for the judge
      kits/                 the judges' files and their pictures
      program/app           the program and its pure libraries, the same everywhere
      program/lib/PLATFORM  the compiled libraries of one platform
      program/windows-…     Python's embeddable package

Everything is built in a folder beside the target and renamed at the end: a pack is there whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.file_names import unfit_names
from judge_tui.domain.messages import Message, msg, nmsg, verbatim
from judge_tui.services.laptops.packing_companions import lay_out_companions
from judge_tui.services.laptops.packing_fetching import find_embedded
from judge_tui.services.laptops.packing_libraries import (
    PLATFORMS,
    PROGRAM,
    PYTHONS,
    Library,
    companions,
    copy_installed,
    fetch_wheels,
    needed_libraries,
    platform_here,
    python_here,
    pythons_of,
    unpack_wheel,
)
from judge_tui.services.laptops.packing_manifest import write_manifest
from judge_tui.services.laptops.packing_starters import in_families, write_starters
from judge_tui.services.laptops.packing_windows import EmbeddedPython, read_embedded, unpack_embedded, what_to_give
from judge_tui.services.preparing.kits import kit_files

ROOM_NEEDED = 250_000_000
"""Bytes that must be free beside the target."""

Step = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class Program:
    """The program that is packed: its package folder, its samples, its launcher templates, its version."""

    package: Path
    samples: Path
    templates: Path
    version: str


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted. `platforms` are names of `PLATFORMS`; `wheelhouse` is a folder of wheels to use instead of the network;
    `keep_wheels` a folder into which what was fetched is copied as well; without `fetch` only this machine's own are used."""

    folder: Path
    platforms: tuple[str, ...]
    kits: Path | None = None
    wheelhouse: Path | None = None
    keep_wheels: Path | None = None
    windows_pythons: tuple[Path, ...] = ()
    fetch: bool = True


@dataclass(frozen=True, slots=True)
class Packed:
    """What was made. `lacking` says for each platform that was wanted and is not there what to do; `notes` what else to know."""

    folder: Path
    platforms: tuple[str, ...]
    lacking: dict[str, Message]
    notes: tuple[Message, ...]
    kits: int
    files: int
    size: int


def pack(order: Order, program: Program, on_step: Step) -> Packed:
    """Make the pack. Raises JudgeTuiError; then nothing is left behind.

    EXISTS where the folder is taken, WINDOWS_PYTHON for a wrong archive, KITS for a folder without judges' files, ROOM,
    NOTHING where no platform wanted can be served, WRITE where the disk refuses.
    """
    _check_target(order.folder)
    embedded = _embedded(order)
    kits = _kits(order.kits)
    libraries = needed_libraries()
    order.folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=".judge-tui-pack-", dir=order.folder.parent) as temporary:
            room = shutil.disk_usage(temporary).free
            if room < ROOM_NEEDED:
                raise JudgeTuiError(
                    "ROOM",
                    msg("Only {megabytes} MB are free there", megabytes=room // 1_000_000),
                    msg("Make room, or choose another disk: a pack needs about {megabytes} MB.", megabytes=250),
                )
            building = Path(temporary, "pack")
            sought, lacking = _sought(order, embedded, Path(temporary, "python"), on_step)
            embedded |= sought
            wheels = Path(temporary, "wheels")
            packed = _build(order, program, libraries, embedded, lacking, kits, building, wheels, on_step)
            if order.folder.exists():
                order.folder.rmdir()
            building.rename(order.folder)
    except OSError as error:
        raise JudgeTuiError(
            "WRITE",
            msg("{path} cannot be written: {reason}", path=str(order.folder), reason=verbatim(error.strerror or error)),
            msg("Choose a folder that can be written to and has room."),
        ) from error
    if hasattr(os, "sync"):
        os.sync()  # the stick may be pulled soon
    return packed


def _build(
    order: Order,
    program: Program,
    libraries: Sequence[Library],
    embedded: dict[str, EmbeddedPython],
    pythonless: dict[str, Message],
    kits: Sequence[Path],
    building: Path,
    wheels: Path,
    on_step: Step,
) -> Packed:
    inside = building / "program"
    on_step(msg("Copying the program and {count} libraries", count=len(libraries)))
    copy_program(program, inside / "app")
    for library in libraries:
        if not library.native:
            copy_installed(library.name, inside / "app")
    if order.fetch:
        on_step(msg("Fetching what differs from system to system: {names}", names=_native(libraries)))
    lacking = pythonless | _lay_out_platforms(order, libraries, embedded, inside, wheels)
    ready = tuple(name for name in order.platforms if name not in lacking)
    if not ready:
        raise JudgeTuiError("NOTHING", msg("None of the platforms can be packed"), next(iter(lacking.values()), None))
    for name in ready:
        if name in embedded:
            on_step(msg("Unpacking Python {version} for {platform}", version=embedded[name].python, platform=name))
            unpack_embedded(embedded[name], inside / name, (r"..\app", rf"..\lib\{name}"))
    single = {name: embedded[name].python for name in ready if name in embedded}
    if not order.fetch:
        single[platform_here()] = python_here()
    left_out, used = lay_out_companions(
        companions(), single, "" if order.fetch else platform_here(), inside, wheels / "companions", order.wheelhouse
    )
    if order.keep_wheels is not None:
        for wheel in used:
            _copy(wheel, order.keep_wheels / wheel.name)
    on_step(msg("Compiling, so that it starts quickly from any disk"))
    notes = left_out + _compile(inside, {python_here(), *(embedded[name].python for name in ready if name in embedded)})
    for kit in kits:
        _copy(kit, building / "kits" / kit.name)
    if kits and order.kits and (order.kits / "media").is_dir():
        _copy_tree(order.kits / "media", building / "kits" / "media")
    on_step(msg("Writing the launchers, the page for judges and the list of files"))
    needed = tuple(lacking[name] for name in lacking if name.startswith("windows-"))
    write_starters(program.templates, building, order.folder.name, ready, len(kits), program.version, needed)
    write_manifest(inside, program.version)
    names = [path.relative_to(building).as_posix() for path in building.rglob("*") if path.is_file()]
    unfit = unfit_names(names)
    if unfit:
        raise JudgeTuiError(
            "NAMES",
            msg("These names cannot stand on a stick or on Windows: {names}", names=unfit[:5]),
            msg("Rename them, or leave them out of the folder of kits."),
        )
    size = sum((building / name).stat().st_size for name in names)
    return Packed(order.folder, ready, lacking, notes, len(kits), len(names), size)


def _check_target(folder: Path) -> None:
    if folder.is_mount() or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        raise JudgeTuiError(
            "EXISTS",
            msg("{path} is there already", path=str(folder)),
            msg("Name a new folder, for example {path}; nothing was changed.", path=str(folder / "judge-tui")),
        )


def _embedded(order: Order) -> dict[str, EmbeddedPython]:
    found = [read_embedded(path) for path in order.windows_pythons]
    return {item.platform: item for item in found}


def _sought(
    order: Order, given: dict[str, EmbeddedPython], folder: Path, on_step: Step
) -> tuple[dict[str, EmbeddedPython], dict[str, Message]]:
    """Python for the Windows platforms for which none was given, and what to do where there is none."""
    missing = [name for name in order.platforms if name.startswith("windows-") and name not in given]
    if not missing or not order.fetch:
        return {}, {name: what_to_give(name, python_here()) for name in missing}
    on_step(msg("Looking for Python for {platforms}", platforms=in_families(missing)))
    found, lacking = find_embedded(missing, python_here(), order.wheelhouse, folder)
    if order.keep_wheels is not None:
        for embedded in found.values():
            _copy(embedded.archive, order.keep_wheels / embedded.archive.name)
    return found, lacking


def _kits(folder: Path | None) -> tuple[Path, ...]:
    if folder is None:
        return ()
    kits = kit_files(folder)
    if not kits:
        raise JudgeTuiError(
            "KITS",
            msg("There is no judge's file in {path}", path=str(folder)),
            msg("Give the folder that `judge-tui issue` made."),
        )
    return kits


def _native(libraries: Sequence[Library]) -> tuple[str, ...]:
    return tuple(item.name for item in libraries if item.native)


def copy_program(program: Program, target: Path) -> None:
    """The package as it runs here, with its samples, and the few lines that say which version it is."""
    _copy_tree(program.package, target / "judge_tui")
    if not (target / "judge_tui" / "data").is_dir():
        _copy_tree(program.samples, target / "judge_tui" / "data")
    about = target / f"judge_tui-{program.version}.dist-info"
    about.mkdir(parents=True)
    text = metadata.distribution(PROGRAM).read_text("METADATA") or ""
    (about / "METADATA").write_text(text, encoding="utf-8", newline="\n")


def _lay_out_platforms(
    order: Order, libraries: Sequence[Library], embedded: dict[str, EmbeddedPython], inside: Path, wheels: Path
) -> dict[str, Message]:
    """Fill `program/lib/PLATFORM` for each platform; returns what is lacking where one could not be filled."""
    lacking: dict[str, Message] = {}
    wanted: dict[str, tuple[str, ...]] = {}
    for name in order.platforms:
        if not name.startswith("windows-"):
            wanted[name] = PYTHONS if order.fetch else (python_here(),)
        elif name in embedded:
            wanted[name] = (embedded[name].python,)

    def fetch(name: str) -> tuple[dict[str, Path], str]:
        if not order.fetch:
            return {}, ""
        return fetch_wheels(libraries, name, wanted[name], wheels, order.wheelhouse)

    with ThreadPoolExecutor(max_workers=4) as pool:
        fetched = dict(zip(wanted, pool.map(fetch, wanted)))
    for name, (found, trouble) in fetched.items():
        place = inside / "lib" / name
        served = _fill(place, found, name, libraries)
        if not served or (name in embedded and embedded[name].python not in served):
            lacking[name] = msg(
                "The libraries for {platform} could not be fetched: {reason} → connect to the network, or give a folder "
                "of wheels with --wheelhouse (made elsewhere with --keep-wheels).",
                platform=name,
                reason=trouble,
            )
            shutil.rmtree(place, ignore_errors=True)
            continue
        (place / "pythons.txt").write_text(" ".join(served) + "\n", encoding="ascii", newline="\n")
        if order.keep_wheels is not None:
            for wheel in found.values():
                _copy(wheel, order.keep_wheels / wheel.name)
    return lacking


def _fill(place: Path, wheels: dict[str, Path], name: str, libraries: Sequence[Library]) -> tuple[str, ...]:
    """Unpack the wheels, or copy the libraries of this very machine; returns the Pythons served."""
    for wheel in wheels.values():
        unpack_wheel(wheel, place)
    served = set(pythons_of(wheels))
    if name == platform_here() and python_here() not in served:
        for library in libraries:
            if library.native:
                copy_installed(library.name, place)
        served.add(python_here())
    return tuple(sorted(served, key=lambda version: int(version.removeprefix("3."))))


def _compile(inside: Path, pythons: set[str]) -> tuple[Message, ...]:
    """Compile everything for these Pythons so that no file's time decides whether it is used: sticks round times."""
    notes = []
    for python in sorted(pythons):
        interpreter = sys.executable if python == python_here() else shutil.which(f"python{python}")
        command = [
            "-m",
            "compileall",
            "-q",
            "--invalidation-mode",
            "unchecked-hash",
            "-s",
            str(inside),
            "-p",
            "judge-tui",
        ]
        folders = [str(inside / "app"), str(inside / "lib")]
        done = interpreter and subprocess.run([interpreter, *command, *folders], capture_output=True, check=False)
        if not done or done.returncode:
            notes.append(
                msg(
                    "Not compiled for Python {version}: the first start will be slow. Pack with Python {version} to mend that.",
                    version=python,
                )
            )
    return tuple(notes)


def _copy_tree(source: Path, target: Path) -> None:
    """Copy what is in the files and nothing else: sticks refuse modes, and with them whoever insists on copying those."""
    for path in sorted(source.rglob("*")):
        inner = path.relative_to(source)
        if path.is_file() and path.suffix != ".pyc" and not any(part[0] == "." for part in inner.parts):
            _copy(path, target / inner)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def summary(packed: Packed) -> Message:
    """What was made, in one sentence."""
    return nmsg(
        "{folder}: {count} judge's file, {files} files, {megabytes} MB, starts on {platforms}",
        "{folder}: {count} judges' files, {files} files, {megabytes} MB, starts on {platforms}",
        packed.kits,
        folder=str(packed.folder),
        files=packed.files,
        megabytes=packed.size // 1_000_000,
        platforms=in_families(packed.platforms),
    )


def all_platforms(families: Sequence[str]) -> tuple[str, ...]:
    """The platforms of these families (`windows`, `linux`, `macos`, `this`), in the order of `PLATFORMS`."""
    wanted = {platform_here()} if "this" in families else set()
    wanted |= {name for name in PLATFORMS if name.partition("-")[0] in families}
    return tuple(name for name in PLATFORMS if name in wanted)
