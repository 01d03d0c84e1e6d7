"""The slow replay, tested against expectations worked out by hand."""

import datetime as dt
import itertools
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from positions.records.dates import Date, parse_date
from positions.records.models import Condition, Document, Statement
from positions.testing import documents, edtf_dates
from slow_replay import Answer, Cell, answers, slow_relation, slow_replay

TOPICS = [
    {
        "id": "land",
        "name": "Land",
        "question": "Who holds the land?",
        "kind": "ordinal",
        "options": [{"id": o, "name": o, "definition": o} for o in ("none", "some", "most", "all")],
    },
    {
        "id": "army",
        "name": "Army",
        "question": "How many soldiers?",
        "kind": "quantity",
        "unit": "soldiers",
        "options": [{"id": "no_cap", "name": "No cap", "definition": "No limit at all"}],
    },
]
PARTIES = [
    {"id": "A", "kind": "state", "name": "A", "mandates": [{"from": "2000-02", "name": "New"}]},
    {"id": "B", "kind": "state", "name": "B"},
]
SOURCES = [
    {"id": "dated", "published": "2000-01-10"},
    {"id": "vague", "published": "2000-01"},
    {"id": "undated", "retrieved": "2000-05-01"},
]
OPEN = {"attribution": "self", "sources": ["dated"], "summary": "Said.", "parties": ["A"]}


def said(date: str, says: dict[str, str], **more: object) -> dict[str, object]:
    """Make a statement of party A on land; its id is its date where none is given."""
    record = {"id": date, "date": date, "topic": "land", "says": says, **OPEN, **more}
    for when in ("date", "from", "until"):
        if when in record:
            record[when] = parse_date(str(record[when]))
    return record


def document(*statements: dict[str, object]) -> Document:
    """Make a document of two parties, two topics and these statements."""
    about = {"title": "s", "publisher": "p", "language": "en", "kind": "press"}
    return Document.model_validate(
        {
            "schema_version": "1.0",
            "data_version": "1",
            "title": "Test",
            "description": "Test",
            "licence": "CC0",
            "evidence_until": "2001",
            "parties": PARTIES,
            "topics": TOPICS,
            "sources": [{**about, **source} for source in SOURCES],
            "statements": [Statement.model_validate(statement) for statement in statements],
        }
    )


def cells(
    *statements: dict[str, object], on: str = "2000-12-31", topic: str = "land", **asked: object
) -> dict[Answer, Cell]:
    """Replay statements for party A."""
    day = dt.date.fromisoformat(on)
    return slow_replay(document(*statements), day, "A", topic, **asked)  # type: ignore[arg-type]


def brief(found: dict[Answer, Cell]) -> str:
    """Return cells as letters: D, A, C, S, R, and r for a rejection that is only implied."""
    return "".join(cell.attitude[0].upper() if not cell.implied else "r" for cell in found.values())


def when(topic: str, *options: str) -> Condition:
    """Make a condition."""
    return Condition(topic=topic, options=options)


def test_a_demand_excludes_what_it_does_not_name() -> None:
    """A demand implies the rejection of every option that it does not name."""
    found = cells(said("2000-01-01", {"some": "demand", "most": "accept"}))
    assert brief(found) == "rDAr"
    assert found["all"].statements == {"2000-01-01"}


def test_acceptance_implies_nothing() -> None:
    """An acceptance changes no other option."""
    assert brief(cells(said("2000-01-01", {"some": "accept"}))) == "SASS"


def test_later_statements_override_option_by_option() -> None:
    """A later statement replaces the earlier one on the options it names, and on no other."""
    both = said("2000-01-02", {"some": "reject"}), said("2000-01-01", {"none..some": "accept"})
    assert brief(cells(*both)) == "ARSS"


def test_an_implied_rejection_never_replaces_an_explicit_one() -> None:
    """An explicit rejection stays explicit after a later demand, and rests on both."""
    found = cells(
        said("2000-01-01", {"all": "reject"}),
        said("2000-01-02", {"some": "demand"}),
        said("2000-01-03", {"some..most": "demand"}),
    )
    assert brief(found) == "rDDR"
    assert found["all"].statements == {"2000-01-01", "2000-01-03"}


def test_an_explicit_rejection_replaces_an_implied_one() -> None:
    """An explicit rejection replaces the implied one altogether."""
    found = cells(
        said("2000-01-01", {"some": "demand"}),
        said("2000-01-02", {"all": "reject"}),
    )
    assert brief(found) == "rDrR"
    assert found["all"].statements == {"2000-01-02"}


def test_a_vaguer_repeat_is_no_concession() -> None:
    """A demand for one of several options lifts no rejection where another one is demanded."""
    firm = said("2000-01-01", {"some": "demand", "most": "reject"})
    assert brief(cells(firm, said("2000-01-02", {"some..most": "demand"}))) == "rDRr"


def test_a_new_demand_lifts_the_partys_own_rejection() -> None:
    """A demand for one of several options lifts a rejection where none is demanded yet."""
    firm = said("2000-01-01", {"all": "demand", "most": "reject"})
    assert brief(cells(firm, said("2000-01-02", {"some..most": "demand"}))) == "rDDr"


def test_a_dropped_repeat_counts_as_named() -> None:
    """A dropped repeat counts as named, but another demand of that day can still exclude it."""
    found = cells(
        said("2000-01-01", {"some": "demand", "most": "reject"}, id="firm"),
        said("2000-01-02", {"some..most": "demand"}, id="repeat"),
        said("2000-01-02", {"some": "demand"}, id="other"),
    )
    assert brief(found) == "rDRr"
    assert found["most"].statements == {"firm", "other"}
    assert found["all"].statements == {"repeat", "other"}


def test_a_lapse_restores_refusal_but_not_acceptance() -> None:
    """After `until`, earlier demands and rejections are in force again; acceptances are not."""
    early = said("2000-01-01", {"some": "demand", "most": "accept"})
    late = said("2000-01-02", {"some..most": "reject"}, until="2000-01-05")
    assert brief(cells(early, late, on="2000-01-05")) == "rRRr"
    assert brief(cells(early, late, on="2000-01-06")) == "rDSr"


def test_a_lapsed_demand_clears_acceptances_that_it_excluded() -> None:
    """A lapse affects every option that the statement set, explicitly or by implication."""
    early = said("2000-01-01", {"most": "accept"})
    late = said("2000-01-02", {"some": "demand"}, until="2000-01")
    assert brief(cells(early, late, on="2000-01-31")) == "rDrr"
    assert brief(cells(early, late, on="2000-02-01")) == "SSSS"


def test_statements_after_a_lapsed_one_stay_in_force() -> None:
    """A lapse is applied at the place of its statement: later statements are not affected."""
    lapsed = said("2000-01-02", {"some": "reject"}, until="2000-01-05")
    assert brief(cells(lapsed, said("2000-01-03", {"some": "accept"}), on="2000-01-06")) == "SASS"


def test_withdrawing_the_demand_clears_what_it_implied() -> None:
    """Withdrawing the last demanded option clears implied rejections, not explicit ones."""
    found = cells(
        said("2000-01-01", {"all": "reject"}),
        said("2000-01-02", {"some": "demand"}),
        said("2000-01-03", {"some": "withdrawn"}),
    )
    assert brief(found) == "SSSR"
    assert found["all"].statements == {"2000-01-01"}


def test_withdrawing_one_of_several_demands_leaves_the_rest() -> None:
    """As long as one of the demanded options is left, the implied rejections stay."""
    demand = said("2000-01-01", {"some..most": "demand"})
    first = said("2000-01-02", {"some": "withdrawn"})
    last = said("2000-01-03", {"most": "withdrawn"})
    assert brief(cells(demand, first)) == "rSDr"
    assert brief(cells(demand, first, last)) == "SSSS"


def test_a_star_withdraws_the_whole_topic() -> None:
    """`*` is the outermost key: all options are silent again, except those named otherwise."""
    before = said("2000-01-01", {"some": "demand", "all": "reject"})
    after = said("2000-01-02", {"*": "withdrawn", "most": "accept"})
    assert brief(cells(before, after)) == "SSAS"


def test_a_denied_report_does_not_count_from_the_day_of_the_denial() -> None:
    """The earlier acceptance is in force again, as if the report had never been made."""
    sequence = [
        said("2000-01-01", {"some": "accept"}),
        said("2000-01-02", {"some": "reject"}, attribution="reported"),
        said("2000-01-05", {"all": "reject"}, denies=["2000-01-02"], until="2000-01-06"),
    ]
    assert brief(cells(*sequence, on="2000-01-04")) == "SRSS"
    assert brief(cells(*sequence, on="2000-01-05")) == "SASR"
    assert brief(cells(*sequence, on="2000-01-07")) == "SASS"


def test_a_denial_that_is_denied_denies_nothing() -> None:
    """The denial of a denial restores the denied statement."""
    sequence = [
        said("2000-01-02", {"some": "reject"}),
        said("2000-01-05", {"all": "reject"}, denies=["2000-01-02"]),
        said("2000-01-06", {"none": "accept"}, denies=["2000-01-05"]),
    ]
    assert brief(cells(*sequence)) == "ARSS"


def test_a_vague_statement_never_overrides_a_more_precise_one_within_its_span() -> None:
    """A month counts from its last day, but is read before the days within it."""
    vague, day = said("2000-01", {"some..": "reject"}), said("2000-01-05", {"some": "accept"})
    assert brief(cells(vague, day, on="2000-01-30")) == "SASS"
    assert brief(cells(vague, day, on="2000-01-31")) == "SARR"
    assert brief(cells(vague, on="2000-01-01", dates="earliest")) == "SRRR"


def test_from_delays_a_statement_but_keeps_its_place() -> None:
    """A statement counts from its `from`, but a later statement still overrides it."""
    early = said("2000-01-01", {"some": "reject", "most": "reject"}, **{"from": "2000-01-05"})
    late = said("2000-01-02", {"some": "accept"})
    assert brief(cells(early, late, on="2000-01-04")) == "SASS"
    assert brief(cells(early, late, on="2000-01-05")) == "SARS"


def test_same_day_contradictions_are_disputed_and_the_lower_counts() -> None:
    """Of two statements of one day the lower counts, regardless of their order in the file."""
    both = [
        said("2000-01-01", {"some": "accept", "most": "accept"}, id="yes"),
        said("2000-01-01", {"some": "reject", "most": "demand"}, id="no"),
    ]
    found = cells(*both)
    assert found == cells(*reversed(both))
    assert brief(found) == "rRDr"
    assert [cell.disputed for cell in found.values()] == [False, True, False, False]
    assert found["some"].statements == {"yes", "no"}


def test_explicit_beats_implied_within_one_day() -> None:
    """A demand does not exclude an option that another statement of that day names."""
    found = cells(
        said("2000-01-01", {"some": "demand"}, id="demand"),
        said("2000-01-01", {"most": "accept", "all": "reject"}, id="words"),
    )
    assert brief(found) == "rDAR"
    assert found["all"].statements == {"words"}
    assert not found["most"].disputed


def test_a_vague_statement_is_read_before_its_first_day() -> None:
    """Of a month and its first day, the day is more precise and overrides."""
    vague, day = said("2000-01", {"some": "reject"}), said("2000-01-01", {"some": "accept"})
    assert brief(cells(vague, day)) == "SASS"


def test_a_new_demand_replaces_the_old_one() -> None:
    """Withdrawing the latest demand clears implied rejections, whatever was demanded before."""
    found = cells(
        said("2000-01-01", {"some": "demand"}),
        said("2000-01-02", {"most": "demand"}),
        said("2000-01-03", {"most": "withdrawn"}),
    )
    assert brief(found) == "SSSS"


def test_conditions_of_one_day_are_joined() -> None:
    """One alternative of each statement must hold."""
    first, second, third = (when("army", number) for number in ("1", "2", "3"))
    found = cells(
        said(
            "2000-01-01",
            {"some": "conditional"},
            conditions=[{"for": ["some"], "all": [first]}, {"for": ["some"], "all": [second]}],
        ),
        said(
            "2000-01-01",
            {"some": "conditional"},
            id="other",
            conditions=[{"for": ["some"], "all": [third]}],
        ),
        said("2000-01-01", {"some": "accept"}, id="yes"),
    )["some"]
    assert found.conditions == {frozenset({first, third}), frozenset({second, third})}
    assert found.disputed
    assert found.statements == {"2000-01-01", "other", "yes"}


def test_claims_fill_only_silence() -> None:
    """A claim never changes own statements; on request, it fills silent cells."""
    both = [
        said("2000-01-01", {"some": "reject"}),
        said("2000-01-02", {"some..": "accept"}, attribution="claimed", claimed_by="B"),
    ]
    assert brief(cells(*both)) == "SRSS"
    found = cells(*both, attributions=("self", "claimed"))
    assert brief(found) == "SRAA"
    assert [cell.claimed for cell in found.values()] == [False, False, True, True]


def test_a_claim_denies_no_own_statements() -> None:
    """A claimed denial denies claims only."""
    both = [
        said("2000-01-01", {"some": "reject"}, id="own"),
        said("2000-01-01", {"most": "accept"}, id="claim", attribution="claimed", claimed_by="B"),
        said(
            "2000-01-02",
            {"all": "accept"},
            attribution="claimed",
            claimed_by="B",
            denies=["own", "claim"],
        ),
    ]
    assert brief(cells(*both, attributions=("self", "claimed"))) == "SRSA"


@pytest.mark.parametrize(
    ("key", "expected"),
    [("some..most", "SRRS"), ("some..", "SRRR"), ("..some", "RRSS"), ("most..most", "SSRS")],
)
def test_ranges_run_in_the_order_of_the_file(key: str, expected: str) -> None:
    """A range names its ends and all options between; an open end includes the outermost."""
    assert brief(cells(said("2000-01-01", {key: "reject"}))) == expected


def test_numbers_are_divided_where_one_is_named() -> None:
    """There is an answer for each named number, for those between, and for those beyond."""
    found = document(
        said("2000-01-01", {"..<50": "accept", "no_cap": "reject"}, topic="army"),
        said(
            "2000-01-01",
            {"some": "conditional"},
            id="other",
            conditions=[{"for": ["some"], "all": [when("army", "20..")]}],
        ),
    )
    numbers = [Decimal(number) for number in (0, 10, 20, 35, 50, 51)]
    assert answers(found, "army") == ["no_cap", *numbers]


def test_the_inner_interval_wins() -> None:
    """A key inside another takes precedence, regardless of the order of the keys."""
    says = {"20..<50": "demand", "30..40": "reject", "60": "accept"}
    found = cells(said("2000-01-01", says, topic="army"), topic="army")
    expected = {0: "r", 20: "D", 25: "D", 30: "R", 35: "R", 40: "R", 45: "D", 50: "r", 60: "A"}
    assert {n: brief({str(n): found[Decimal(n)]}) for n in expected} == expected
    assert brief({"": found["no_cap"]}) == "r"
    assert found == cells(
        said("2000-01-01", dict(reversed(says.items())), topic="army"), topic="army"
    )


def test_known_by_counts_the_sources() -> None:
    """A source is known from its publication, an undated one from its retrieval."""
    dated = said("2000-01-01", {"none": "reject"})
    vague = said("2000-01-01", {"some": "reject"}, id="vague", sources=["vague"])
    undated = said("2000-01-12", {"most": "reject"}, sources=["undated"])
    assert brief(cells(dated, vague, undated, known_by=dt.date(2000, 1, 9))) == "SSSS"
    assert brief(cells(dated, vague, undated, known_by=dt.date(2000, 1, 30))) == "RSSS"
    assert brief(cells(dated, vague, undated, known_by=dt.date(2000, 1, 31))) == "RRSS"
    same_day = cells(dated, vague, undated, known_by=dt.date(2000, 1, 12), undated="same_day")
    assert brief(same_day) == "RSRS"


def test_filters_choose_statements_before_the_replay() -> None:
    """A statement that is too old, too uncertain or inherited does not count or deny."""
    old = said("2000-01-01", {"none": "reject"}, confidence="high")
    new = said("2000-02-01", {"some": "reject"}, denies=["2000-01-01"], confidence="low")
    unrated = said("2000-02-02", {"most": "reject"})
    assert brief(cells(old, new, unrated)) == "SRRS"
    assert brief(cells(old, new, unrated, confidence="medium")) == "RSSS"
    assert brief(cells(old, unrated, on="2000-02-02", max_age=32)) == "RSRS"
    assert brief(cells(old, unrated, on="2000-02-02", max_age=31)) == "SSRS"
    assert brief(cells(old, on="2000-01-31", inherited=False)) == "RSSS"
    assert brief(cells(old, unrated, on="2000-02-02", inherited=False)) == "SSRS"


@pytest.mark.parametrize(
    ("one", "other", "relation", "classes", "apart"),
    [
        ({}, {}, "silent", "oooo", False),
        ({"some": "demand"}, {}, "one_sided", "bobb", False),
        ({"some": "demand"}, {"some": "accept"}, "agreed", "babb", False),
        ({"some": "demand"}, {"most": "demand"}, "deadlock", "bbbb", False),
        ({"some": "accept"}, {"most": "accept"}, "open", "oooo", True),
        ({"some": "reject"}, {"most": "accept"}, "open", "oboo", False),
    ],
)
def test_relations(
    one: dict[str, str], other: dict[str, str], relation: str, classes: str, apart: bool
) -> None:
    """Every option is in one of four classes, which determine the relation."""
    stances = {
        party: cells(*[said("2000-01-01", says)] if says else [])
        for party, says in (("A", one), ("B", other))
    }
    found, by_answer, are_apart = slow_relation(stances)
    written = "".join(value[0] for value in by_answer.values())
    assert (found, written, are_apart) == (relation, classes, apart)


def test_one_pair_apart_is_enough() -> None:
    """Of three parties, two that affirm nothing in common are enough for `apart`."""
    some, most = said("2000-01-01", {"some": "accept"}), said("2000-01-01", {"most": "accept"})
    assert slow_relation({"A": cells(some), "B": cells(some), "C": cells(most)})[2]


def test_one_conditional_attitude_makes_an_option_conditional() -> None:
    """An option that all affirm, one of them conditionally, is conditional."""
    condition = [{"for": ["some"], "all": [Condition(text="if peace holds")]}]
    maybe = cells(said("2000-01-01", {"some": "conditional"}, conditions=condition))
    yes = cells(said("2000-01-01", {"some": "demand"}))
    assert slow_relation({"A": maybe, "B": yes})[0] == "conditional"


@given(documents(), edtf_dates(), st.randoms(use_true_random=False))
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_of_the_file_never_matters(data: Document, date: Date, random: Random) -> None:
    """Law 1: the replay ignores the order of the file and everything dated later."""
    shuffled = random.sample(data.statements, len(data.statements))
    by_then = [statement for statement in shuffled if statement.date.latest <= date.latest]
    changed = data.model_copy(update={"statements": tuple(by_then)})
    for topic in (topic for topic in data.topics if topic.kind != "quantity"):
        assert slow_replay(data, date.latest, "A", topic.id) == slow_replay(
            changed, date.latest, "A", topic.id
        )


@given(documents(), edtf_dates())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_every_cell_can_be_traced(data: Document, date: Date) -> None:
    """Cells that are not silent rest on statements; only conditional ones have conditions."""
    for party, topic in itertools.product(data.parties, data.topics):
        for cell in slow_replay(data, date.latest, party.id, topic.id).values():
            assert cell.statements or cell.attitude == "silent"
            assert bool(cell.conditions) == (cell.attitude == "conditional")
            assert not cell.implied or cell.attitude == "reject"


@given(documents(), edtf_dates())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_further_named_numbers_change_nothing(data: Document, date: Date) -> None:
    """The cell of a number does not depend on which other numbers are named."""
    named = Condition(topic="army", options=("3.25", "..<7.5"))
    everywhere = [Condition(topic=t.id, options=named.options) for t in data.topics]
    asked = said("2001", {"x": "conditional"}, parties=["Z"], topic="elsewhere")
    asked["conditions"] = [{"for": ["x"], "all": everywhere}]
    finer = (*data.statements, Statement.model_validate(asked))
    for topic in (topic for topic in data.topics if topic.kind == "quantity"):
        coarse = slow_replay(data, date.latest, "A", topic.id)
        fine = slow_replay(
            data.model_copy(update={"statements": finer}), date.latest, "A", topic.id
        )
        assert {answer: fine[answer] for answer in coarse if answer in fine} == {
            answer: cell for answer, cell in coarse.items() if answer in fine
        }
