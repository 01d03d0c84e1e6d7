"""Possible trades and conditional offers of two parties, computed by hand."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction
from typing import Any

import pytest

import positions as pos
from makers import dataset, only_if, plan, said, settled
from positions import results
from positions.deals.weights import emphasis
from positions.records.attitudes import Attitude
from positions.records.models import Condition, Statement

LAST = "2000-12-31"
STUCK = (
    said("A", {"yes": "demand"}),
    said("B", {"no": "demand"}),
    said("A", {"all": "demand"}, topic="rank"),
    said("B", {"some": "demand"}, topic="rank"),
)
"""A and B are in deadlock on land and on rank."""
WEIGHTS = {"A": {"land": 3, "rank": 1}, "B": {"land": 1, "rank": 3}}
"""Land matters more to A than to B, and rank more to B."""


def trades(*statements: Statement, **asked: Any) -> results.Trades:
    """Return the trades of A and B after some statements."""
    return pos.trades(dataset(*statements).at(LAST), "A", "B", **asked)


class TestTrades:
    """Each party prevails on the topic that matters more to it, and concedes on the other."""

    def test_pair(self) -> None:
        """A gets what it affirms on one topic, and B what it affirms on the other."""
        (row,) = trades(*STUCK, weights=WEIGHTS)
        assert (row.first, row.second) == ("land", "rank")
        assert (row.first_options, row.second_options) == (("yes",), ("some",))
        assert (row.first_gap, row.second_gap) == (1, pytest.approx(2 / 3))
        assert row.first_weights == (Fraction(3, 4), Fraction(1, 4))
        assert row.second_weights == (Fraction(1, 4), Fraction(3, 4))

    def test_gain(self) -> None:
        """The gain is the joint value of the trade minus that of the reverse trade.

        Here 3/4 for A and 3/4 for B, minus 1/4 and 1/4.
        """
        weights = {"A": {"land": 6, "rank": 2}, "B": {"land": 1, "rank": 3}}
        assert trades(*STUCK, weights=weights)[0].gain == Fraction(1)

    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ({"land": 3, "rank": 1}, {"land": 3, "rank": 1}),
            ({"land": 1, "rank": 1}, {"land": 1, "rank": 1}),
            ({"land": 3, "rank": 2}, {"land": 2, "rank": 1}),
            ({"land": 3, "rank": 1}, {"land": 1, "rank": 1}),
        ],
        ids=["alike", "all one", "both want land", "all one to B"],
    )
    def test_no_pair(self, a: dict[str, int], b: dict[str, int]) -> None:
        """A topic conceded matters less than the other topic, and less than to the other party."""
        assert len(trades(*STUCK, weights={"A": a, "B": b})) == 0

    def test_proportions(self) -> None:
        """Only the proportions of a party's weights count."""
        ten = {"A": {"land": 30, "rank": 10}, "B": {"land": "0.1", "rank": "0.3"}}
        assert trades(*STUCK, weights=WEIGHTS) == trades(*STUCK, weights=ten)

    @pytest.mark.parametrize("says", [{"all": "accept"}, {"some": "reject"}, {"*": "withdrawn"}])
    def test_nothing_to_trade(self, says: dict[str, str]) -> None:
        """There is no trade if they agree on a topic, or if one affirms nothing or is silent."""
        more = said("B", says, "2000-02-01", topic="rank")
        assert len(trades(*STUCK, more, weights=WEIGHTS)) == 0

    def test_apart(self) -> None:
        """Topics on which they affirm different options, without a refusal, can be traded too."""
        apart = (said("A", {"yes": "accept"}), said("B", {"no": "accept"}))
        assert [row.first for row in trades(*apart, *STUCK[2:], weights=WEIGHTS)] == ["land"]

    def test_terms_only(self) -> None:
        """Topics that are not terms of a settlement are not traded."""
        talks = (
            said("A", {"here": "demand"}, topic="talks.place"),
            said("B", {"there": "demand"}, topic="talks.place"),
        )
        weights = {"A": {"land": 3, "talks.place": 1}, "B": {"land": 1, "talks.place": 3}}
        assert len(trades(*STUCK[:2], *talks, weights=weights)) == 0

    def test_topics(self) -> None:
        """Both topics of a pair are among the topics asked for."""
        assert len(trades(*STUCK, weights=WEIGHTS, topics=["land", "rank"])) == 1
        assert len(trades(*STUCK, weights=WEIGHTS, topics="land")) == 0

    def test_topics_without_weight(self) -> None:
        """A topic without a weight of one party is left out, with a note."""
        found = trades(*STUCK, weights={"A": {"land": 3, "rank": 1}, "B": {"land": 1}})
        assert len(found) == 0
        assert found.notes == ("Left out because a weight is missing: 1 topic.",)

    def test_order(self) -> None:
        """The greatest gain is first."""
        army = (
            said("A", {"100": "demand"}, topic="army.size"),
            said("B", {"50": "demand"}, topic="army.size"),
        )
        weights = {
            "A": {"land": 6, "rank": 3, "army.size": 1},
            "B": {"land": 1, "rank": 4, "army.size": 5},
        }
        found = trades(*STUCK, *army, weights=weights)
        assert [(row.first, row.second) for row in found] == [
            ("land", "army.size"),
            ("land", "rank"),
        ]
        assert [row.gain for row in found] == [Fraction(9, 10), Fraction(6, 10)]
        assert found[0].second_gap == 50

    @pytest.mark.parametrize(
        ("asked", "message"),
        [
            ({"weights": {"A": {"land": 1}}}, "weights: wanted an entry for each of A, B"),
            ({"weights": {"A": {}, "B": {}, "D": {}}}, "no party 'D'"),
            ({"weights": {"A": {"lnd": 1}, "B": {}}}, "no topic 'lnd'; did you mean 'land'?"),
            ({"weights": {"A": {"land": 0.5}, "B": {}}}, "weight of A.land: wanted an exact"),
            ({"topics": "lnd"}, "no topic or area 'lnd'"),
        ],
    )
    def test_invalid_arguments(self, asked: Any, message: str) -> None:
        """An error names the argument that is not valid."""
        with pytest.raises(pos.PositionsError) as caught:
            trades(*STUCK, **asked)
        assert message in str(caught.value)

    def test_one_party(self) -> None:
        """The parties must be different and in the data set."""
        snapshot = dataset(*STUCK).at(LAST)
        with pytest.raises(pos.InvalidInputError, match=r"^parties: .*A"):
            pos.trades(snapshot, "A", "A")
        with pytest.raises(pos.UnknownNameError):
            pos.trades(snapshot, "A", "D")
        with pytest.raises(pos.InvalidInputError, match=r"ds\.at"):
            pos.trades("2000", "A", "B")  # type: ignore[arg-type]


class TestEmphasis:
    """Emphasis, the default weights."""

    def test_shares(self) -> None:
        """Emphasis is the share of a party's statements on terms that are on the topic."""
        snapshot = dataset(
            said("A", {"yes": "demand"}, "2000-01-01"),
            said("A B", {"yes": "demand"}, "2000-02-01"),
            said("A", {"some": "accept"}, topic="rank"),
            said("A", {"here": "demand"}, topic="talks.place"),
            said("A", {"no": "demand"}, "2001-01-01"),
        ).at(LAST)
        shares = {topic: share for topic, share in emphasis(snapshot, "A").items() if share}
        assert shares == {"land": Fraction(2, 3), "rank": Fraction(1, 3)}
        assert set(emphasis(snapshot, "C").values()) == {0}

    def test_lapsed_claimed_denied(self) -> None:
        """Lapsed statements count; claims by others and denied statements do not."""
        snapshot = dataset(
            said("A", {"yes": "demand"}, until="2000-01-31"),
            said("A", {"some": "accept"}, topic="rank", attribution="claimed", claimed_by="B"),
            said("A", {"100": "accept"}, topic="army.size", id="rumour"),
            said("A", {"all": "accept"}, "2000-03-01", topic="rank", denies=("rumour",)),
        ).at(LAST, attributions=("self", "claimed"))
        shares = {topic: share for topic, share in emphasis(snapshot, "A").items() if share}
        assert shares == {"land": Fraction(1, 2), "rank": Fraction(1, 2)}

    def test_trades_by_emphasis(self) -> None:
        """Trades without weights use emphasis, with a note that says so."""
        more = [said("A", {"yes": "demand"}, f"2000-02-0{n}") for n in range(1, 4)]
        more += [said("B", {"some": "demand"}, f"2000-02-0{n}", "rank") for n in range(1, 4)]
        found = trades(*STUCK, *more)
        assert [(row.first, row.second, row.gain) for row in found] == [
            ("land", "rank", Fraction(6, 5))
        ]
        assert found.notes[0].startswith("Weights: emphasis, the share of a party's statements")


class TestOffers:
    """Conditional offers with a condition that the other party affirms."""

    OFFER = said(
        "A",
        {"no": "conditional"},
        conditions=(only_if(settled("rank", "some"), Condition(text="in peace"), options=("no",)),),
    )

    def test_meeting(self) -> None:
        """A accepts an option on land for what B accepts on rank, with a further condition."""
        offers = trades(
            self.OFFER, said("B", {"some": "accept"}, topic="rank"), said("B", {"no": "demand"})
        ).offers
        (row,) = offers
        assert (row.party, row.other, row.topic, row.options) == ("A", "B", "land", ("no",))
        assert row.wanted == Attitude.DEMAND
        assert (row.met, row.answers) == ((settled("rank", "some"),), (Attitude.ACCEPT,))
        assert row.missing == (Condition(text="in peace"),)
        assert row.statements == ("a.2000-01-01.land", "b.2000-01-01.rank")

    @pytest.mark.parametrize("says", [{"some": "reject"}, {"all": "accept"}, {"*": "withdrawn"}])
    def test_not_meeting(self, says: dict[str, str]) -> None:
        """Options that the other refuses or has not answered meet no condition."""
        assert len(trades(self.OFFER, said("B", says, topic="rank")).offers) == 0

    def test_both_ways(self) -> None:
        """Offers of both parties are found; conditional answers count, and are marked as such."""
        answer = said(
            "B",
            {"some": "conditional"},
            topic="rank",
            conditions=(only_if(settled("land", "no"), options=("some",)),),
        )
        offers = trades(self.OFFER, answer).offers
        assert [(row.party, row.topic, row.answers) for row in offers] == [
            ("A", "land", (Attitude.CONDITIONAL,)),
            ("B", "rank", (Attitude.CONDITIONAL,)),
        ]

    def test_alternatives(self) -> None:
        """Each group of conditions is one offer, with all options under it."""
        offer = said(
            "A",
            {"no": "conditional", "shared": "conditional"},
            conditions=(
                only_if(settled("rank", "some"), options=("no", "shared")),
                only_if(settled("rank", "all"), options=("no",)),
            ),
        )
        offers = trades(offer, said("B", {"some": "accept", "all": "accept"}, topic="rank")).offers
        assert [(row.options, row.met) for row in offers] == [
            (("no", "shared"), (settled("rank", "some"),)),
            (("no",), (settled("rank", "all"),)),
        ]

    def test_plans_are_not_met(self) -> None:
        """A condition on a whole plan is listed as missing."""
        offer = said(
            "A",
            {"no": "conditional"},
            conditions=(
                only_if(settled("rank", "some"), Condition(proposal="p"), options=("no",)),
            ),
        )
        ds = dataset(
            offer,
            said("B", {"some": "accept"}, topic="rank"),
            proposals=[plan("p", pos.Term(topic="rank", options=("some",)))],
        )
        (row,) = pos.trades(ds.at(LAST), "A", "B").offers
        assert row.missing == (Condition(proposal="p"),)


TABLE = """\
Trades of State A, State B on 2000-12-31: 1 pair of topics

State A gets                    State B gets                  gain
------------------------------  ----------------------------  -------
Land (land): “Yes” [1]; gap 1;  Rank (rank): “Some” [1]; gap  100.0 %
weights 75.0 : 25.0 %           0.667; weights 25.0 : 75.0 %

[1] Press: On press (2000-01-01)

On the table: State B would accept Army (army.size): 60 to 80 soldiers (State A
has not answered) [1] in return for Rank: “All” or “Most” (State A demands one
of these) [1]; further conditions: in peace.
Weights are given as State A : State B. Gain: how much more the trade is worth
to both together than the reverse trade."""
OFFERS = """\
Offers between State A and State B on 2000-12-31: 1 offer

party    would accept              in return for             further conditions
-------  ------------------------  ------------------------  ------------------
State B  Army (army.size): 60 to   Rank: “All” or “Most”     in peace
         80 soldiers (State A has  (State A demands one of
         not answered) [1]         these) [1]

[1] Press: On press (2000-01-01)"""


class TestShown:
    """Output of trades and offers."""

    def test_table(self) -> None:
        """The table has what each gets, the gaps and the gain, and below it the offers."""
        offer = said(
            "B",
            {"60..80": "conditional"},
            topic="army.size",
            conditions=(
                only_if(
                    settled("rank", "all", "most"), Condition(text="in peace"), options=("60..80",)
                ),
            ),
        )
        found = trades(*STUCK, offer, weights=WEIGHTS)
        assert str(found) == TABLE
        assert str(found.offers) == OFFERS

    def test_no_trades(self) -> None:
        """Without trades the tables are empty."""
        found = trades(weights=WEIGHTS)
        assert (len(found), len(found.offers)) == (0, 0)
        assert "no rows" in str(found)
        assert "no rows" in str(found.offers)

    def test_records(self) -> None:
        """Records have fractions as text, and the columns in order."""
        found = trades(*STUCK, weights=WEIGHTS)
        (record,) = found.to_records()
        assert tuple(record) == results.Trades.columns
        assert (record["first_weights"], record["gain"]) == (["3/4", "1/4"], "1")
        assert json.loads(json.dumps(record)) == record
        assert record["statements"] == [s.id for s in STUCK]

    def test_values(self) -> None:
        """Trades are values: hashable, equal for equal arguments, and picklable."""
        one, two = (trades(*STUCK, weights=WEIGHTS) for _ in range(2))
        assert (one, hash(one)) == (two, hash(two))
        assert pickle.loads(pickle.dumps(one)) == one


class TestHarbour:
    """Offers in a fictional dispute."""

    def test_harbour(self, harbour: pos.Dataset) -> None:
        """The company offers retraining for automation, accepted conditionally by the operators."""
        (row,) = pos.trades(harbour.at("2031-04-12"), "CRANES", "HARBOUR").offers
        assert (row.party, row.topic, row.wanted) == ("HARBOUR", "jobs.guarantee", "reject")
        assert row.answers == (Attitude.CONDITIONAL,)
