"""An event's files can be named after it on every laptop: no device's name, nothing too long to be handed over."""

from __future__ import annotations

import pytest

from judge_tui.domain.definition import read_definition
from judge_tui.domain.errors import DefinitionError

TITLE = "某某街道二〇二一年第四季度基层党组织书记抓党建促乡村振兴擂台比武暨亮承诺赛实绩比干劲现场观摩评比活动总结大会及表彰仪式"


def definition(identity: str = "", title: str = "亮赛比", judge: str = "评委") -> dict[str, object]:
    return {
        "event": {"title": title, **({"id": identity} if identity else {})},
        "organisations": ["甲村"],
        "judges": [judge],
        "criteria": [{"name": "汇报", "max": 100}],
    }


def test_a_long_official_title_gives_an_id_that_leaves_room_for_every_name() -> None:
    event = read_definition(definition(title=TITLE, judge="阿卜杜热合曼·阿卜杜热合曼江·麦麦提艾力古丽"), "a.toml")
    name = f"{event.id}-rehearsal-{event.judges[0].id}-9999999-0123abcd.judge.part"

    assert event.title == TITLE
    assert len(f"DEFINITION-0123456789abcdef-{name}".encode()) <= 255


@pytest.mark.parametrize("identity", ["con", "NUL", "com1", "aux.2021"])
def test_a_name_that_windows_keeps_for_devices_is_refused(identity: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_definition(definition(identity), "a.toml")

    assert "Windows" in str(caught.value.problems[0].message)


def test_ids_too_long_for_a_files_name_are_refused_before_anything_is_issued() -> None:
    with pytest.raises(DefinitionError) as caught:
        read_definition(definition("赛" * 40, judge="评" * 40), "a.toml")

    assert caught.value.problems[0].where.endswith("id")
    assert "short id" in str(caught.value.problems[0].hint)
