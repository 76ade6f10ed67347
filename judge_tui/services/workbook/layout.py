"""The sheets of the workbook: which column of which sheet is which key of the definition, what it is called and how it is
written. Headings and words are understood in both languages, whatever the program's own is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from judge_tui.domain.commitments import CommitmentState
from judge_tui.domain.messages import Message, msg


class Kind(StrEnum):
    """How a value stands in a cell (see `cells`)."""

    TEXT = "text"
    NAME = "name"
    NUMBER = "number"
    PERCENT = "percent"
    TIME = "time"
    DATE = "date"
    FLAG = "flag"
    CHOICE = "choice"
    LIST = "list"
    BANDS = "bands"
    GRADES = "grades"
    ITEMS = "items"
    TIME_BANDS = "time_bands"


Words = Mapping[str, Message]


@dataclass(frozen=True, slots=True)
class Column:
    """One key. `also` are further headings people use; `words` are the choices; `source` names the sheet that it
    refers to: people read names there, not ids."""

    key: str
    label: Message
    kind: Kind = Kind.TEXT
    words: Words = field(default_factory=dict)
    note: Message | None = None
    also: tuple[str, ...] = ()
    width: int = 12
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the rows of a list of tables, or (a form) one key to a row. `hint` stands under the title."""

    table: str
    title: Message
    columns: tuple[Column, ...]
    hint: Message
    form: bool = False


SCORING: Words = {
    "turn": msg("after each turn"),
    "batch": msg("all together at the end"),
    "both": msg("at any time until submitted"),
}
ORGANISATION_KINDS: Words = {"organisation": msg("organisation"), "person": msg("person")}
STATUS: Words = {
    "withdrawn": msg("withdrew"),
    "vetoed": msg("ruled out by a veto"),
    "guest": msg("presents out of competition"),
}
MOMENTS: Words = {"before": msg("before"), "during": msg("during"), "after": msg("after")}
COMMITMENT_STATES: Words = {state.value: state.word for state in CommitmentState}
PHASE_KINDS: Words = {
    "visit": msg("visit"),
    "talk": msg("talk"),
    "questions": msg("questions"),
    "documents": msg("documents"),
    "appraisal": msg("appraisal"),
    "comment": msg("comment"),
}
PACES: Words = {"turn": msg("in each turn"), "round": msg("a round through all"), "once": msg("once for all")}
METHODS: Words = {
    "points": msg("points"),
    "grades": msg("grades"),
    "checklist": msg("checklist"),
    "places": msg("places given"),
    "votes": msg("votes"),
}
INVALID: Words = {"ballot": msg("the whole ballot"), "place": msg("that place alone")}
REVEALS: Words = {
    "one_by_one": msg("revealed one by one from the last place"),
    "awards": msg("revealed award by award"),
    "top": msg("only the first places are revealed"),
    "all": msg("revealed all at once"),
}
ADJUSTMENT_KINDS: Words = {
    "overtime": msg("over time"),
    "undertime": msg("under time"),
    "bonus": msg("bonus"),
    "penalty": msg("penalty"),
    "objective": msg("points measured elsewhere"),
    "veto": msg("veto"),
}
AWARD_KINDS: Words = {
    "grade": msg("grade"),
    "prize": msg("prize"),
    "list": msg("list"),
    "flag": msg("flag"),
    "advance": msg("advancement"),
}
CUTS: Words = {"all": msg("all get it"), "none": msg("none gets it"), "decide": msg("the organiser decides")}
PERCENT_ROUNDINGS: Words = {"down": msg("down"), "half": msg("half up"), "up": msg("up")}

_ID = Column("id", msg("Id"), note=msg("made from the name where empty; must not change once files were issued"))

EVENT = Sheet(
    "event",
    msg("Event"),
    (
        Column("event.id", msg("Id"), note=msg("names the files; letters, digits, - and _")),
        Column("event.title", msg("Title")),
        Column("event.theme", msg("Theme of the contest")),
        Column("event.series", msg("Series")),
        Column("event.season", msg("Season"), note=msg("the quarter it belongs to, whatever the date")),
        Column("event.host", msg("Host")),
        Column("event.venue", msg("Venue")),
        Column("event.date", msg("Date"), Kind.DATE),
        Column("event.notes", msg("Remarks")),
        Column("event.scoring", msg("Marks are given"), Kind.CHOICE, SCORING),
        Column(
            "event.calibration",
            msg("Calibration"),
            Kind.NUMBER,
            note=msg("the first so many are scored together, after the last of them"),
        ),
        Column("event.questions", msg("Questions"), Kind.LIST, note=msg("one a line")),
        Column("publication.scores", msg("Announce scores"), Kind.FLAG),
        Column("publication.places", msg("Announce places"), Kind.FLAG),
        Column("publication.bottom", msg("Announce lists of the last"), Kind.FLAG),
        Column("projector.reveal", msg("How places are revealed"), Kind.CHOICE, REVEALS),
        Column("projector.top", msg("How many are revealed"), Kind.NUMBER),
        Column("projector.turn_scores", msg("Show a finished turn's score"), Kind.FLAG),
    ),
    msg("Write into the second column."),
    form=True,
)
ORGANISATIONS = Sheet(
    "organisations",
    msg("Organisations"),
    (
        Column("number", msg("Running number"), Kind.NUMBER, also=("number", "出场顺序", "编号"), width=6),
        Column(
            "name",
            msg("Name as printed"),
            Kind.NAME,
            also=(
                "单位",
                "参评单位",
                "汇报单位",
                "参赛单位",
                "单位名称",
                "村名",
                "村",
                "村（社区）",
                "社区",
                "选手",
                "姓名",
            ),
            width=24,
        ),
        Column("kind", msg("Organisation or person"), Kind.CHOICE, ORGANISATION_KINDS, width=8),
        Column("area", msg("Area"), also=("联片",)),
        Column("presenter", msg("Presenter"), also=("书记",), width=16),
        Column("officer", msg("Assigned officer"), also=("包村", "分包领导", "联片干部"), width=14),
        Column("unit", msg("Unit"), width=16),
        Column("division", msg("Division")),
        Column("status", msg("Status"), Kind.CHOICE, STATUS, note=msg("empty: takes part")),
        Column("status_reason", msg("Reason for the status")),
        Column("honours", msg("Honours"), Kind.LIST, note=msg("one a line"), width=24),
        _ID,
    ),
    msg("One row each, in running order; only the name is needed."),
)
GROUPS = Sheet(
    "groups",
    msg("Groups"),
    (
        Column("name", msg("Name as printed"), Kind.NAME, also=("评委组", "组别"), width=36),
        Column("weight", msg("Weight"), Kind.NUMBER, note=msg("20, 40, 40 or 60%; empty: all the same"), width=24),
        _ID,
    ),
    msg("May stay empty: groups that judges name are made from their names."),
)
JUDGES = Sheet(
    "judges",
    msg("Judges"),
    (
        Column("name", msg("Name as printed"), Kind.NAME, also=("评委", "姓名", "评委姓名"), width=16),
        Column("group", msg("Group"), Kind.NAME, also=("组别",), width=16, source="groups"),
        Column("practice", msg("Practice only"), Kind.FLAG),
        Column("organisation", msg("Own organisation"), Kind.NAME, width=16, source="organisations"),
        Column("recused", msg("Recused from"), Kind.LIST, note=msg("one a line"), width=20, source="organisations"),
        Column("criteria", msg("Scores only"), Kind.LIST, note=msg("one a line"), width=20, source="criteria"),
        _ID,
    ),
    msg("One row each; only the name is needed."),
)
PHASES = Sheet(
    "phases",
    msg("Phases"),
    (
        Column("name", msg("Name as printed"), Kind.NAME, also=("环节", "环节名称"), width=20),
        Column("kind", msg("Kind of phase"), Kind.CHOICE, PHASE_KINDS),
        Column("pace", msg("Runs"), Kind.CHOICE, PACES, width=18),
        Column("min_time", msg("Shortest"), Kind.TIME, note=msg("minutes and seconds: 5:00")),
        Column("max_time", msg("Longest"), Kind.TIME, note=msg("minutes and seconds: 8:00")),
        Column("by", msg("By whom"), width=20),
        Column("stops", msg("Sites"), Kind.LIST, note=msg("one a line"), width=24),
        Column("weight", msg("Weight"), Kind.NUMBER),
        _ID,
    ),
    msg("In the order in which they happen."),
)
CRITERIA = Sheet(
    "criteria",
    msg("Criteria"),
    (
        Column(
            "name", msg("Name as printed"), Kind.NAME, also=("评分项", "评分项目", "评分指标", "指标", "项目"), width=20
        ),
        Column("phase", msg("Phase"), Kind.NAME, width=16, source="phases"),
        Column("method", msg("Method"), Kind.CHOICE, METHODS),
        Column("min", msg("Least"), Kind.NUMBER, width=8),
        Column("max", msg("Full mark"), Kind.NUMBER, also=("满分", "分值"), width=8),
        Column("step", msg("Step of marks"), Kind.NUMBER, width=8),
        Column("weight", msg("Weight"), Kind.NUMBER, also=("占比",), width=8),
        Column(
            "groups",
            msg("Scored by"),
            Kind.LIST,
            note=msg("groups, one a line; empty: everybody"),
            width=16,
            source="groups",
        ),
        Column("description", msg("Description"), also=("评分细则", "评分标准"), width=32),
        Column("bands", msg("Bands"), Kind.BANDS, note=msg("one a line: 45~50 Excellent: lasting results"), width=32),
        Column("grades", msg("Grade list"), Kind.GRADES, note=msg("one a line, best first: Excellent = 100"), width=18),
        Column("anonymous", msg("Anonymous"), Kind.FLAG),
        Column("items", msg("Things to check"), Kind.ITEMS, note=msg("one a line: Minutes missing = 5"), width=32),
        Column("most", msg("Votes each"), Kind.NUMBER, width=8),
        Column("invalid", msg("A fault spoils"), Kind.CHOICE, INVALID),
        Column("points", msg("Points by place"), Kind.LIST, note=msg("for the first, second … place: 12、10、8")),
        Column("deduct", msg("Enter points off"), Kind.FLAG),
        Column("bonus", msg("Bonus item"), Kind.FLAG),
        Column("comment_below", msg("Comment below"), Kind.NUMBER),
        Column("comment_from", msg("Comment from"), Kind.NUMBER),
        _ID,
    ),
    msg("For points only the name and the full mark are needed."),
)
ADJUSTMENTS = Sheet(
    "adjustments",
    msg("Adjustments"),
    (
        _ID,
        Column("name", msg("Name as printed"), Kind.NAME, width=18),
        Column("kind", msg("Kind of adjustment"), Kind.CHOICE, ADJUSTMENT_KINDS, width=16),
        Column("phase", msg("Phase"), Kind.NAME, source="phases", width=16),
        Column(
            "bands",
            msg("Time bands"),
            Kind.TIME_BANDS,
            note=msg("one a line: 0:11 = -1, or 0:11 = -1 / 0:30 for each further 30 seconds"),
            width=24,
        ),
        Column("limit", msg("Limit"), Kind.TIME),
        Column("cap", msg("At most"), Kind.NUMBER),
        Column("signers", msg("Signers"), Kind.NUMBER),
    ),
    msg("Points after the mean; may stay empty. For example: Overtime, over time, limit 8:00, band 0:11 = -1."),
)
AWARDS = Sheet(
    "awards",
    msg("Grades and awards"),
    (
        _ID,
        Column("name", msg("Name as printed"), Kind.NAME, also=("奖项", "等次"), width=16),
        Column("kind", msg("Kind of award"), Kind.CHOICE, AWARD_KINDS),
        Column("quota", msg("Quota"), Kind.NUMBER, also=("数量",), width=8),
        Column("percent", msg("Percent"), Kind.PERCENT, width=8),
        Column("percent_rounding", msg("Percent rounding"), Kind.CHOICE, PERCENT_ROUNDINGS),
        Column("at_least", msg("Points from"), Kind.NUMBER, width=10),
        Column("below", msg("Points below"), Kind.NUMBER, width=10),
        Column("top", msg("Among the first"), Kind.NUMBER, width=10),
        Column("bottom", msg("Among the last"), Kind.NUMBER, width=10),
        Column("division", msg("Division")),
        Column("cut", msg("Tie at the cut"), Kind.CHOICE, CUTS, width=16),
        Column("excludes", msg("Excluded by"), Kind.LIST, note=msg("awards, one a line"), source="awards"),
        Column("series", msg("Award series")),
        Column("from_last", msg("From the last"), Kind.FLAG),
    ),
    msg("Grades, prizes, lists; may stay empty. For example: First prize, prize, quota 1."),
)
MATERIALS = Sheet(
    "materials",
    msg("Pictures and papers"),
    (
        Column(
            "organisation", msg("Belongs to"), Kind.NAME, also=("单位", "参评单位"), source="organisations", width=20
        ),
        Column("file", msg("File name"), width=24),
        Column("caption", msg("Caption"), width=30),
        Column("when", msg("When"), Kind.CHOICE, MOMENTS),
        Column("sha256", msg("SHA-256"), width=20),
    ),
    msg(
        "Files are in the folder media beside the workbook; may stay empty. For example: Village A, a.jpg, The new square, after."
    ),
)
COMMITMENTS = Sheet(
    "commitments",
    msg("Commitments"),
    (
        Column(
            "organisation", msg("Promised by"), Kind.NAME, also=("单位", "参评单位"), source="organisations", width=20
        ),
        Column("text", msg("What was promised"), also=("承诺", "承诺事项", "事项"), width=36),
        Column("state", msg("State of it"), Kind.CHOICE, COMMITMENT_STATES, note=msg("empty: not begun yet"), width=12),
        Column("count", msg("How many matters"), Kind.NUMBER, note=msg("empty: one"), width=8),
        Column("evidence", msg("Evidence"), width=36),
        Column("due", msg("Due"), width=14),
        Column("since", msg("Promised in"), note=msg("the season, where it was carried over"), width=16),
        _ID,
    ),
    msg(
        "What each organisation has promised, one row each; may stay empty. For example: Village A, Mend the road, done."
    ),
)
