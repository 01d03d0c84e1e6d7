"""Rules beyond the format: each lists the records that break it."""

from __future__ import annotations

from typing import Any

import pytest

from makers import clause, dataset, plan, said, source, topic
from positions.files.audit import RULES, audit
from positions.snapshots.dataset import Dataset


def findings(ds: Dataset, rule: str) -> list[tuple[str, str]]:
    """Return the records that break one rule, with their problems."""
    return [(row.record, row.problem) for row in audit(ds) if row.rule == rule]


def test_an_unused_topic_and_source_are_found() -> None:
    """Topics and sources that no record uses are listed; a clause of a plan uses its topic."""
    ds = dataset(
        said("A", {"yes": "demand"}),
        topics=[topic("land", "no", "yes"), topic("sea", "no", "yes"), topic("air", "no", "yes")],
        sources=[source(), source("diary")],
        proposals=[plan("p", clause("sea", "yes"))],
    )
    assert findings(ds, "topics used") == [("air", "it has no statement or clause")]
    assert findings(ds, "sources used") == [("diary", "no record cites it")]


@pytest.mark.parametrize(
    ("published", "more", "found"),
    [
        ("2000-01-04", {}, 1),
        ("2000-01-04", {"from_": "2000-01-06"}, 0),
        ("2000-01-05", {}, 0),
        ("2000-01", {}, 0),
        ("1999", {}, 1),
    ],
)
def test_no_source_precedes_its_statement(published: str, more: Any, found: int) -> None:
    """A source cannot precede its statement by more than a day, unless that takes effect later."""
    ds = dataset(
        said("A", {"yes": "demand"}, "2000-01-06", **more), sources=[source(published=published)]
    )
    assert len(findings(ds, "sources in time")) == found


def test_a_contradiction_needs_notes() -> None:
    """A party that demands and refuses an option on one day needs a note in both statements."""
    first = said("A", {"yes": "demand"})
    second = said("A", {"yes": "reject"}, id="other")
    assert findings(dataset(first, second), "no contradiction") == [
        ("a.2000-01-01.land", "contradicts other on yes, and no note explains it"),
        ("other", "contradicts a.2000-01-01.land on yes, and no note explains it"),
    ]
    noted = [s.model_copy(update={"note": "Two papers differ."}) for s in (first, second)]
    found = audit(dataset(*noted))
    assert not findings(dataset(*noted), "no contradiction")
    assert found.disputed == ("land yes (a.2000-01-01.land, other)",)


def test_a_denial_contradicts_nothing() -> None:
    """A denial removes the statement that it denies, so no cell is disputed."""
    first = said("A", {"yes": "demand"})
    second = said("A", {"yes": "reject"}, id="other", denies=(first.id,))
    assert audit(dataset(first, second)).disputed == ()


@pytest.mark.parametrize(
    "summary", ["A speaks", "A speaks.  B listens.", "A speaks. B listens.", "A speaks" + "x" * 300]
)
def test_a_summary_is_one_short_sentence(summary: str) -> None:
    """A summary without a full stop, of two sentences, or too long is listed."""
    ds = dataset(said("A", {"yes": "demand"}, summary=summary))
    assert findings(ds, "summaries")


def test_statements_after_the_evidence_are_found() -> None:
    """A statement dated after the end of the evidence is listed."""
    ds = dataset(said("A", {"yes": "demand"}, "2001-01-01"))
    assert [record for record, _ in findings(ds, "within evidence")] == ["a.2001-01-01.land"]


def test_a_question_is_one_sentence() -> None:
    """A topic whose question is not a single question is listed."""
    two = topic("sea", "no", "yes", question="Who sails? And where?")
    assert findings(dataset(topics=[two]), "one question") == [
        ("sea", "its question is not one sentence that ends with a question mark")
    ]


def test_the_table_lists_every_rule() -> None:
    """Rules without findings are listed as kept, so that every check is visible."""
    table = audit(dataset()).table()
    assert {row[0] for row in table.rows} == {rule.name for rule in RULES}
