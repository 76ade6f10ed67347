"""Marks read many at a time are read exactly as each by itself."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from judge_tui.domain.admission import _MARK, _plain_marks
from judge_tui.domain.bodies import scan_body
from tests.records import mark

WHOLE = mark("o1", "c1", 60)
pieces = st.sampled_from(
    [b'"', b"\\", b"\n", b"\x01", b"\xff", b",", b"}", b'"value":', b"0", "村".encode(), b" ", b""]
)


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    place, length = draw(st.integers(0, len(WHOLE))), draw(st.integers(0, 3))
    return WHOLE[:place] + draw(pieces) + WHOLE[place + length :]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.just(WHOLE), spoiled()), min_size=1, max_size=4))
@example([WHOLE + b"\n" + WHOLE])
@example([WHOLE[:40], WHOLE[40:]])
@example([WHOLE[:40] + b"\n" + WHOLE[40:], WHOLE])
def test_what_is_taken_for_plain_marks_really_are_marks(bodies: list[bytes]) -> None:
    places = _plain_marks(bodies)
    if places is not None:
        read = [scan_body(body) for body in bodies]
        assert [body["kind"] for body in read] == ["mark"] * len(bodies)
        assert [scan_body(b'{"kind":"mark",%b}' % place) for place in places] == [
            {key: body[key] for key in ("kind", "organisation", "criterion")} for body in read
        ]


def test_what_the_program_writes_is_read_the_quick_way() -> None:
    bodies = [WHOLE, mark("龙王庙", "述职", 7, "0" * 64), mark("o1", "c1", 5, *["1" * 64] * 2)]

    assert _plain_marks(bodies) is not None
    assert all(_MARK.fullmatch(body) for body in (WHOLE, bodies[2]))
