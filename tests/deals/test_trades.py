"""What two parties could trade, worked by hand and held against a slow model."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from collections import Counter
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

import positions as pos
import slow_replay as slow
from makers import dataset, only_if, plan, said, settled
from positions import results, testing
from positions.deals.weights import emphasis
from positions.records.attitudes import Attitude
from positions.records.models import Condition, Statement
from positions.snapshots.dataset import Dataset
from readings import DAYS

HARBOUR = Path(__file__).parents[2] / "docs" / "examples" / "harbour.json"
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
    """Give the trades of A and B after some statements."""
    return pos.trades(dataset(*statements).at(LAST), "A", "B", **asked)


class TestTrades:
    """Each gets its way where it cares more, and moves where it cares less."""

    def test_pair(self) -> None:
        """A gets what it affirms on the one topic, and B what it affirms on the other."""
        (row,) = trades(*STUCK, weights=WEIGHTS)
        assert (row.first, row.second) == ("land", "rank")
        assert (row.first_options, row.second_options) == (("yes",), ("some",))
        assert (row.first_gap, row.second_gap) == (1, pytest.approx(2 / 3))
        assert row.first_weights == (Fraction(3, 4), Fraction(1, 4))
        assert row.second_weights == (Fraction(1, 4), Fraction(3, 4))

    def test_gain(self) -> None:
        """The gain is what the trade is worth beyond the same trade the other way round.

        3/4 to A and 3/4 to B, against 1/4 and 1/4.
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
        """Both must give what matters less to them, than the other topic and than to the other."""
        assert len(trades(*STUCK, weights={"A": a, "B": b})) == 0

    def test_proportions(self) -> None:
        """Only the proportions of a party's weights count."""
        ten = {"A": {"land": 30, "rank": 10}, "B": {"land": "0.1", "rank": "0.3"}}
        assert trades(*STUCK, weights=WEIGHTS) == trades(*STUCK, weights=ten)

    @pytest.mark.parametrize("says", [{"all": "accept"}, {"some": "reject"}, {"*": "withdrawn"}])
    def test_nothing_to_trade(self, says: dict[str, str]) -> None:
        """Where they agree, or one affirms nothing or is silent, nothing is traded."""
        more = said("B", says, "2000-02-01", topic="rank")
        assert len(trades(*STUCK, more, weights=WEIGHTS)) == 0

    def test_apart(self) -> None:
        """Topics on which they affirm different things, without refusing, can be traded too."""
        apart = (said("A", {"yes": "accept"}), said("B", {"no": "accept"}))
        assert [row.first for row in trades(*apart, *STUCK[2:], weights=WEIGHTS)] == ["land"]

    def test_terms_only(self) -> None:
        """Where to talk is no term of a settlement, and not traded."""
        talks = (
            said("A", {"here": "demand"}, topic="talks.place"),
            said("B", {"there": "demand"}, topic="talks.place"),
        )
        weights = {"A": {"land": 3, "talks.place": 1}, "B": {"land": 1, "talks.place": 3}}
        assert len(trades(*STUCK[:2], *talks, weights=weights)) == 0

    def test_topics(self) -> None:
        """A pair is looked for among the topics asked for."""
        assert len(trades(*STUCK, weights=WEIGHTS, topics=["land", "rank"])) == 1
        assert len(trades(*STUCK, weights=WEIGHTS, topics="land")) == 0

    def test_topics_without_weight(self) -> None:
        """A topic that one of them does not weigh is left out, and told."""
        found = trades(*STUCK, weights={"A": {"land": 3, "rank": 1}, "B": {"land": 1}})
        assert len(found) == 0
        assert found.notes == ("Left out, for one of them gives no weight: 1 topic.",)

    def test_order(self) -> None:
        """The greatest gain stands first."""
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
            ({"weights": {"A": {"land": 1}}}, "weights: wanted some for each of A, B"),
            ({"weights": {"A": {}, "B": {}, "D": {}}}, "no party 'D'"),
            ({"weights": {"A": {"lnd": 1}, "B": {}}}, "no topic 'lnd'; did you mean 'land'?"),
            ({"weights": {"A": {"land": 0.5}, "B": {}}}, "weight of A.land: wanted an exact"),
            ({"topics": "lnd"}, "no topic or area 'lnd'"),
        ],
    )
    def test_mistakes(self, asked: Any, message: str) -> None:
        """What cannot be used is told by its name."""
        with pytest.raises(pos.PositionsError) as caught:
            trades(*STUCK, **asked)
        assert message in str(caught.value)

    def test_one_party(self) -> None:
        """Nobody trades with itself, and nobody with one who is not there."""
        snapshot = dataset(*STUCK).at(LAST)
        with pytest.raises(pos.InvalidInputError, match="different parties"):
            pos.trades(snapshot, "A", "A")
        with pytest.raises(pos.UnknownNameError):
            pos.trades(snapshot, "A", "D")
        with pytest.raises(pos.InvalidInputError, match=r"what ds\.at"):
            pos.trades("2000", "A", "B")  # type: ignore[arg-type]


class TestEmphasis:
    """Without weights, what a party speaks of most."""

    def test_shares(self) -> None:
        """It is the share of a party's statements on terms that are on the topic."""
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
        """What lapsed was said; what others claim, and what is denied, was not."""
        snapshot = dataset(
            said("A", {"yes": "demand"}, until="2000-01-31"),
            said("A", {"some": "accept"}, topic="rank", attribution="claimed", claimed_by="B"),
            said("A", {"100": "accept"}, topic="army.size", id="rumour"),
            said("A", {"all": "accept"}, "2000-03-01", topic="rank", denies=("rumour",)),
        ).at(LAST, attributions=("self", "claimed"))
        shares = {topic: share for topic, share in emphasis(snapshot, "A").items() if share}
        assert shares == {"land": Fraction(1, 2), "rank": Fraction(1, 2)}

    def test_trades_by_emphasis(self) -> None:
        """Trades without weights say that they go by emphasis, and do not claim to know more."""
        more = [said("A", {"yes": "demand"}, f"2000-02-0{n}") for n in range(1, 4)]
        more += [said("B", {"some": "demand"}, f"2000-02-0{n}", "rank") for n in range(1, 4)]
        found = trades(*STUCK, *more)
        assert [(row.first, row.second, row.gain) for row in found] == [
            ("land", "rank", Fraction(6, 5))
        ]
        assert found.notes[0].startswith("Weights: emphasis, the share of a party's statements")


class TestOffers:
    """Conditional offers on the table, of which the other affirms a condition."""

    OFFER = said(
        "A",
        {"no": "conditional"},
        conditions=(only_if(settled("rank", "some"), Condition(text="in peace"), options=("no",)),),
    )

    def test_meeting(self) -> None:
        """A accepts on land if it gets what B accepts on rank, and if something else holds."""
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
        """What the other refuses or has not answered meets nothing."""
        assert len(trades(self.OFFER, said("B", says, topic="rank")).offers) == 0

    def test_both_ways(self) -> None:
        """Offers of both are looked at; a conditional answer counts, and is told as such."""
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
        """Each group of conditions is an offer by itself; options under one group are one."""
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

    def test_plans_are_no_answer(self) -> None:
        """A condition on a whole plan is left among those that are missing."""
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


# ---------------------------------------------------------------------------
# The slow model


def slow_emphasis(ds: Dataset, day: dt.date, party: str) -> dict[str, Fraction]:
    """Count the statements that are heard, one by one."""
    asked = slow.Asked(
        day,
        dates="latest",
        known_by=None,
        undated="retrieved",
        max_age=None,
        attributions=frozenset({"self", "reported", "leaked"}),
        confidence=None,
        inherited=True,
    )
    heard = [s for s in ds.statements if slow.is_heard(ds.document, s, asked)]
    spoken = Counter(
        s.topic
        for s in heard
        if party in s.parties and not slow.is_denied(s, heard) and ds.topic(s.topic).about == "term"
    )
    total = sum(spoken.values())
    return {t.id: Fraction(spoken[t.id], total or 1) for t in ds.topics if t.about == "term"}


def slow_trades(
    ds: Dataset, day: dt.date, a: str, b: str, weights: dict[str, dict[str, Fraction]]
) -> set[tuple[str, str, Fraction]]:
    """Go through all pairs of terms on which they are stuck, as the rule says."""
    stuck = []
    for topic in (t.id for t in ds.topics if t.about == "term"):
        cells = {p: slow.slow_replay(ds.document, day, p, topic) for p in (a, b)}
        relation, _, apart = slow.slow_relation(cells)
        affirming = all(
            any(cell.attitude in slow.AFFIRMED for cell in of_party.values())
            for of_party in cells.values()
        )
        if affirming and (relation == "deadlock" or (apart and relation == "open")):
            stuck.append(topic)
    return {
        (x, y, (weights[a][x] + weights[b][y]) - (weights[b][x] + weights[a][y]))
        for x, y in permutations(stuck, 2)
        if weights[a][x] > weights[b][x]
        and weights[b][y] > weights[a][y]
        and weights[a][x] > weights[a][y]
        and weights[b][y] > weights[b][x]
    }


def slow_offers(ds: Dataset, day: dt.date, party: str, other: str) -> dict[Any, set[Any]]:
    """Give the answers that a party would accept for each group of conditions that meets."""
    found: dict[Any, set[Any]] = {}
    for topic in (t.id for t in ds.topics if t.about == "term"):
        cells = slow.slow_replay(ds.document, day, party, topic)
        for answer, cell in cells.items():
            for group in cell.conditions:
                met = frozenset(c for c in group if is_affirmed(ds, day, other, c))
                if met:
                    found.setdefault((party, topic, group, met), set()).add(answer)
    return found


def is_affirmed(ds: Dataset, day: dt.date, party: str, condition: Condition) -> bool:
    """Tell whether a party affirms one of the answers that a condition asks for."""
    if condition.topic is None:
        return False
    cells = slow.slow_replay(ds.document, day, party, condition.topic)
    topic = ds.topic(condition.topic)
    return any(
        cell.attitude in slow.AFFIRMED and slow.names(topic, key, answer)
        for answer, cell in cells.items()
        for key in condition.options
    )


def answers_named(ds: Dataset, offer: results.Offer) -> set[Any]:
    """List the answers that the options of an offer name."""
    topic = ds.topic(offer.topic)
    return {
        answer
        for answer in slow.answers(ds.document, offer.topic)
        for key in offer.options
        if slow.names(topic, key, answer)
    }


PAIRS = st.permutations("ABC").map(lambda names: names[:2])


@pytest.mark.laws
class TestLaws:
    """What holds for every data set."""

    @settings(max_examples=60)
    @given(testing.datasets(max_statements=16), DAYS, PAIRS)
    def test_emphasis(self, ds: Dataset, day: dt.date, pair: list[str]) -> None:
        """Emphasis is what counting by hand gives, and adds up to 1 or 0."""
        for party in (p for p in pair if p in {q.id for q in ds.parties}):
            found = emphasis(ds.at(day), party)
            assert found == slow_emphasis(ds, day, party)
            assert sum(found.values()) in (0, 1)

    @settings(max_examples=80)
    @given(st.data(), testing.datasets(max_statements=16), DAYS)
    def test_trades(self, data: st.DataObject, ds: Dataset, day: dt.date) -> None:
        """Trades are those of the rule, each once, by falling gain, the same from both sides."""
        a, b = data.draw(st.permutations([p.id for p in ds.parties]))[:2]
        numbers = st.fractions(min_value=0, max_value=1, max_denominator=6)
        weights = {p: {t.id: data.draw(numbers) for t in ds.topics} for p in (a, b)}
        shares = {
            p: {t: w / (sum(of_p.values()) or 1) for t, w in of_p.items()}
            for p, of_p in weights.items()
        }
        found = pos.trades(ds.at(day), a, b, weights=weights)
        rows = [(row.first, row.second, row.gain) for row in found]
        assert len(rows) == len(set(rows))
        assert set(rows) == slow_trades(ds, day, a, b, shares)
        assert [gain for *_, gain in rows] == sorted((gain for *_, gain in rows), reverse=True)
        assert all(type(gain) is Fraction and gain > 0 for *_, gain in rows)
        mirror = pos.trades(ds.at(day), b, a, weights=weights)
        assert {(row.second, row.first, row.gain) for row in mirror} == set(rows)

    @settings(max_examples=60)
    @given(st.data(), testing.datasets(max_statements=16), DAYS)
    def test_trades_by_emphasis(self, data: st.DataObject, ds: Dataset, day: dt.date) -> None:
        """Without weights, trades are those of the emphasis of both."""
        a, b = data.draw(st.permutations([p.id for p in ds.parties]))[:2]
        weights = {p: slow_emphasis(ds, day, p) for p in (a, b)}
        found = {(row.first, row.second, row.gain) for row in pos.trades(ds.at(day), a, b)}
        assert found == slow_trades(ds, day, a, b, weights)

    @settings(max_examples=80)
    @given(st.data(), testing.datasets(max_statements=16), DAYS)
    def test_offers(self, data: st.DataObject, ds: Dataset, day: dt.date) -> None:
        """Offers are those of which the other affirms a condition, with all their options."""
        a, b = data.draw(st.permutations([p.id for p in ds.parties]))[:2]
        found: dict[Any, set[Any]] = {}
        for row in pos.trades(ds.at(day), a, b).offers:
            group = frozenset((*row.met, *row.missing))
            key = (row.party, row.topic, group, frozenset(row.met))
            found.setdefault(key, set()).update(answers_named(ds, row))
        assert found == {**slow_offers(ds, day, a, b), **slow_offers(ds, day, b, a)}


TABLE = """\
Trades of State A, State B on 2000-12-31: 1 pair of topics

State A gets                    State B gets                  gain
------------------------------  ----------------------------  -------
Land (land): “Yes” [1]; gap 1;  Rank (rank): “Some” [1]; gap  100.0 %
weights 75.0 : 25.0 %           0.667; weights 25.0 : 75.0 %

[1] Press: On press (2000-01-01)

On the table: State B would accept Army (army.size): 60 to 80 soldiers (State A
has not answered) [1] for Rank: “All” or “Most” (State A demands one of these)
[1], and if in peace.
Weights are those of State A : State B. Gain: what both together win over the
same trade the other way round."""
OFFERS = """\
Offers between State A and State B on 2000-12-31: 1 offer

party    would accept                   for what the other affirms     and if
-------  -----------------------------  -----------------------------  --------
State B  Army (army.size): 60 to 80     Rank: “All” or “Most” (State   in peace
         soldiers (State A has not      A demands one of these) [1]
         answered) [1]

[1] Press: On press (2000-01-01)"""


class TestShown:
    """How trades and offers are shown and kept."""

    def test_table(self) -> None:
        """The table tells what each gets, how far the other must go, and the offers that meet."""
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

    def test_nothing(self) -> None:
        """Nothing to trade is an answer too."""
        found = trades(weights=WEIGHTS)
        assert (len(found), len(found.offers)) == (0, 0)
        assert "no rows" in str(found)
        assert "no rows" in str(found.offers)

    def test_records(self) -> None:
        """Records hold fractions as text, and the columns in order."""
        found = trades(*STUCK, weights=WEIGHTS)
        (record,) = found.to_records()
        assert tuple(record) == results.Trades.columns
        assert (record["first_weights"], record["gain"]) == (["3/4", "1/4"], "1")
        assert json.loads(json.dumps(record)) == record
        assert record["statements"] == [s.id for s in STUCK]

    def test_values(self) -> None:
        """Trades are values: hashable, equal to the same asked afresh, and picklable."""
        one, two = (trades(*STUCK, weights=WEIGHTS) for _ in range(2))
        assert (one, hash(one)) == (two, hash(two))
        assert pickle.loads(pickle.dumps(one)) == one


class TestData:
    """Real and made-up negotiations."""

    def test_bundled(self) -> None:
        """In April 2022 each side could have had its way on one open point of the draft."""
        found = pos.trades(pos.load().at("2022-04-15"), "RUS", "UKR")
        assert [(row.first, row.second) for row in found] == [("forces.cap", "guarantees.trigger")]
        assert found[0].first_gap == 165_000

    def test_harbour(self) -> None:
        """The company offers retraining for automation, which the crane operators half accept."""
        ds = pos.read_json(HARBOUR)
        (row,) = pos.trades(ds.at("2031-04-12"), "CRANES", "HARBOUR").offers
        assert (row.party, row.topic, row.wanted) == ("HARBOUR", "jobs.guarantee", "reject")
        assert row.answers == (Attitude.CONDITIONAL,)
