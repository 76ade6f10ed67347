"""One hostile file for every check of the verifier: with that check taken away, exactly this file would be believed, or
refused for another reason. `checks` takes them away one after another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from judge_tui.domain.bodies import MAX_BODY, dump_body
from judge_tui.domain.ledger import (
    NO_HASH,
    NO_SIGNATURE,
    Author,
    Entry,
    EventKey,
    endorsement_message,
    enrolment_message,
    entry_hash,
    next_entry,
)
from judge_tui.services.preparing.issuing import sign_all
from judge_tui.store import crypto, sealing
from judge_tui.store.files import image
from tests.records import AT, Bulk, bulk, contest, mark, submit


@dataclass(frozen=True)
class Piece:
    """A file, and the code it has to be refused with (empty: taken in); the second verifier's where it is another."""

    name: str
    data: bytes
    code: str
    other: str | None = None

    @property
    def second(self) -> str:
        """What the second verifier has to say."""
        return self.code if self.other is None else self.other


class Gallery:
    """A contest, two honest judges, and files made from what they wrote."""

    def __init__(self) -> None:
        self.made: Bulk = bulk(contest(judges=2))
        self.key = self.made.key
        self.pair = crypto.new_key()
        self.honest = self.made.chain("j1", [mark("o1", "c1", 60), mark("o1", "c2", 61), submit("o1")], self.pair)
        self.plain = self.file(self.honest)
        self.reader = crypto.new_key()
        self.sealed = sealing.seal(self.plain, self.key, self.pair, [self.reader.author])

    def organiser(self, path: Path) -> Path:
        """The file that they are handed in to; it holds the beginning of the honest judge's chain."""
        held = image("organiser", self.key, [*self.made.notices, *self.made.desk, *self.honest[:2]])
        path.write_bytes(held)
        return path

    def file(self, *chains: Sequence[Entry], evidence: Sequence[Entry] = (), notices: bool = True) -> bytes:
        entries = [*(self.made.notices if notices else ()), *(entry for chain in chains for entry in chain)]
        return image("hand-over", self.key, entries, evidence=evidence)

    def edited(self, *statements: str, data: bytes = b"") -> bytes:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.deserialize(data or self.plain)
        for sql in statements:
            connection.execute(sql)
        found = connection.serialize()
        connection.close()
        return found

    def pieces(self) -> Iterator[Piece]:
        """Every file of the gallery."""
        yield Piece("honest", self.plain, "")
        yield from self.outside()
        yield from self.inside()
        yield from self.chains()
        yield from self.kits()
        yield from self.second_branches()
        yield from self.bodies()
        yield from self.notices()
        yield from self.encrypted()

    def outside(self) -> Iterator[Piece]:
        """What the first hundred bytes say."""
        plain = self.plain

        def head(at: int, *values: int, data: bytes = plain) -> bytes:
            return data[:at] + bytes(values) + data[at + len(values) :]

        yield Piece("nothing", b"", "EMPTY")
        yield Piece("ten bytes", plain[:10], "TRUNCATED")
        yield Piece("fifty bytes", plain[:50], "TRUNCATED")
        yield Piece("fifty other bytes", b"x" * 50, "NOT_SQLITE")
        yield Piece("a letter", b"Dear organiser, " * 40, "NOT_SQLITE")
        yield Piece("pages of 256", head(16, 1, 0), "CORRUPT")
        pages = (len(plain) // 256).to_bytes(4, "big")
        yield Piece("many pages of 256", head(16, 1, 0, data=head(28, *pages)), "CORRUPT")
        yield Piece("pages of 5120", head(16, 0x14, 0), "CORRUPT")
        yield Piece("half a page more", plain + bytes(100), "TRUNCATED")
        yield Piece("a page less", plain[:-4096], "TRUNCATED")
        yield Piece("a page more", plain + bytes(4096), "CORRUPT")
        yield Piece("counters apart", head(95, plain[95] ^ 1), "CORRUPT")
        yield Piece("texts in UTF-16", head(59, 2), "CORRUPT")
        yield Piece("texts in what SQLite takes for UTF-8 alone, but not beside another file", head(59, 12), "CORRUPT")
        yield Piece("wal", head(18, 2, 2), "WAL_MODE")
        yield Piece("journal of tomorrow", head(18, 3, 3), "CORRUPT")
        yield Piece("another program", head(68, 1), "FOREIGN")
        yield Piece("tomorrow's", head(60, 0, 0, 0, 2), "NEWER")
        yield Piece("the day before yesterday's", head(60, 0, 0, 0, 0), "OLDER")

    def inside(self) -> Iterator[Piece]:
        """Tables, pages, and what the file says of itself."""
        yield Piece("a view less", self.edited("DROP VIEW scores"), "SCHEMA")
        yield Piece("a table more", self.edited("CREATE TABLE more (n)"), "SCHEMA")
        free = self.plain[:36] + bytes([0, 0, 0, 1]) + self.plain[40:]
        yield Piece("a free page that is none", free, "CORRUPT")
        about = "UPDATE about SET value = {} WHERE key = '{}'"
        yield Piece("of no kind", self.edited(about.format("'letter'", "kind")), "SCHEMA")
        yield Piece("of a short event", self.edited(about.format("substr(value, 1, 62)", "event")), "SCHEMA")
        yield Piece("of an event in capitals", self.edited(about.format("upper(value)", "event")), "SCHEMA")
        yield Piece("of a kind no text can be", self.edited(about.format("CAST(x'ff' AS TEXT)", "kind")), "CORRUPT")
        heard = "INSERT INTO head SELECT author, {}, hash, sig FROM entry WHERE seq = {}"
        yield Piece("a head nobody signed", self.edited(heard.format(9, 4), "UPDATE head SET sig = zeroblob(64)"), "")
        yield Piece("an old head", self.edited(heard.format(1, 4)), "")
        yield Piece("a head to come", self.edited(heard.format(4, 4), "DELETE FROM entry WHERE seq = 4"), "")

    def chains(self) -> Iterator[Piece]:
        """Hashes, signatures, places."""
        honest, key, author = self.honest, self.key, self.pair.author
        yield Piece("the middle is missing", self.file([*honest[:2], honest[3]]), "GAP")
        yield Piece("the beginning is missing", self.file(honest[1:]), "GAP")
        moved = [honest[2]._replace(seq=4), honest[3]._replace(seq=5)]
        yield Piece("the rest a place further", self.file([*honest[:2], *moved]), "GAP")
        raised = honest[2]._replace(body=honest[2].body.replace(b"61000", b"91000"))
        yield Piece("a mark raised", self.file([*honest[:2], raised, honest[3]]), "TAMPERED")
        alone = honest[3]._replace(body=submit())
        yield Piece("the last one altered", self.file([*honest[:3], alone]), "TAMPERED")
        unsigned = honest[3]._replace(sig=bytes(64))
        yield Piece("the last one unsigned", self.file([*honest[:3], unsigned]), "TAMPERED")
        longer = honest[2]._replace(sig=honest[2].sig + b"x")
        yield Piece("a signature with a tail", self.file([*honest[:2], longer, honest[3]]), "TAMPERED")
        yield Piece("on after a signature with a tail", self.file(self.around(b"x")), "TAMPERED")
        thief = crypto.new_key()
        later = next_entry(key, thief, honest[2], submit())._replace(author=author)
        later = later._replace(hash=entry_hash(key, author, 4, honest[2].hash, honest[2].sig, later.body))
        stolen = later._replace(sig=thief.sign(later.hash))
        yield Piece("signed by another", self.file([*honest[:3], stolen]), "TAMPERED")
        yield Piece("of another event", self.of_event(EventKey(bytes(range(32)))), "OTHER_EVENT")
        said = dump_body("open", AT, rehearsal=True)
        yield Piece("of another event's judge", self.of_event(EventKey(bytes(range(32))), said), "OTHER_EVENT")
        yield Piece("of a rehearsal", self.rehearsal(), "REHEARSAL")
        long_author = Author(author + b"x")
        yield Piece("a key with a tail", self.file(self.by(long_author)), "TAMPERED")

    def around(self, tail: bytes) -> list[Entry]:
        """A chain that goes on after a signature with a tail as if the tail were part of it."""
        longer = self.honest[2]._replace(sig=self.honest[2].sig + tail)
        return [*self.honest[:2], longer, next_entry(self.key, self.pair, longer, submit())]

    def of_event(self, key: EventKey, body: bytes = dump_body("open", AT)) -> bytes:
        return image("hand-over", key, sign_all(key, self.pair, [body]))

    def rehearsal(self) -> bytes:
        notice, key = crypto.new_key(), EventKey(bytes(range(32)))
        said = dump_body("event", AT, id="trial", title="", rehearsal=True, desk="", reserve="")
        return image("hand-over", key, sign_all(key, notice, [said]))

    def by(self, author: Author) -> list[Entry]:
        """A chain under a longer key whose signatures are right for its first 32 bytes."""
        kit = self.made.kits["j1"]
        body = self.first(enrolment=kit.sign(enrolment_message(self.key, author)).hex())
        digest = entry_hash(self.key, author, 1, NO_HASH, NO_SIGNATURE, body)
        return [Entry(author, 1, body, digest, self.pair.sign(digest))]

    def first(self, judge: str = "j1", kit: crypto.KeyPair | None = None, **said: object) -> bytes:
        kit = kit or self.made.kits["j1"]
        return dump_body("open", AT, judge=judge, device="", program="", kit=kit.author.hex(), **said)

    def kits(self) -> Iterator[Piece]:
        """Who may write."""
        key, kit, pair = self.key, self.made.kits["j1"], crypto.new_key()
        right = kit.sign(enrolment_message(key, pair.author))

        def opened(name: str, code: str, body: bytes) -> Piece:
            return Piece(name, self.file(sign_all(key, pair, [body])), code)

        yield opened(
            "who opened nothing", "TAMPERED", dump_body("mark", AT, organisation="o1", criterion="c1", value=0)
        )
        stranger = crypto.new_key()
        enrolled = stranger.sign(enrolment_message(key, pair.author)).hex()
        yield opened("a kit nobody issued", "UNKNOWN_JUDGE", self.first(kit=stranger, enrolment=enrolled))
        yield opened("another judge's kit", "TAMPERED", self.first(judge="j2", enrolment=right.hex()))
        yield opened("no enrolment", "TAMPERED", self.first())
        yield opened("an enrolment by another", "TAMPERED", self.first(enrolment=enrolled))
        yield opened("an enrolment that is no text", "TAMPERED", self.first(enrolment="zz"))
        stretched = kit.sign(b"x" + enrolment_message(key, pair.author)) + b"x"
        yield opened("an enrolment with a tail", "TAMPERED", self.first(enrolment=stretched.hex()))
        for name, vouched in (
            ("vouched for by nobody", {"author": self.pair.author.hex(), "endorsement": "00" * 64}),
            ("vouched for by another", self.vouched(stranger, pair.author)),
            ("continues nonsense", "everything"),
        ):
            yield opened(name, "TAMPERED", self.first(enrolment=right.hex(), continues=vouched))
        good = self.first(enrolment=right.hex(), continues=self.vouched(self.pair, pair.author))
        yield opened("vouched for", "", good)

    def vouched(self, by: crypto.KeyPair, author: Author) -> dict[str, object]:
        signature = by.sign(endorsement_message(self.key, author)).hex()
        return {"author": self.pair.author.hex(), "seq": 4, "hash": "", "endorsement": signature}

    def second_branches(self) -> Iterator[Piece]:
        """Forks, and rows that only say that they are one."""
        honest, key, pair = self.honest, self.key, self.pair
        branch = next_entry(key, pair, honest[1], mark("o1", "c2", 99))
        further = next_entry(key, pair, branch, submit())
        yield Piece("a fork", self.file([*honest[:1], next_entry(key, pair, honest[0], mark("o1", "c1", 99))]), "FORK")
        yield Piece("a fork inside", self.file(honest, evidence=[branch, further]), "FORK")
        yield Piece("a branch from nowhere", self.file(honest, evidence=[further]), "TAMPERED")
        yield Piece("an unsigned branch", self.file(honest, evidence=[branch._replace(sig=bytes(64))]), "TAMPERED")
        longer = branch._replace(sig=branch.sig + b"x")
        yield Piece("a branch with a tail", self.file(honest, evidence=[longer]), "TAMPERED")
        altered = branch._replace(body=mark("o1", "c2", 98))
        yield Piece("an altered branch", self.file(honest, evidence=[altered]), "TAMPERED")
        digest = entry_hash(key, pair.author, 3, NO_HASH, NO_SIGNATURE, submit())
        beginning = Entry(pair.author, 3, submit(), digest, pair.sign(digest))
        yield Piece("a beginning in the middle", self.file(honest, evidence=[beginning]), "TAMPERED")
        skipped = next_entry(key, pair, honest[1], mark("o1", "c2", 97))._replace(seq=4)
        digest = entry_hash(key, pair.author, 4, honest[1].hash, honest[1].sig, skipped.body)
        skipped = skipped._replace(hash=digest, sig=pair.sign(digest))
        yield Piece("a branch that skips a place", self.file(honest, evidence=[skipped]), "TAMPERED")
        two = self.made.chain("j2", [mark("o1", "c1", 50)])
        digest = entry_hash(key, pair.author, 3, two[1].hash, two[1].sig, submit())
        astray = Entry(pair.author, 3, submit(), digest, pair.sign(digest))
        yield Piece("a branch of another's chain", self.file(honest, two, evidence=[astray]), "TAMPERED")
        below = [Entry(pair.author, seq, submit(), bytes(32), bytes(64)) for seq in (-6, -5)]
        yield Piece("branches below nothing", self.file(honest, evidence=below), "TAMPERED")
        alone = sign_all(key, crypto.new_key(), [dump_body("open", AT)])
        yield Piece("a branch of nobody", self.file(honest, evidence=alone), "TAMPERED")
        nothing = entry_hash(key, pair.author, 0, NO_HASH, NO_SIGNATURE, submit())
        zero = Entry(pair.author, 0, submit(), nothing, pair.sign(nothing))
        yield Piece("a branch before the beginning", self.file(honest, evidence=[zero]), "TAMPERED")
        nobody = [Entry(Author(b""), 1, submit(), bytes(32), bytes(64))]
        yield Piece("a chain of nobody", self.file(honest, nobody), "TAMPERED")
        yield from self.second_beginnings()

    def second_beginnings(self) -> Iterator[Piece]:
        """An enrolled author who says in a second entry 1 that he is somebody else, or nobody."""
        kit, other = self.made.kits["j1"], self.made.kits["j2"]
        right = kit.sign(enrolment_message(self.key, self.pair.author)).hex()
        for name, code, body in (
            ("of another judge", "TAMPERED", self.first("j2", other, enrolment=right)),
            ("that opens nothing", "TAMPERED", submit()),
            ("with a kit nobody issued", "UNKNOWN_JUDGE", self.first(kit=crypto.new_key(), enrolment=right)),
            ("on another laptop", "FORK", self.first(enrolment=right, at="later")),
        ):
            begun = sign_all(self.key, self.pair, [body, mark("o1", "c1", 1)])
            yield Piece(f"a beginning {name}", self.file(begun), code)
            yield Piece(f"a second beginning {name}", self.file(self.honest, evidence=begun[:1]), code)
        again = sign_all(self.key, self.made.board, [dump_body("event", AT, id="again")])
        yield Piece("a second beginning of the board", self.file(self.honest, evidence=again), "FORK")

    def bodies(self) -> Iterator[Piece]:
        """What an entry may say."""
        for name, body in (
            ("no object", b"[1]"),
            ("two objects", b'{"kind":"a"}{"kind":"b"}'),
            ("no kind", b'{"at":""}'),
            ("a kind that is no text", b'{"kind":1}'),
            ("a time that is no text", b'{"kind":"a","at":1}'),
            ("a float", b'{"kind":"a","n":1.0}'),
            ("not a number", b'{"kind":"a","n":NaN}'),
            ("no text", b'{"kind":"\xff"}'),
            ("half a letter", b'{"kind":"a","t":"\\ud800"}'),
            ("nested for ever", b'{"kind":"a","t":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
            ("something after a space", b' {"kind":"a"}'),
            ("something and a new line", b'{"kind":"a"}\n'),
            ("cut off", b'{"kind":"a","t":'),
            ("too long", b'{"kind":"a","t":"' + b"x" * MAX_BODY + b'"}'),
            ("the same thing twice", b'{"kind":"a","n":1,"n":2}'),
            ("inside, the same thing twice", b'{"kind":"a","t":[{"n":1,"\\u006e":1}]}'),
            ("a number too large", b'{"kind":"a","n":9223372036854775808}'),
            ("a number too small", b'{"kind":"a","n":[-9223372036854775808]}'),
            ("a number nobody reads", b'{"kind":"a","n":' + b"1" * 5000 + b"}"),
            ("lists in lists", b'{"kind":"a","t":' + b"[" * 32 + b"]" * 32 + b"}"),
            ("objects in objects", b'{"kind":"a","t":' + b'{"t":' * 32 + b"0" + b"}" * 33),
            ("that it replaces a text", b'{"kind":"a","replaces":"x"}'),
            ("that it replaces an object", b'{"kind":"a","replaces":{"x":1}}'),
            ("that it replaces nothing", b'{"kind":"a","replaces":[null]}'),
        ):
            chain = [*self.honest, next_entry(self.key, self.pair, self.honest[-1], body)]
            yield Piece(f"says {name}", self.file(chain), "SCHEMA")
        whole = mark("o1", "c1", 62)
        for name, body in (
            ("in two lines", whole + b"\n" + whole),
            ("with a line feed", whole.replace(b"06:30", b"06\n30")),
            ("with a bell", whole.replace(b"06:30", b"06\x0730")),
            ("with half an escape", whole.replace(b"06:30", b"06\\q30")),
            ("with a letter that is none", whole.replace(b"06:30", b"06\xff30")),
            ("with a zero before it", whole.replace(b"62000", b"062000")),
        ):
            last = next_entry(self.key, self.pair, self.honest[-1], body)
            yield Piece(f"a mark {name}", self.file([*self.honest, last]), "SCHEMA")
        for organisation, criterion in (("o9", "c1"), ("o1", "c9")):
            last = next_entry(self.key, self.pair, self.honest[-1], mark(organisation, criterion, 1))
            yield Piece(f"marks {organisation} {criterion}", self.file([*self.honest, last]), "DEFINITION")
        for name, body in (
            ("no organisation", b'{"kind":"mark","criterion":"c1","value":1}'),
            ("a list of organisations", b'{"kind":"mark","organisation":["o1"],"criterion":"c1","value":1}'),
            ("a criterion that is no text", b'{"kind":"mark","organisation":"o1","criterion":1,"value":1}'),
        ):
            last = next_entry(self.key, self.pair, self.honest[-1], body)
            yield Piece(f"marks {name}", self.file([*self.honest, last]), "DEFINITION")
        deep = b'{"kind":"a","n":[9223372036854775807,-9223372036854775807],"t":"' + b"[" * 50 + b'","l":'
        last = next_entry(self.key, self.pair, self.honest[-1], deep + b"[" * 31 + b"]" * 31 + b"}")
        yield Piece("says as much as may be said", self.file([*self.honest, last]), "")
        tomorrow = next_entry(self.key, self.pair, self.honest[-1], b'{"kind":"weather"}')
        yield Piece("says what is not known yet", self.file([*self.honest, tomorrow]), "")

    def notices(self) -> Iterator[Piece]:
        """What the offices say, and who only claims to be one."""
        made, thief = self.made, crypto.new_key()
        kit = crypto.new_key()
        roster = dump_body("roster", AT, kits=[{"judge": "j1", "kit": kit.author.hex()}])
        forged = sign_all(made.key, thief, [dump_body("event", AT, id="trial", desk="", reserve=""), roster])
        pair = crypto.new_key()
        body = self.first(kit=kit, enrolment=kit.sign(enrolment_message(made.key, pair.author)).hex())
        issued = sign_all(made.key, pair, [body])
        yield Piece(
            "kits issued by another",
            self.file(forged, issued),
            "TAMPERED" if thief.author < pair.author else "UNKNOWN_JUDGE",
        )

        board = self.made.notices
        unread = next_entry(made.key, made.board, board[-1], dump_body("definition", AT, definition="none"))
        yield Piece("a definition nobody can read", self.file([*board, unread], notices=False), "DEFINITION")
        weather = dump_body("weather", AT, id="trial", desk=thief.author.hex())
        appointed = [*board, next_entry(made.key, made.board, board[-1], weather)]
        alone = sign_all(made.key, thief, [dump_body("desk", AT)])
        yield Piece("an office nobody gave", self.file(appointed, alone, notices=False), "TAMPERED")

    def encrypted(self) -> Iterator[Piece]:
        """Exports that only the organiser can read; the second verifier has no keys at all."""
        sealed, stranger = self.sealed, crypto.new_key().author
        other = sealing.seal(self.plain, self.key, self.pair, [stranger])
        yield Piece("for another", other, "ENCRYPTED")
        yield Piece("for the organiser", sealed, "", "ENCRYPTED")
        yield Piece("for the organiser, cut off", sealed[:-1], "TRUNCATED", "ENCRYPTED")
        yield Piece("for the organiser, all but gone", sealed[:40], "TRUNCATED", "ENCRYPTED")
        stump = sealing.SEALED + (28).to_bytes(8, "big")
        yield Piece("for the organiser, a stump", stump, "TRUNCATED", "ENCRYPTED")
        yield Piece("for the organiser, altered", sealed[:-1] + bytes([sealed[-1] ^ 1]), "TAMPERED", "ENCRYPTED")
