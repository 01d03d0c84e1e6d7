"""Plans compared with positions: laws, and a slow model that applies the rules by clause."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import hypothesis.strategies as st
from hypothesis import assume, given, settings

import positions as pos
from positions import testing
from positions.records.attitudes import Attitude, Says
from positions.records.models import Condition, Document, Proposal, Statement, Term
from positions.snapshots.dataset import Dataset
from readings import DAYS, READINGS
from slow_replay import Answer, Cell, answers, names, slow_replay, topic_of

WORST_FIRST = (
    "rejects",
    "rejects_implied",
    "conditional_unmet",
    "silent",
    "unanswered",
    "conditional_unknown",
    "conditional_met",
    "accepts",
    "demands",
)
FITS = ("demands", "accepts", "conditional_met")
LACKING = ("conditional_unmet", "conditional_unknown")
AGAINST = ("rejects", "rejects_implied", "conditional_unmet")
WORSE, OPEN, BETTER = "unmet", "unknown", "met"
LEVELS = (WORSE, OPEN, BETTER)


# ---------------------------------------------------------------------------
# The slow model


def fitting(document: Document, term: Term) -> set[Answer]:
    """The answers that satisfy a clause."""
    topic = topic_of(document, term.topic)
    found = answers(document, term.topic)
    return {a for a in found if any(names(topic, key, a) for key in term.options)}


def slow_condition(document: Document, plan: Proposal, term: Term, condition: Condition) -> str:
    """Whether a plan meets a condition on one of its clauses: met, unmet or unknown."""
    if condition in term.conditions or condition.proposal == plan.id:
        return BETTER
    if condition.topic is None:
        return OPEN
    wanted = fitting(document, Term(topic=condition.topic, options=condition.options))
    on_topic = [other for other in plan.terms if other.topic == condition.topic]
    found = [[other] for other in on_topic if other.by is None]
    variants = [other for other in on_topic if other.by is not None]
    said = [allows(document, clause, wanted) for clause in [*found, variants] if clause]
    if WORSE in said:
        return WORSE
    return BETTER if BETTER in said else OPEN


def allows(document: Document, clause: Sequence[Term], wanted: set[Answer]) -> str:
    """Met if all variants of a clause allow only what is wanted, unmet if all allow none of it."""
    offered = [fitting(document, variant) for variant in clause]
    if all(not variant - wanted for variant in offered):
        return BETTER
    return OPEN if any(variant & wanted for variant in offered) else WORSE


def slow_cell(document: Document, plan: Proposal, term: Term, cell: Cell, spoken: bool) -> str:
    """The standing of a party on one answer."""
    if cell.attitude == Attitude.CONDITIONAL:
        groups = [
            min((LEVELS.index(slow_condition(document, plan, term, c)) for c in group), default=2)
            for group in cell.conditions
        ]
        return f"conditional_{LEVELS[max(groups, default=2)]}"
    if cell.attitude == Attitude.REJECT:
        return "rejects_implied" if cell.implied else "rejects"
    if cell.attitude == Attitude.SILENT:
        return "unanswered" if spoken else "silent"
    return f"{cell.attitude}s"


def slow_standing(
    document: Document, plan: Proposal, term: Term, cells: Mapping[Answer, Cell]
) -> str:
    """The standing of a party on a clause: the best of all answers that satisfy it."""
    spoken = any(cell.attitude != Attitude.SILENT for cell in cells.values())
    found = [
        slow_cell(document, plan, term, cells[answer], spoken) for answer in fitting(document, term)
    ]
    return max(found, key=WORST_FIRST.index)


def slow_verdict(plan: Proposal, standings: Sequence[str]) -> tuple[str, int, int, int]:
    """The verdict and the counts, from the standings of a party on all terms of the plan."""
    best: dict[object, str] = {}
    for place, (term, found) in enumerate(zip(plan.terms, standings, strict=True)):
        key = place if term.by is None else term.topic
        best[key] = max(best.get(key, found), found, key=WORST_FIRST.index)
    affirmed = sum(found in FITS for found in best.values())
    refused = sum(found in AGAINST for found in best.values())
    rest = len(best) - affirmed - refused
    return "refuses" if refused else "not_known" if rest else "signs", affirmed, refused, rest


# ---------------------------------------------------------------------------
# The laws


def with_plan(data: st.DataObject, ds: Dataset) -> tuple[Dataset, Proposal]:
    """Draw a plan, and add it to the data set so that its numbers are named there."""
    plan = data.draw(testing.proposals(ds.document)).model_copy(update={"id": "drawn"})
    document = ds.document.model_copy(update={"proposals": (*ds.proposals, plan)})
    return Dataset(document), plan


@settings(max_examples=80)
@given(st.data(), testing.datasets(), DAYS, READINGS)
def test_standings_equal_the_slow_ones(
    data: st.DataObject, ds: Dataset, day: dt.date, reading: Any
) -> None:
    """Standings and verdicts agree with the definitions."""
    ds, plan = with_plan(data, ds)
    snapshot = ds.at(day, **reading)
    found = pos.evaluate(plan, snapshot, snapshot.parties)
    for party, verdict in zip(snapshot.parties, found.verdicts, strict=True):
        expected = [
            slow_standing(
                ds.document, plan, t, slow_replay(ds.document, day, party, t.topic, **reading)
            )
            for t in plan.terms
        ]
        assert [row.standing for row in found if row.party == party] == expected
        counts = verdict.verdict, verdict.affirmed, verdict.refused, verdict.open
        assert counts == slow_verdict(plan, expected)


@settings(max_examples=25)
@given(st.data(), testing.datasets(), DAYS, READINGS)
def test_totals_equal_the_rows(
    data: st.DataObject, ds: Dataset, day: dt.date, reading: Any
) -> None:
    """Totals count rows, verdicts count clauses, and obstacles are all clauses not affirmed."""
    ds, plan = with_plan(data, ds)
    found = pos.evaluate(plan, ds.at(day, **reading))
    for verdict in found.verdicts:
        rows = [row for row in found if row.party == verdict.party]
        counted = Counter(row.standing for row in rows)
        assert {n: c for n, c in found.totals[verdict.party].items() if c} == dict(counted)
        kinds = (verdict.rejections, verdict.conditions, verdict.missing)
        assert sorted(map(hash, verdict.obstacles)) == sorted(hash(r) for k in kinds for r in k)
        assert verdict.clauses == verdict.affirmed + len(verdict.obstacles)
        assert len({row.clause for row in rows}) == verdict.clauses
        for row in rows:
            assert set(row.best) <= set(row.options)
            assert bool(row.lacking) == (row.standing in LACKING)


@settings(max_examples=40)
@given(testing.datasets(), DAYS)
def test_a_party_signs_its_own_demands(ds: Dataset, day: dt.date) -> None:
    """A party signs a plan of all its demands, and no plan is nearer to it."""
    snapshot = ds.at(day)
    for stance in (snapshot[party] for party in snapshot.parties):
        demands = {position.topic: position.demands for position in stance if position.demands}
        if demands:
            plan = own_plan(ds, stance.party, demands)
            (verdict,) = pos.evaluate(plan, snapshot, [stance.party]).verdicts
            assert (verdict.verdict, verdict.affirmed) == ("signs", len(demands))
            assert pos.nearest(ds, stance.party, day, [plan])[0].share == 1


def own_plan(ds: Dataset, party: str, demands: Mapping[str, tuple[str, ...]]) -> Proposal:
    """Make a plan of what a party demands."""
    return Proposal(
        id="own",
        name="own",
        date=pos.parse_date("2000"),
        sponsors=(party,),
        terms=tuple(Term(topic=topic, options=options) for topic, options in demands.items()),
        sources=(ds.sources[0].id,),
    )


@settings(max_examples=40)
@given(st.data(), testing.datasets(), DAYS)
def test_one_more_rejection(data: st.DataObject, ds: Dataset, day: dt.date) -> None:
    """A further rejection on the day asked never makes a party sign."""
    ds, plan = with_plan(data, ds)
    party, term = data.draw(st.sampled_from(ds.parties)).id, data.draw(st.sampled_from(plan.terms))
    refusal = Statement(
        id="refusal",
        parties=(party,),
        topic=term.topic,
        date=day,
        says=Says({term.options[0]: Attitude.REJECT}),
        summary="It refuses.",
        attribution="self",
        sources=(ds.sources[0].id,),
    )
    (before,) = pos.evaluate(plan, ds.at(day), [party]).verdicts
    (after,) = pos.evaluate(plan, ds.add(refusal).at(day), [party]).verdicts
    assert after.affirmed <= before.affirmed
    assert after.refused >= before.refused
    assert after.verdict != "signs" or before.verdict == "signs"


@settings(max_examples=25)
@given(st.data(), testing.datasets(), DAYS, READINGS)
def test_parties_that_are_not_asked(
    data: st.DataObject, ds: Dataset, day: dt.date, reading: Any
) -> None:
    """Standings do not depend on which other parties are included, or on what they say."""
    ds, plan = with_plan(data, ds)
    party = data.draw(st.sampled_from(ds.parties)).id
    snapshot = ds.at(day, **reading)
    alone = pos.evaluate(plan, snapshot, [party])
    among = pos.evaluate(plan, snapshot, snapshot.parties)
    assert list(alone) == [row for row in among if row.party == party]
    assume(not any(s.denies for s in ds.statements))
    own = ds.select(parties=[party]).at(day, **reading)
    assert [row.standing for row in pos.evaluate(plan, own, [party])] == [
        row.standing for row in alone
    ]


@settings(max_examples=25)
@given(st.data(), testing.datasets(), DAYS)
def test_shares(data: st.DataObject, ds: Dataset, day: dt.date) -> None:
    """Nearness and share are between 0 and 1, or undefined where nothing is shared."""
    ds, plan = with_plan(data, ds)
    for row in pos.lineage(ds, plan):
        assert (row.nearness is None) == (row.shared == 0)
        assert row.nearness is None or 0 <= row.nearness <= 1
        topics = (*row.same, *row.compatible, *row.different, *row.dropped)
        assert sorted(topics) == sorted({term.topic for term in plan.terms})
        assert row.topics == len(topics)
    for party in ds.parties:
        shares = [row.share for row in pos.nearest(ds, party.id, day)]
        defined = [share for share in shares if share is not None]
        assert all(0 <= share <= 1 for share in defined)
        assert defined == sorted(defined, reverse=True)
        assert shares == [*defined, *[None] * (len(shares) - len(defined))]


@settings(max_examples=20)
@given(st.data(), testing.datasets())
def test_a_plan_again(data: st.DataObject, ds: Dataset) -> None:
    """A plan that is tabled a second time is the same on every topic."""
    ds, plan = with_plan(data, ds)
    again = plan.model_copy(update={"id": "again", "date": pos.parse_date("2001")})
    plans = (*ds.proposals, again)
    later = Dataset(ds.document.model_copy(update={"proposals": plans}))
    (row,) = (row for row in pos.lineage(later, "drawn") if row.plan == "again")
    assert row.same == tuple(dict.fromkeys(term.topic for term in plan.terms))
    assert row.nearness == 1
