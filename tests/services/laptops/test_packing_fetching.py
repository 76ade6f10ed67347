"""Python for Windows when nobody gave it: fetched from its makers, or taken from the folder made for packing without a network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from judge_tui.i18n import translator
from judge_tui.services.laptops import packing_fetching
from judge_tui.services.laptops.packing_fetching import find_embedded
from tests.services.laptops.windows_python import AMD64, I386, embedded_zip

BOTH = ("windows-x64", "windows-x86")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing on the tests' own output."""


@pytest.fixture
def makers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of 3.11.9 on a site like that of Python's makers."""
    folder = tmp_path / "site" / "3.11.9"
    folder.mkdir(parents=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(packing_fetching, "ORIGIN", f"http://127.0.0.1:{server.server_port}")
    yield folder
    server.shutdown()
    server.server_close()


def test_the_last_version_built_for_windows_is_fetched_for_both_widths(makers: Path, tmp_path: Path) -> None:
    embedded_zip(makers / "python-3.11.9-embed-amd64.zip", AMD64)
    embedded_zip(makers / "python-3.11.9-embed-win32.zip", I386)

    found, lacking = find_embedded(BOTH, "3.11", None, tmp_path / "fetched")

    assert not lacking
    assert {name: (item.platform, item.python) for name, item in found.items()} == {
        name: (name, "3.11") for name in BOTH
    }


def test_what_is_not_there_or_not_what_it_should_be_is_lacking_with_what_to_do(makers: Path, tmp_path: Path) -> None:
    embedded_zip(makers / "python-3.11.9-embed-amd64.zip", I386)

    found, lacking = find_embedded(BOTH, "3.11", None, tmp_path / "fetched")

    assert not found
    assert list(lacking) == list(BOTH)
    assert "embed-win32.zip" in translator(lacking["windows-x86"])
    assert "404" in translator(lacking["windows-x86"])


def test_without_a_network_it_is_lacking_and_nothing_else_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing_fetching, "ORIGIN", "http://127.0.0.1:9")

    found, lacking = find_embedded(BOTH, "3.11", None, tmp_path / "fetched")

    assert not found
    assert list(lacking) == list(BOTH)


def test_a_folder_of_wheels_gives_its_newest_and_nothing_is_fetched(tmp_path: Path) -> None:
    for version in ("3.11.8", "3.11.9", "3.12.1"):
        embedded_zip(tmp_path / f"python-{version}-embed-amd64.zip", AMD64, int(version.split(".")[1]))

    found, lacking = find_embedded(BOTH, "3.11", tmp_path, tmp_path / "fetched")

    assert [item.archive.name for item in found.values()] == ["python-3.11.9-embed-amd64.zip"]
    assert list(lacking) == ["windows-x86"]
    assert not (tmp_path / "fetched").exists()
