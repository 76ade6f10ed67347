"""Lines of keys in a TOML text."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge_tui.domain.definition.lines import LineIndex

TEXT = """\
# comment = 1
organisations = ["one", # a comment with ] and "
   "two",
   'three ] # no comment',
]
[event]   # head
title = "with # and = and [ inside"
"quoted.key" = 1
a.b.c = { x = 1, y = [ 1, { z = 2 } ] }
long = \"\"\"
[not.a.table]
fake = 1
\\\"\"\" still inside
\"\"\"
after = '''
[neither]
'''
when = 2021-12-20 10:00:00
[[criteria]]
name = "x"
[[criteria.items]]
text = "first"
[[criteria.items]]
text = "second"
[criteria.more]
k = 1
[[criteria]]
name = "y"
max = 50
[[criteria.items]]
text = "of the second"
[table.'it''s'.sub]
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("organisations", 2),
        ("organisations[1]", 2),
        ("organisations[2]", 3),
        ("organisations[3]", 4),
        ("event", 6),
        ("event.title", 7),
        ("event.quoted.key", 8),
        ("event.a.b", 9),
        ("event.a.b.c.x", 9),
        ("event.a.b.c.y[2].z", 9),
        ("event.long", 10),
        ("event.after", 15),
        ("event.when", 18),
        ("criteria", 19),
        ("criteria[1].name", 20),
        ("criteria[1].items[1].text", 22),
        ("criteria[1].items[2]", 23),
        ("criteria[1].more.k", 26),
        ("criteria[2]", 27),
        ("criteria[2].max", 29),
        ("criteria[2].items[1].text", 31),
    ],
)
def test_a_path_has_the_line_it_stands_on(path: str, line: int) -> None:
    assert LineIndex(TEXT.replace("it''s", "its")).line(path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [("criteria[2].weight", 27), ("criteria[2].bands[1].min", 27), ("event.theme", 6), ("awards[1].id", 0), ("", 0)],
)
def test_a_path_that_is_not_there_has_the_line_of_the_nearest_above_it(path: str, line: int) -> None:
    assert LineIndex(TEXT.replace("it''s", "its")).line(path) == line


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_count_the_same_with_windows_line_ends(newline: str) -> None:
    text = newline.join(["a = 1", "", "[t]", "b = [", "  1,", "  2 ]", "c = 3"])

    assert LineIndex(text).line("t.c") == 7


@given(st.text(alphabet="ab=[]{}\"'.,# \n1\\", max_size=40))
def test_any_text_the_parser_accepts_is_indexed_with_every_key(text: str) -> None:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    index = LineIndex(text.replace("\r\n", "\n"))

    for key in document:
        if key and "." not in key and "[" not in key and "]" not in key:
            assert 1 <= index.line(key) <= text.count("\n") + 1
