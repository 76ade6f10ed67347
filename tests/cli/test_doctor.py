"""`judge-tui doctor` as a person and as a program call it."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from judge_tui.cli.doctor import doctor
from judge_tui.services.disks import Medium
from judge_tui.services.laptops import machine


def test_words_and_exit_code_say_that_a_stick_is_no_place_to_work(tmp_path: Path) -> None:
    with patch.object(machine, "medium_of", return_value=Medium.REMOVABLE):
        done = CliRunner().invoke(doctor, [str(tmp_path)])

    assert done.exit_code == 1
    assert "own disk" in done.output
    assert "1 thing must be changed" in done.output


def test_json_carries_grade_and_words_of_each_finding(tmp_path: Path) -> None:
    with patch.object(machine, "medium_of", return_value=Medium.OWN):
        done = CliRunner().invoke(doctor, [str(tmp_path), "--format", "json"])
    said = json.loads(done.output)

    assert said["fit"] is True
    assert done.exit_code == 0
    assert {"terminal.size", "folder.disk", "clock", "keys", "program"} <= {item["id"] for item in said["findings"]}
    assert all(item["grade"] in ("ok", "advice", "change") and item["found"] for item in said["findings"])
