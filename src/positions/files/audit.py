"""Rules for data sets beyond the file format, each checked on every record.

A file that breaks the format cannot be read at all. These rules concern care in coding:
records are used, dated, sourced and worded as the coding rules require.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import ClassVar

import attrs

from positions.records.dates import day_after
from positions.records.models import Source, Statement
from positions.records.scales import Scale
from positions.snapshots.answers import Result
from positions.snapshots.dataset import Dataset, without_suppositions
from positions.snapshots.wording import counted
from positions.tables.table import Table

BY_FORMAT = (
    "Ensured by reading the file: every reference leads to a record, every date is valid, every "
    "statement has a source, numbers are within the domain of their topic."
)
"""What is not checked here, because a file that breaks it cannot be read."""
LONGEST_SUMMARY = 300
"""Maximum length of a summary, in characters."""

Found = Iterator[tuple[str, str]]
"""The records that break a rule: pairs of id and problem."""


@attrs.frozen
class Rule:
    """One rule: its requirement, and the function that finds the records that break it."""

    name: str
    requirement: str
    find: Callable[[Dataset], Found]


@attrs.frozen
class Finding:
    """One record that breaks a rule."""

    rule: str
    record: str
    problem: str


@attrs.frozen
class Audit(Result[Finding]):
    """The rows of `audit`, one for each record that breaks a rule; empty if there are none.

    Attributes:
        disputed: the cells in which a party contradicts itself on one day, with the
            statements; the lower attitude counts, and each statement needs a note.
    """

    columns: ClassVar[tuple[str, ...]] = ("rule", "record", "problem")
    disputed: tuple[str, ...]

    def table(self) -> Table:
        """Return the rules as a table, with the records that break them."""
        broken = {row.rule for row in self.rows}
        kept = [
            (rule.name, "", f"kept: {rule.requirement}")
            for rule in RULES
            if rule.name not in broken
        ]
        rows = [*((row.rule, row.record, row.problem) for row in self.rows), *kept]
        title = f"{counted(len(RULES), 'rule')}, {counted(len(self.rows), 'finding')}"
        return Table(title, self.columns, tuple(rows), remarks=self.notes)


def audit(ds: Dataset) -> Audit:
    """Check a data set against the rules beyond the format, without its suppositions.

    Returns:
        Every record that breaks a rule, in the order of the rules, and every cell that
        is disputed because a party contradicts itself on one day.

    >>> from positions import load
    >>> len(audit(load()))
    0
    """
    ds = without_suppositions(ds)
    rows = tuple(
        Finding(rule.name, record, problem) for rule in RULES for record, problem in rule.find(ds)
    )
    disputed = tuple(_disputed(ds))
    count = f"{counted(len(disputed), 'disputed cell')} (a party contradicts itself on one day)"
    listed = f"{count}: {'; '.join(disputed)}." if disputed else f"{count}."
    return Audit(rows, (BY_FORMAT, listed), disputed)


# ------------------------------------------------------------ use of topics and sources


def _one_question(ds: Dataset) -> Found:
    for topic in ds.topics:
        if topic.question.count("?") != 1 or not topic.question.endswith("?"):
            yield topic.id, "its question is not one sentence that ends with a question mark"


def _every_topic_used(ds: Dataset) -> Found:
    named = {statement.topic for statement in ds.statements}
    named |= {term.topic for proposal in ds.proposals for term in proposal.terms}
    yield from ((t.id, "it has no statement or clause") for t in ds.topics if t.id not in named)


def _every_source_used(ds: Dataset) -> Found:
    cited = (s.sources for kind in (ds.statements, ds.proposals, ds.events) for s in kind)
    named = {name for names in cited for name in names}
    yield from ((s.id, "no record cites it") for s in ds.sources if s.id not in named)


# ------------------------------------------------------------ dates


def _within_evidence(ds: Dataset) -> Found:
    until = ds.document.evidence_until
    last = dt.date.max if until is None else until.latest
    for statement in ds.statements:
        if statement.date.earliest > last:
            yield statement.id, f"is dated {statement.date}, after the end of the evidence ({last})"


def _sources_in_time(ds: Dataset) -> Found:
    sources = {source.id: source for source in ds.sources}
    for statement in ds.statements:
        for name in statement.sources:
            if statement.from_ is None and _before(sources[name], statement):
                published = sources[name].published
                yield (
                    statement.id,
                    f"is dated {statement.date}, but {name} is dated {published}",
                )


def _before(source: Source, statement: Statement) -> bool:
    """Whether a source was published more than a day before the statement that cites it."""
    published = source.published
    return published is not None and statement.date.earliest > day_after(published)


# ------------------------------------------------------------ contradictions


def _no_contradiction(ds: Dataset) -> Found:
    for statements, keys in _contradictions(ds):
        for statement in statements:
            if statement.note is None:
                others = " and ".join(s.id for s in statements if s is not statement)
                yield (
                    statement.id,
                    f"contradicts {others} on {keys}, and no note explains it",
                )


def _disputed(ds: Dataset) -> Iterator[str]:
    for statements, keys in _contradictions(ds):
        yield f"{statements[0].topic} {keys} ({', '.join(s.id for s in statements)})"


def _contradictions(ds: Dataset) -> Iterator[tuple[tuple[Statement, ...], str]]:
    """Yield pairs of statements in which a party takes two attitudes to an option on one day."""
    groups: dict[tuple[str, str, object], list[Statement]] = defaultdict(list)
    for statement in ds.statements:
        if statement.attribution != "claimed":
            for party in statement.parties:
                span = (statement.date.earliest, statement.date.latest)
                groups[party, statement.topic, span].append(statement)
    seen = set()
    for (_, topic, _), statements in groups.items():
        scale = ds.catalogue.scale(topic)
        for one, other in combinations(statements, 2):
            keys = _clash(scale, one, other)
            if keys and (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                yield (one, other), keys


def _clash(scale: Scale, one: Statement, other: Statement) -> str:
    """Return the options to which two statements take different explicit attitudes.

    A denial removes the statement that it denies, and contradicts nothing.
    """
    if one.id in other.denies or other.id in one.denies:
        return ""
    said = [
        {column: s.says[keys[0]] for column, keys in scale.resolve(s.says).items()}
        for s in (one, other)
    ]
    unlike = [
        c in said[0] and c in said[1] and said[0][c] != said[1][c] for c in range(scale.width)
    ]
    return ", ".join(key for key, columns in scale.spans(unlike) if unlike[columns[0]])


# ------------------------------------------------------------ wording


def _summaries(ds: Dataset) -> Found:
    for statement in ds.statements:
        text = statement.summary
        if not text.endswith(".") or "  " in text or re.search(r"[a-z]\. [A-Z]", text):
            yield statement.id, "its summary is not one sentence that ends with a full stop"
        if len(text) > LONGEST_SUMMARY:
            yield (
                statement.id,
                f"its summary has {len(text)} characters, over {LONGEST_SUMMARY}",
            )


RULES = (
    Rule("one question", "the question of a topic is one sentence", _one_question),
    Rule("topics used", "each topic has a statement or a clause", _every_topic_used),
    Rule("sources used", "each source is cited by a record", _every_source_used),
    Rule(
        "within evidence", "no statement is dated after the end of the evidence", _within_evidence
    ),
    Rule(
        "sources in time",
        "no source is dated more than a day before its statement, unless `from` is given",
        _sources_in_time,
    ),
    Rule(
        "no contradiction",
        "two attitudes of a party to one option on one day are explained in notes",
        _no_contradiction,
    ),
    Rule(
        "summaries",
        f"each summary is one sentence of at most {LONGEST_SUMMARY} characters",
        _summaries,
    ),
)
"""All rules, in the order in which findings are listed."""
