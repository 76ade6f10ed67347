"""What taking files in would change, as a report in words: each file, each judge, each place."""

from __future__ import annotations

from collections.abc import Iterator

from judge_tui.domain.messages import Message, msg, nmsg, verbatim
from judge_tui.services.records.collecting import MergeReport, Verdict
from judge_tui.ui.dialogs.report import Told

FEW = 8
"""Files that are told before what they change; more of them are told after it."""

PARTS: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (msg("Marks and sheets"), ("notice", "mark", "corrected", "submitted")),
    (msg("What would be in doubt"), ("late", "laptop", "fork")),
    (msg("Places"), ("place",)),
)
"""The headings, and which changes stand under each."""


def told(report: MergeReport, sealed: bool) -> list[Told]:
    """The lines of the report on a dry run; `sealed` where a seal holds, past which new things count only with a new one."""
    refused = [item for item in report.verdicts if item.refused]
    others = [item for item in report.verdicts if not item.refused]
    lines = [*_summary(report), *(line for item in refused for line in _file(item))]
    few = len(others) <= FEW
    if few:
        lines += [line for item in others for line in _file(item)]
    if sealed and report.taken:
        lines.append(Told(msg("The result is sealed: this would count only once it is sealed again."), "doubt"))
    for heading, codes in PARTS:
        found = [item for item in report.changes if item.code in codes]
        if found:
            lines += [Told(verbatim("")), Told(heading, "strong")]
            lines += [Told(item.message, "doubt" if item.code in ("late", "laptop", "fork") else "") for item in found]
    if not few:
        lines += [Told(verbatim("")), Told(msg("Each file"), "strong")]
        lines += [line for item in others for line in _file(item)]
    return lines


def _summary(report: MergeReport) -> Iterator[Told]:
    if report.taken:
        text = nmsg(
            "Nothing has been changed yet. {count} new entry would come in:",
            "Nothing has been changed yet. {count} new entries would come in:",
            report.taken,
        )
        yield Told(text)
    else:
        yield Told(msg("Nothing new would come in; nothing was changed."))


def _file(item: Verdict) -> Iterator[Told]:
    yield Told(
        msg("{file} ({judge}): {what}", file=item.name, judge=item.judge, what=_what(item))
        if item.judge
        else msg("{file}: {what}", file=item.name, what=_what(item)),
        "doubt" if item.refused else "good" if item.taken else "dim",
    )
    if item.hint is not None:
        yield Told(msg("  → {hint}", hint=item.hint), "dim")


def _what(verdict: Verdict) -> Message:
    if verdict.refused or not verdict.taken:
        return verdict.message
    if verdict.hint is not None:  # only what was saved of a damaged file comes in with advice
        return nmsg(
            "damaged; {count} entry in it proves right and is new, what follows it is lost",
            "damaged; {count} entries in it prove right and are new, what follows them is lost",
            verdict.taken,
        )
    return nmsg("{count} new entry", "{count} new entries", verdict.taken)
