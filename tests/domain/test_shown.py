"""Text of others, shown: letters stay, everything that steers a terminal or a page is replaced."""

from __future__ import annotations

import json

import pytest

from judge_tui.domain.bodies import Body, dump_body, load_body
from judge_tui.domain.messages import msg
from judge_tui.domain.shown import escaped_json, in_a_line, shown
from judge_tui.i18n import Translator


@pytest.mark.parametrize("text", ["东岗村", "a　b", "第一行\n第二行\t", "é", "😀👩\u200d🌾", "=1+1", "<b>"])
def test_letters_spaces_and_lines_stay(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b[2J清", "�[2J清"),
        ("\x9b31m", "�31m"),
        ("a\x00b\x7f", "a�b�"),
        ("\u202egpj.exe\u2069", "gpj.exe"),
        ("\ufeff甲\u200b乙\u00ad", "甲乙"),
        ("一\r\n二\r三\x0b四", "一\n二\n三�四"),
        ("\ud800\ufffe", "��"),
    ],
)
def test_what_steers_is_seen_and_does_nothing(text: str, seen: str) -> None:
    assert shown(text) == seen


def test_a_name_stays_on_its_line() -> None:
    assert in_a_line("a.judge\n✓ b.judge\t\x1b") == "a.judge ✓ b.judge �"


def test_a_message_never_lets_through_what_fills_it() -> None:
    render = Translator("en")
    assert render(msg("{file} of {who}", file="\x1b]0;x\x07", who=(msg("{name}", name="\u202ea"), "\x08b"))) == (
        "�]0;x� of a, �b"
    )


def test_json_says_the_same_and_steers_nothing() -> None:
    said = {"file": "\x9b\u202e\x7f\ud800村", "n": [1, "\n"]}
    text = escaped_json(json.dumps(said, ensure_ascii=False, indent=1))
    assert json.loads(text) == said
    assert all(letter == "\n" or letter.isprintable() for letter in text)


def test_what_is_typed_or_pasted_is_written_without_it() -> None:
    body = load_body(dump_body("comment", "", text="好\x0b的\u202a", by=["\x1b甲"]))
    assert (body.text("text"), body.strings("by")) == ("好�的", ("�甲",))
    assert b"\\u" not in dump_body("comment", "", text="\x0b")


def test_what_another_program_wrote_is_read_without_it() -> None:
    body = Body("adjust", "", {"reason": "\x1b[31m迟到", "by": ["\u202e"]})
    assert (body.text("reason"), body.strings("by")) == ("�[31m迟到", ("",))
