"""Laws of the seal: whatever is added after it, in whatever order it comes, what was sealed counts and nothing else."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from judge_tui.domain.bodies import dump_body
from judge_tui.domain.ledger import Author, Entry, event_key, next_entry
from judge_tui.domain.projection import Projection, project
from judge_tui.services.preparing.issuing import definition_body, sign_all
from judge_tui.store import crypto
from tests.records import AT, Bulk, contest, mark, submit

EVENT = contest(judges=2)
NOTICE, DESK, ONE, TWO = (crypto.new_key() for _ in range(4))
KITS = {str(judge.id): crypto.new_key() for judge in EVENT.judges}
KEY = event_key(Author(NOTICE.author), EVENT.id)


def _made() -> tuple[list[Entry], dict[bytes, list[Entry]]]:
    """Two judges who scored and submitted everything, one adjustment, and the seal; all entries, and each chain."""
    begin = dump_body("event", AT, id=EVENT.id, title=EVENT.title, rehearsal=False, desk=DESK.author.hex(), reserve="")
    roster = dump_body("roster", AT, kits=[{"judge": judge, "kit": pair.author.hex()} for judge, pair in KITS.items()])
    notices = sign_all(KEY, NOTICE, [begin, definition_body(EVENT, AT), roster])
    made = Bulk(KEY, EVENT, notices, [], KITS)
    marks = [mark(f"o{o}", f"c{c}", 60 + o + c) for o in (1, 2, 3) for c in (1, 2)]
    chains = {
        NOTICE.author: notices,
        ONE.author: made.chain("j1", [*marks, submit()], ONE),
        TWO.author: made.chain("j2", [*marks[:4], submit()], TWO),
    }
    bonus = dump_body("adjust", AT, organisation="o1", name="加分", points=1000, reason="-", by=["张三"])
    desk = sign_all(KEY, DESK, [dump_body("desk", AT, notice=NOTICE.author.hex()), bonus])
    heads = [[author.hex(), len(chain), chain[-1].hash.hex()] for author, chain in chains.items()]
    desk.append(next_entry(KEY, DESK, desk[-1], dump_body("seal", AT, heads=heads, reason="-", by=["张三"])))
    chains[DESK.author] = desk
    return [entry for chain in chains.values() for entry in chain], chains


SEALED, CHAINS = _made()


def counted(now: Projection) -> tuple[object, ...]:
    """Everything that goes into the result."""
    ballots = now.ballots()
    return list(ballots.rows), ballots.adjustments, now.event, now.seal


BEFORE = counted(project(SEALED, KEY))
SEQS = st.integers(1, 8)


def later(draw: st.DrawFn) -> list[Entry]:
    """What people may still say and hand in: every entry properly signed."""
    pairs = {NOTICE.author: NOTICE, DESK.author: DESK, ONE.author: ONE, TWO.author: TWO}
    last = {author: chain[-1] for author, chain in CHAINS.items()}
    added: list[Entry] = []

    def say(author: bytes, body: bytes) -> None:
        last[author] = next_entry(KEY, pairs[author], last[author], body)  # type: ignore[index]
        added.append(last[author])  # type: ignore[index]

    signed = {"reason": "-", "by": ["张三"]}
    everything = [entry for chain in CHAINS.values() for entry in chain]
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(
            st.sampled_from(
                [
                    "mark",
                    "undo",
                    "ranges",
                    "revoke",
                    "confirm",
                    "reopen",
                    "order",
                    "fork",
                    "laptop",
                    "resolve",
                    "paper",
                    "unadjust",
                    "amend",
                ]
            )
        )
        author = draw(st.sampled_from([ONE.author, TWO.author]))
        chain = CHAINS[author]
        if kind == "mark":
            say(author, mark(f"o{draw(st.integers(1, 3))}", "c1", draw(st.integers(0, 100)), chain[1].hash.hex()))
        elif kind == "undo":
            item = draw(st.sampled_from([entry for entry in [*everything, *added] if b'"seal"' not in entry.body]))
            say(DESK.author, dump_body("undo", AT, entries=[item.hash.hex()], **signed))
        elif kind == "unadjust":
            say(DESK.author, dump_body("undo", AT, entries=[CHAINS[DESK.author][1].hash.hex()], **signed))
        elif kind == "ranges":
            say(DESK.author, dump_body("undo", AT, ranges=[[author.hex(), 1, draw(SEQS)]], **signed))
        elif kind == "revoke":
            say(NOTICE.author, dump_body("revoke", AT, author=author.hex(), seq=draw(SEQS), **signed))
        elif kind == "confirm":
            say(NOTICE.author, dump_body("confirm", AT, author=author.hex(), **signed))
        elif kind == "reopen":
            say(
                NOTICE.author,
                dump_body("reopen", AT, judge="j1", submits=[chain[-1].hash.hex()], organisation="", **signed),
            )
        elif kind == "order":
            say(NOTICE.author, dump_body("order", AT, organisations=["o3", "o1", "o2"], **signed))
        elif kind == "amend":
            say(NOTICE.author, definition_body(contest(judges=2, organisations=2), AT))
        elif kind == "fork":
            place = draw(st.integers(1, len(chain) - 1))
            branch = next_entry(KEY, pairs[author], chain[place - 1], mark("o2", "c2", draw(st.integers(0, 59))))
            added.append(branch)
            added.append(next_entry(KEY, pairs[author], branch, submit()))
        elif kind == "laptop":
            made = Bulk(KEY, EVENT, [], [], KITS)
            added.extend(made.chain(draw(st.sampled_from(["j1", "j2"])), [mark("o1", "c1", 99), submit()]))
        elif kind == "resolve":
            item = draw(st.sampled_from([*chain, *added]))
            say(DESK.author, dump_body("resolve", AT, author=author.hex(), choose=item.hash.hex(), **signed))
        else:
            say(
                DESK.author,
                dump_body("paper", AT, judge="j2", organisation="o3", criterion="c1", value=50_000, **signed),
            )
    return added


@settings(max_examples=120, deadline=None)
@given(st.composite(later)(), st.randoms(use_true_random=False))
def test_nothing_that_comes_after_the_seal_changes_what_counts(added: list[Entry], dice: random.Random) -> None:
    everything = [*SEALED, *added]
    now = project(everything, KEY)
    dice.shuffle(everything)

    assert counted(now) == BEFORE
    assert project(everything, KEY).digest == now.digest
    assert project(everything, KEY, ahead=True).digest == project([*SEALED, *added], KEY, ahead=True).digest
