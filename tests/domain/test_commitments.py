"""Promises: how they are read, counted and said."""

from __future__ import annotations

import pytest

from judge_tui.domain.commitments import Tally, line, tally
from judge_tui.domain.definition import read_definition, write_definition
from judge_tui.domain.errors import DefinitionError
from judge_tui.i18n import Translator


def promised(*commitments: object) -> dict[str, object]:
    return {"organisations": [{"name": "东街社区", "commitments": list(commitments)}]}


def test_a_plain_text_is_a_promise_not_begun_and_a_kind_counts_for_all_its_matters() -> None:
    made = (
        read_definition(
            promised(
                "建成日间照料中心",
                {"text": "民生小事", "state": "done", "count": 186},
                {"text": "其余民生小事", "state": "doing", "count": 204},
            )
        )
        .organisations[0]
        .commitments
    )

    assert tally(made) == Tally(done=186, doing=204, promised=1)
    assert Translator("zh").render(tally(made).words) == "办结186件、在办204件、未启动1件"
    assert tally(made).whole == 391


def test_a_line_tells_state_evidence_and_when() -> None:
    item = (
        read_definition(
            promised(
                {
                    "text": "改造",
                    "state": "doing",
                    "evidence": "主体完工",
                    "due": "12月底",
                    "since": "2021年第三季度",
                    "count": 2,
                }
            )
        )
        .organisations[0]
        .commitments[0]
    )

    assert Translator("zh").render(line(item)) == "改造：在办、2件、主体完工、12月底前办结、2021年第三季度承诺"


@pytest.mark.parametrize(
    ("commitment", "where"),
    [
        ({"text": "a", "state": "finished"}, "organisations[1].commitments[1].state"),
        ({"text": "a", "count": 0}, "organisations[1].commitments[1].count"),
        ({"state": "done"}, "organisations[1].commitments[1].text"),
        ({"text": "a", "proof": "x"}, "organisations[1].commitments[1].proof"),
    ],
)
def test_what_is_wrong_with_a_promise_is_named(commitment: dict[str, object], where: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_definition(promised(commitment))

    assert [problem.where for problem in caught.value.problems] == [where]


def test_two_promises_of_one_organisation_are_never_one() -> None:
    with pytest.raises(DefinitionError):
        read_definition(promised("修路", "修路"))


def test_an_id_that_the_text_makes_is_not_written() -> None:
    event = read_definition(promised("修路", {"id": "lamps", "text": "装路灯", "state": "done"}))

    assert write_definition(event)["organisations"] == [
        {"name": "东街社区", "commitments": [{"text": "修路"}, {"id": "lamps", "text": "装路灯", "state": "done"}]}
    ]
