"""Edge cases that once gave a wrong answer."""

import pytest

import positions as pos
from makers import TOPICS, clause, dataset, only_if, plan, said, settled, source, topic
from positions import results
from positions.errors import DataError, InvalidInputError
from positions.records.intervals import distance, parse_interval
from positions.records.models import Condition


def test_snapshots_of_topics_with_other_options_are_not_compared() -> None:
    """A topic whose options have a different order in another data set is a different topic."""
    reordered = (topic("land", "yes", "no", "shared"), *TOPICS[1:])
    words = said("A", {"yes": "demand"})
    one, other = dataset(words), dataset(words, topics=reordered)
    with pytest.raises(InvalidInputError, match="land"):
        pos.diff(one.at("2000-06-01"), other.at("2000-06-01"))


def test_a_blocker_is_the_statement_that_refuses() -> None:
    """Of two statements of one day, the one that rejects is cited for the refusal."""
    accepts = said("A", {"yes": "accept"}, id="a1")
    rejects = said("A", {"yes": "reject"}, id="a2")
    snapshot = dataset(accepts, rejects, said("B", {"yes": "demand"})).at("2000-06-01")
    row = pos.overlap(snapshot, ["A", "B"])[0]
    shown = {blocker.statement for blocker in row.blockers if blocker.party == "A"}
    assert shown == {"a2"}


def test_an_unchecked_copy_is_checked_when_added() -> None:
    """An invalid copy of a statement is refused when it is added to a data set."""
    words = said("A", {"yes": "demand"})
    odd = words.model_copy(update={"id": "odd", "says": {"yes": "conditional"}})
    with pytest.raises(DataError, match="odd"):
        dataset(words).add(odd)


def test_a_conditional_claim_is_described_as_conditional() -> None:
    """A claimed acceptance under conditions is not described as unconditional."""
    claim = said(
        "A",
        {"yes": "conditional"},
        attribution="claimed",
        claimed_by="B",
        conditions=(only_if(Condition(text="something")),),
    )
    own = said("A", {"yes": "reject"}, "2000-02-01")
    words = said("B", {"yes": "demand"})
    snapshot = dataset(claim, own, words).at("2000-06-01", attributions=["self", "claimed"])
    (note,) = pos.overlap(snapshot, ["A", "B"]).notes
    assert note.endswith("State A accepts “Yes” under conditions (contested).")


def test_the_whole_topic_is_no_option_of_a_clause() -> None:
    """`*` is allowed in `says` only; in a clause it is a fault."""
    with pytest.raises(DataError, match=r"'\*'"):
        dataset(proposals=[plan("p1", clause("land", "*"))])


def test_long_numbers_are_subtracted_exactly() -> None:
    """The distance between numbers of thirty digits is exact."""
    ends = parse_interval("1"), parse_interval("123456789012345678901234567891")
    assert distance(*ends) == 123456789012345678901234567890


def test_nothing_lapses_at_one_date() -> None:
    """A change between two readings of the same day is not a lapse."""
    words = said("A", {"yes": "demand"}, attribution="reported")
    ds = dataset(words, sources=[source()])
    row = pos.diff(ds.at("2000-06-01"), ds.at("2000-06-01", attributions="self"))[0]
    assert (row.move, row.lapsed) == ("withdrawn", False)


def test_plans_without_topics_may_name_options_with_digits() -> None:
    """An option such as `phase_1` is not mistaken for a number, even without its topic."""
    left, right = plan("p1", clause("land", "phase_1")), plan("p2", clause("land", "phase_2"))
    assert pos.diff(left, right)[0].relation == "different"


@pytest.mark.slow
def test_a_long_chain_of_conditions() -> None:
    """In a chain of acceptances that each depend on the next topic, all are evaluated."""
    names = [f"t{n}" for n in range(1_500)]
    links = [*((only_if(settled(name, "yes")),) for name in names[1:]), ()]
    chained = [
        said(who, {"yes": "conditional" if link else "accept"}, topic=name, conditions=link)
        for name, link in zip(names, links, strict=True)
        for who in "AB"
    ]
    clauses = [
        clause(name, "yes", conditions=link[0].all if link else ())
        for name, link in zip(names, links, strict=True)
    ]
    topics = [topic(name, "no", "yes") for name in names]
    ds = dataset(*chained, topics=topics, proposals=[plan("p", *clauses)])
    snapshot = ds.at("2000-12-31")
    judged = [row.relation for row in pos.overlap(snapshot, ["A", "B"]).rows]
    assert judged == ["conditional"] * 1_499 + ["agreed"]
    found = pos.settle(snapshot, ["A", "B"])
    assert isinstance(found, results.Settlement)
    assert [(row.topic, row.option) for row in found.rows] == [(name, "yes") for name in names]
    standings = {row.standing for row in pos.evaluate(ds.proposal("p"), snapshot).rows}
    assert standings == {"conditional_met", "accepts"}
