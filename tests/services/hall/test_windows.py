"""One ceremony in several windows, through the real file beside the event."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from judge_tui.domain.ceremony.machine import Act, Move, Stage
from judge_tui.domain.ceremony.picture import Kind, Progress
from judge_tui.domain.ceremony.show import Options, Show
from judge_tui.domain.errors import JudgeTuiError, LockedError
from judge_tui.domain.event import Scoring
from judge_tui.i18n import translator
from judge_tui.services.hall.ceremony import open_hall, progress_of_file
from judge_tui.services.hall.windows import Hall, hall_path, read_hall
from judge_tui.services.table.closing import seal
from judge_tui.services.table.office import Office
from judge_tui.services.table.organising import undo
from judge_tui.ui.hall.layout import lay_out
from tests.domain.ceremony.shows import NAMES, show
from tests.records import Hall as Contest
from tests.records import contest as trial
from tests.records import mark, submit

FORWARD = Act(Move.FORWARD)


class Shows:
    """Shows as the event's files would give them, and how often they were asked for."""

    def __init__(self, *shows: Show) -> None:
        self.shows = list(shows)

    def __call__(self) -> Show:
        return self.shows.pop(0) if len(self.shows) > 1 else self.shows[0]


def hall(folder: Path, *shows: Show, hold: bool = False, source: Path | None = None) -> Hall:
    load = Shows(*(shows or (show(Options(announce=0)),)))
    return Hall(folder / "event.hall", load, progress=lambda: Progress(37, 40), hold=hold, source=source)


def to_reveal(window: Hall, steps: int) -> None:
    window.act(Act(Move.GO, text="sealed"))
    for _ in range(1 + steps):
        window.act(FORWARD)


def test_the_hall_s_window_follows_the_presenter_s(tmp_path: Path) -> None:
    presenter, projector = hall(tmp_path, hold=True), hall(tmp_path)

    presenter.act(FORWARD)
    assert projector.poll()
    assert projector.picture == presenter.picture
    assert projector.picture.turn is not None
    assert not projector.poll()


def test_a_restarted_window_of_either_kind_is_where_it_was(tmp_path: Path) -> None:
    presenter = hall(tmp_path, hold=True)
    to_reveal(presenter, 3)
    before = presenter.picture
    presenter.close()

    assert hall(tmp_path).picture == before
    again = hall(tmp_path, hold=True)
    assert again.picture == before
    again.act(Act(Move.UNDO))
    assert again.ceremony.state.shown == 2


def test_the_hall_s_window_steers_only_while_no_presenter_does(tmp_path: Path) -> None:
    presenter, projector = hall(tmp_path, hold=True), hall(tmp_path)
    with pytest.raises(LockedError):
        projector.act(FORWARD)
    presenter.close()

    projector.act(FORWARD)
    assert projector.picture.kind is Kind.TURN


def test_there_is_one_presenter(tmp_path: Path) -> None:
    first = hall(tmp_path, hold=True)

    with pytest.raises(LockedError):
        hall(tmp_path, hold=True)
    first.close()
    hall(tmp_path, hold=True).close()


@pytest.mark.parametrize("steps", range(6))
def test_the_file_never_names_a_place_that_is_not_revealed(tmp_path: Path, steps: int) -> None:
    window = hall(tmp_path)
    to_reveal(window, steps)
    text = window.path.read_text(encoding="utf-8")

    order = ["欧阳寺村", "新建路街道郑韩社区居民委员会", "北靳楼村", "黄岗村", "人和寨村", "湾李村"]
    hidden = [name for place, name in enumerate(order) if place != steps - 1]
    assert [name for name in hidden if name in text] == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"format":"judge-tui hall 1"}', b"\xff\xfe", b'{"format":"other","saved":{}}', b"[" * 100_000],
)
def test_a_file_that_cannot_be_understood_begins_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "event.hall").write_bytes(content)

    window = hall(tmp_path)
    assert read_hall(window.path) is None
    assert window.picture.kind is Kind.TITLE
    window.act(FORWARD)
    assert read_hall(window.path) is not None


def test_what_another_hand_changed_in_the_file_is_refused_not_believed(tmp_path: Path) -> None:
    window = hall(tmp_path)
    window.act(FORWARD)
    raw = json.loads(window.path.read_text(encoding="utf-8"))
    raw["saved"]["state"]["turn"] = "7"
    window.path.write_text(json.dumps(raw), encoding="utf-8")

    assert read_hall(window.path) is None
    assert hall(tmp_path).picture.kind is Kind.TITLE


def test_another_event_s_place_is_not_taken_over(tmp_path: Path) -> None:
    window = hall(tmp_path)
    to_reveal(window, 2)
    raw = json.loads(window.path.read_text(encoding="utf-8"))
    raw["saved"]["event"] = "another"
    window.path.write_text(json.dumps(raw), encoding="utf-8")

    assert hall(tmp_path, hold=True).ceremony.state.stage is Stage.LOBBY


def test_a_result_that_changed_while_it_was_closed_is_not_open_after_a_restart(tmp_path: Path) -> None:
    window = hall(tmp_path)
    to_reveal(window, 3)

    changed = hall(tmp_path, show(Options(announce=0), ranks=(2, 1, 3, 3, 5, 6, 7)), hold=True)
    assert changed.ceremony.state.stage is Stage.SEALED
    assert changed.picture.names == ()


def test_an_open_result_is_read_anew_only_when_the_host_says_so(tmp_path: Path) -> None:
    source = tmp_path / "event.db"
    source.write_bytes(b"1")
    other = show(Options(announce=0), ranks=(2, 1, 3, 3, 5, 6, 7))
    window = hall(tmp_path, show(Options(announce=0)), other, source=source)
    to_reveal(window, 3)
    assert not window.stale
    source.write_bytes(b"22")
    os.utime(source, (1, 1))

    assert window.stale
    before = window.picture
    window.renew()
    assert window.picture == before
    window.renew(close=True)
    assert window.ceremony.state.stage is Stage.SEALED
    assert not window.stale


def contest(tmp_path: Path, *, complete: bool = True) -> Contest:
    made = Contest(tmp_path)
    for number, judge in enumerate(("j1", "j2", "j3") if complete else ("j1", "j2"), 1):
        made.write(judge, *(mark(f"o{o}", f"c{c}", 60 + 10 * o + number) for o in (1, 2, 3) for c in (1, 2)), submit())
        made.merge(made.hand_over(judge))
    return made


def test_a_real_contest_is_revealed_from_its_merged_file(tmp_path: Path) -> None:
    made = contest(tmp_path)
    window = open_hall(made.organiser, keys=made.keys)

    window.act(Act(Move.GO, text="scoring"))
    assert window.picture.progress == Progress(3, 3)
    to_reveal(window, 2)
    assert [entry.name for entry in window.picture.names] == ["第1村"]
    window.act(Act(Move.JUMP, 1))
    assert [(entry.name, entry.score) for entry in window.picture.names] == [("第3村", "184.00")]


def test_what_lacks_sheets_is_revealed_only_with_a_reason_and_the_reason_is_on_the_record(tmp_path: Path) -> None:
    made = contest(tmp_path, complete=False)
    window = open_hall(made.organiser, keys=made.keys)
    window.act(Act(Move.GO, text="sealed"))
    with pytest.raises(JudgeTuiError) as refused:
        window.act(FORWARD)
    assert refused.value.code == "PROVISIONAL"

    window.act(Act(Move.OVERRIDE, text="一位评委因病离场"))
    said = [noted.body for noted in made.project().desk.noted if noted.body.kind == "override"]
    assert [(body.text("what"), body.text("reason")) for body in said] == [("reveal", "一位评委因病离场")]
    assert window.picture.provisional


def test_sheets_that_arrive_are_counted_while_the_window_is_open(tmp_path: Path) -> None:
    made = contest(tmp_path, complete=False)
    window = open_hall(made.organiser, keys=made.keys)
    window.act(Act(Move.GO, text="scoring"))
    assert str(window.picture.heading) == "1 sheet to come"
    made.write("j3", *(mark(f"o{o}", f"c{c}", 80) for o in (1, 2, 3) for c in (1, 2)), submit())
    made.merge(made.hand_over("j3"))

    assert window.stale
    window.renew()
    assert str(window.picture.heading) == "All sheets are in"


def test_each_turn_s_sheets_are_counted_where_turns_are_scored_on_their_own(tmp_path: Path) -> None:
    event = trial(judges=3, organisations=3)
    first, *judges = event.judges
    # The first judge's own village presents second: nobody waits for his sheet of it.
    own = replace(first, organisation=event.organisations[1].id)
    made = Contest(tmp_path, replace(event, judges=(own, *judges), scoring=Scoring.TURN))
    made.write("j1", mark("o1", "c1", 80), mark("o1", "c2", 80), submit("o1"), submit("o3"))
    made.write("j2", mark("o1", "c1", 80), mark("o1", "c2", 80), submit("o1"))
    made.merge(made.hand_over("j1"), made.hand_over("j2"))

    counted = progress_of_file(made.organiser)
    assert counted.turns == (("o1", 2, 3), ("o2", 0, 2), ("o3", 1, 3))
    assert (counted.received, counted.expected) == (1, 3)


def test_a_rehearsal_is_another_file_and_leaves_no_record(tmp_path: Path) -> None:
    made = contest(tmp_path, complete=False)
    before = made.organiser.read_bytes()
    window = open_hall(made.organiser, keys=made.keys, rehearse=True)
    to_reveal(window, 2)

    assert window.picture.rehearsal
    assert hall_path(made.organiser, rehearsal=True).exists()
    assert not hall_path(made.organiser).exists()
    assert made.organiser.read_bytes() == before


def test_names_of_the_event_are_only_in_the_picture(tmp_path: Path) -> None:
    window = hall(tmp_path)
    window.act(Act(Move.GO, text="scoring"))

    assert not any(name in window.path.read_text(encoding="utf-8") for name in NAMES)


def test_a_screen_tells_the_presenter_how_many_pages_the_picture_has(tmp_path: Path) -> None:
    presenter, projector = hall(tmp_path, hold=True), hall(tmp_path)
    to_reveal(presenter, 0)
    presenter.act(Act(Move.ALL))
    projector.poll()
    assert presenter.pages == 0

    projector.tell(3)
    assert presenter.pages == 3
    presenter.act(Act(Move.FORWARD, presenter.pages))
    assert (presenter.picture.page, presenter.pages) == (1, 3)
    presenter.act(Act(Move.UNDO))
    presenter.act(Act(Move.UNDO))
    assert presenter.pages == 0
    projector.tell(9)
    assert presenter.pages == 0


@pytest.mark.parametrize("content", [b"", b"\xff", b"deadbeef", b"deadbeef many", b"deadbeef 99999999999999"])
def test_a_page_note_that_says_nothing_is_not_believed(tmp_path: Path, content: bytes) -> None:
    window = hall(tmp_path)
    (tmp_path / "event.hall.pages").write_bytes(content.replace(b"deadbeef", window.key.encode()))

    assert window.pages == 0


def test_the_running_order_may_change_while_a_window_is_closed(tmp_path: Path) -> None:
    first = show(Options(announce=0))
    window = hall(tmp_path, first)
    window.act(Act(Move.TURN, 5))
    turned = replace(first, turns=(*first.turns[4:], *first.turns[:4]))

    again = hall(tmp_path, turned, hold=True).picture.turn
    assert again is not None
    assert again.organisation == "o5"


def test_another_event_s_picture_is_not_shown(tmp_path: Path) -> None:
    window = hall(tmp_path)
    to_reveal(window, 2)

    assert hall(tmp_path, replace(show(), event="another")).picture.kind is Kind.TITLE


def test_where_nothing_can_be_written_the_hall_goes_on_in_its_one_window(tmp_path: Path) -> None:
    window = hall(tmp_path / "a stick that was pulled out")
    to_reveal(window, 2)

    assert window.unsaved
    assert [entry.name for entry in window.picture.names] == ["新建路街道郑韩社区居民委员会"]
    window.act(Act(Move.UNDO))
    assert [entry.name for entry in window.picture.names] == ["欧阳寺村"]


def test_a_presenter_without_a_writable_folder_steers_alone(tmp_path: Path) -> None:
    window = hall(tmp_path / "gone", hold=True)
    window.act(FORWARD)

    assert window.unsaved
    assert window.picture.kind is Kind.TURN


def test_the_hall_says_sealed_while_the_record_s_seal_stands_and_no_longer(tmp_path: Path) -> None:
    made = contest(tmp_path, complete=False)
    office = Office(made.organiser, made.keys)
    window = open_hall(made.organiser, keys=made.keys)
    window.act(Act(Move.GO, text="sealed"))
    assert (str(window.picture.heading), window.picture.progress) == ("Scoring has ended", Progress(2, 3))

    seal(office, ["监督员"], override="一位评委因病离场")
    assert window.stale
    window.renew()
    assert str(window.picture.heading) == "The marks are sealed"

    pinned = office.project().seal
    assert pinned is not None
    undo(office, [pinned.hash.hex()], "又收到一份评分表", ["监督员"])
    again = open_hall(made.organiser, keys=made.keys)
    assert again.stale
    again.renew()
    assert (str(again.picture.heading), again.picture.progress) == ("Scoring has ended", Progress(2, 3))


def test_a_sealed_result_carries_its_short_code_on_the_board(tmp_path: Path) -> None:
    made = contest(tmp_path)
    code = seal(Office(made.organiser, made.keys), ["监督员"])
    window = open_hall(made.organiser, keys=made.keys)
    to_reveal(window, 0)
    assert window.picture.code == ""
    window.act(Act(Move.ALL))

    assert window.picture.code == code.short
    translator.switch("zh")
    foot = lay_out(window.picture, 80, 24, translator.render).rows[-1]
    assert "".join(text for text, _ in foot).strip() == f"结果码 {code.short}"
