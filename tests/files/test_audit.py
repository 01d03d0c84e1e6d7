"""Rules beyond the format: each finds the records that break it, and names them."""

from __future__ import annotations

from typing import Any

import pytest

from makers import clause, dataset, plan, said, source, topic
from positions.files.audit import RULES, audit
from positions.snapshots.dataset import Dataset


def findings(ds: Dataset, rule: str) -> list[tuple[str, str]]:
    """The records that break one rule, with what is wrong."""
    return [(row.record, row.problem) for row in audit(ds) if row.rule == rule]


def test_an_unused_topic_and_source_are_found() -> None:
    """Whatever no record refers to is named; a clause of a plan is use enough for a topic."""
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
def test_no_source_is_out_before_the_words(published: str, more: Any, found: int) -> None:
    """A page of more than a day before the words cannot carry them, unless they begin later."""
    ds = dataset(
        said("A", {"yes": "demand"}, "2000-01-06", **more), sources=[source(published=published)]
    )
    assert len(findings(ds, "sources in time")) == found


def test_a_contradiction_needs_notes() -> None:
    """Who demands and refuses one option on one day contradicts itself; both records say why."""
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
    """What a statement denies is taken away by it, and no cell is disputed."""
    first = said("A", {"yes": "demand"})
    second = said("A", {"yes": "reject"}, id="other", denies=(first.id,))
    assert audit(dataset(first, second)).disputed == ()


@pytest.mark.parametrize(
    "summary", ["A speaks", "A speaks.  B listens.", "A speaks. B listens.", "A speaks" + "x" * 300]
)
def test_a_summary_is_one_short_sentence(summary: str) -> None:
    """A summary without its full stop, of two sentences, or too long is named."""
    ds = dataset(said("A", {"yes": "demand"}, summary=summary))
    assert findings(ds, "summaries")


def test_words_after_the_evidence_are_found() -> None:
    """A statement dated after the end of the evidence cannot have been found in it."""
    ds = dataset(said("A", {"yes": "demand"}, "2001-01-01"))
    assert [record for record, _ in findings(ds, "within evidence")] == ["a.2001-01-01.land"]


def test_a_question_is_one_sentence() -> None:
    """A topic that asks nothing, or two things, is named."""
    two = topic("sea", "no", "yes", question="Who sails? And where?")
    assert findings(dataset(topics=[two]), "one question") == [
        ("sea", "its question is not one sentence that ends with a question mark")
    ]


def test_the_table_lists_every_rule() -> None:
    """Rules that hold are listed as kept, so that silence is never mistaken for a check."""
    table = audit(dataset()).table()
    assert {row[0] for row in table.rows} == {rule.name for rule in RULES}
