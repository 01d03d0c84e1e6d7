"""Facts of the bundled data that a careful reader would look up first.

Expected values were worked out by hand from the sources, not from the library.
"""

import datetime as dt
from typing import Any

import pytest

import positions as pos
from positions import quality, results
from positions.files.bundled import bundled_file
from positions.files.json_files import to_json

RUS_UKR = ("RUS", "UKR")
ALL_THREE = ("RUS", "UKR", "USA")
REGIONS = ("crimea", "donetsk", "kherson", "luhansk", "zaporizhzhia")


def on(ds: pos.Dataset, day: str, topic: str, parties: Any = RUS_UKR) -> results.Overlap:
    """Return the overlap of parties on one topic on a day."""
    (row,) = pos.overlap(ds.at(day), parties, topic)
    return row


def blocking(row: results.Overlap, party: str) -> set[str]:
    """Return the statements by which a party blocks options of a topic."""
    return {name for b in row.blockers if b.party == party for name in b.statements}


def said_on(ds: pos.Dataset, names: set[str]) -> set[str]:
    """Return the days of some statements, as written."""
    return {str(ds.statement(name).date) for name in names}


def test_nato_could_be_renounced_for_guarantees_in_march_2022(ds: pos.Dataset) -> None:
    """On 29 March 2022 renouncing NATO is conditional on guarantees, and not a deadlock."""
    row = on(ds, "2022-03-29", "nato.membership")
    assert (row.relation, row.conditional) == ("conditional", ("barred",))
    groups = row.positions[1].cell("barred").conditions
    topics = {condition.topic for group in groups for condition in group}
    assert topics == {"guarantees.kind"}


def test_nato_is_a_deadlock_since_the_application_of_september_2022(ds: pos.Dataset) -> None:
    """From 30 September 2022, when Kyiv applied, NATO is a deadlock."""
    row = on(ds, "2022-10-01", "nato.membership")
    assert (row.relation, row.since) == ("deadlock", dt.date(2022, 9, 30))
    assert on(ds, "2022-09-29", "nato.membership").relation != "deadlock"


def test_energy_truce_of_march_2025_is_agreed_by_all_three(ds: pos.Dataset) -> None:
    """On 22 March 2025 all three agree to halt strikes on energy, but not to a ceasefire."""
    assert on(ds, "2025-03-22", "ceasefire.energy", ALL_THREE).agreed == ("halted",)
    full = on(ds, "2025-03-22", "ceasefire.general", ALL_THREE)
    assert full.relation == "conditional"
    assert full.agreed == ()
    assert full.refused


def test_russian_conditions_for_the_full_ceasefire_are_shown(ds: pos.Dataset) -> None:
    """On 22 March 2025 Russia asks for a halt of mobilisation and arms, and for control."""
    ((*group,),) = ds.at("2025-03-22")["RUS", "ceasefire.general"].cell("at_once").conditions
    asked = {condition.topic for condition in group}
    assert {"forces.mobilisation", "aid.in_truce", "ceasefire.verification"} <= asked


def test_energy_truce_of_march_2025_ends_with_its_days(ds: pos.Dataset) -> None:
    """After its thirty days, by either count, the energy truce is no longer agreed."""
    assert on(ds, "2025-04-16", "ceasefire.energy").agreed == ("halted",)
    for day in ("2025-04-30", "2025-06-02"):
        assert on(ds, day, "ceasefire.energy").agreed == ()


def test_exchange_of_prisoners_is_agreed_in_may_2025(ds: pos.Dataset) -> None:
    """On 16 May 2025 the exchange of 1,000 for 1,000 is agreed; a year later it is over."""
    row = on(ds, "2025-05-16", "humanitarian.swap_may_2025")
    assert row.agreed == ("thousand_each",)
    assert not pos.overlap(ds.at("2025-06-02"), RUS_UKR, "humanitarian.swap_may_2025")


def test_ceasefire_is_a_deadlock_in_may_2025(ds: pos.Dataset) -> None:
    """On 16 May 2025 the ceasefire is a deadlock, refused in words on both sides."""
    row = on(ds, "2025-05-16", "ceasefire.general")
    assert (row.relation, row.declared) == ("deadlock", True)


def test_another_place_for_the_talks_of_may_2025_is_noted(ds: pos.Dataset) -> None:
    """A note says that one source names another place for the talks of May 2025."""
    notes = [event.note or "" for event in ds.events if event.id.startswith("istanbul-talks-2025")]
    assert any("Pyeongtaek" in note for note in notes)


@pytest.mark.parametrize(
    "topic",
    [*(f"territory.{region}" for region in REGIONS), "neutrality.status", "forces.foreign_troops"],
)
def test_memoranda_of_june_2025_block_one_another(ds: pos.Dataset, topic: str) -> None:
    """On 2 June 2025 clauses of the two memoranda block one another."""
    row = on(ds, "2025-06-02", topic)
    assert row.relation == "deadlock"
    assert "2025-06-02" in said_on(ds, blocking(row, "RUS"))
    assert "2025-06-01" in said_on(ds, blocking(row, "UKR"))


def test_sanctions_are_two_questions_in_june_2025(ds: pos.Dataset) -> None:
    """Moscow blocks staged lifting of Western sanctions, Kyiv full; mutual ones are separate."""
    snapshot = ds.at("2025-06-02")
    assert "staged" in snapshot["UKR", "sanctions.on_russia"].affirms
    assert "lifted" in snapshot["RUS", "sanctions.on_russia"].demands
    western = on(ds, "2025-06-02", "sanctions.on_russia")
    assert western.relation == "deadlock"
    who = {blocker.option: blocker.party for blocker in western.blockers}
    assert (who["staged"], who["lifted"]) == ("RUS", "UKR")
    mutual = {b.option: b.party for b in on(ds, "2025-06-02", "sanctions.bilateral").blockers}
    assert mutual == {"lifted": "UKR", "kept": "RUS"}


def test_monitoring_and_withdrawal_are_agreed_in_january_2026(ds: pos.Dataset) -> None:
    """On 31 January 2026 control of a ceasefire and a mechanism for withdrawal are agreed."""
    for topic in ("ceasefire.verification", "ceasefire.withdrawal_mechanism"):
        assert on(ds, "2026-01-31", topic, ALL_THREE).relation == "agreed"


def test_donetsk_is_a_deadlock_and_the_south_depends_on_it_in_january_2026(ds: pos.Dataset) -> None:
    """On 31 January 2026 Donetsk is a deadlock; two regions depend on a condition Kyiv refuses."""
    assert on(ds, "2026-01-31", "territory.donetsk").relation == "deadlock"
    for region in ("kherson", "zaporizhzhia"):
        row = on(ds, "2026-01-31", f"territory.{region}")
        assert row.relation == "conditional"
        assert row.refused


def test_energy_truce_of_a_week_is_gone_after_its_day(ds: pos.Dataset) -> None:
    """The energy truce of January 2026 is in force on the 31st and over after 1 February."""
    assert on(ds, "2026-01-31", "ceasefire.energy", ALL_THREE).agreed == ("halted",)
    assert on(ds, "2026-02-02", "ceasefire.energy", ALL_THREE).agreed == ()


def test_force_limits_of_april_2022_lie_165000_apart(ds: pos.Dataset) -> None:
    """In April 2022 Moscow asked for 85,000 at most, Kyiv for 250,000: a gap of 165,000."""
    row = on(ds, "2022-04-15", "forces.cap")
    assert row.positions[0].demands == ("..85000",)
    assert row.positions[1].demands == ("250000..",)
    assert (row.relation, row.gap) == ("deadlock", 165_000)


def test_plans_of_november_2025_differ_on_forces_and_nato(ds: pos.Dataset) -> None:
    """600,000 against 800,000, and NATO barred against membership by consensus."""
    plans = ds.proposal("us-28-point-plan"), ds.proposal("european-counter-text-2025")
    rows = {row.topic: row for row in pos.diff(*plans, topics=ds.topics)}
    assert rows["forces.cap"].amount == 200_000
    assert (rows["nato.membership"].left, rows["nato.membership"].right) == (
        ("barred",),
        ("consensus",),
    )


def test_nothing_of_istanbul_counts_as_agreed_in_2024(ds: pos.Dataset) -> None:
    """What was offered in Istanbul in 2022 was dropped, and is agreed by nobody in 2024."""
    for day in ("2023-01-01", "2024-01-15", "2024-10-01"):
        rows = pos.overlap(ds.at(day), RUS_UKR)
        standing = [ds.statement(s) for row in rows if row.agreed for s in row.statements]
        assert [s.id for s in standing if str(s.date).startswith(("2022-03", "2022-04"))] == []


@pytest.mark.slow
def test_nobody_contradicts_itself_on_a_day(ds: pos.Dataset) -> None:
    """No cell is disputed on any day on which something is said."""
    days = sorted({statement.date.latest for statement in ds.statements})
    disputed = {
        (position.party, position.topic, str(day))
        for day in days
        for stance in map(ds.at(day).__getitem__, ALL_THREE)
        for position in stance
        if any(cell.disputed for cell in position.cells)
    }
    assert disputed == set()


def test_every_source_is_used_and_every_topic_spoken_of(ds: pos.Dataset) -> None:
    """Every source is cited by a record, and every topic has a statement or a clause."""
    records = (*ds.statements, *ds.proposals, *ds.events)
    assert {s.id for s in ds.sources} == {name for record in records for name in record.sources}
    terms = {term.topic for proposal in ds.proposals for term in proposal.terms}
    assert {t.id for t in ds.topics} == terms | {statement.topic for statement in ds.statements}


def test_file_is_what_the_library_would_write(ds: pos.Dataset) -> None:
    """The bundled file is exactly what `write_json` writes, so that diffs are line by line."""
    assert bundled_file().read_text(encoding="utf-8") == to_json(ds)


def test_the_two_texts_of_23_november_are_kept_apart(ds: pos.Dataset) -> None:
    """One European text caps the forces at 800,000, the other of the same day has no limit."""
    edit, paper = (
        ds.proposal("european-counter-text-2025"),
        ds.proposal("european-24-point-text-2025"),
    )
    assert str(edit.date) == str(paper.date) == "2025-11-23"
    rows = {row.topic: row for row in pos.diff(edit, paper, topics=ds.topics)}
    assert (rows["forces.cap"].relation, rows["forces.limits"].relation) == (
        "only_left",
        "different",
    )
    assert rows["znpp.operator"].relation == "different"


def test_the_american_and_the_european_force_limit(ds: pos.Dataset) -> None:
    """600,000 against 800,000 in the counter-text, and NATO barred against left to consensus."""
    plans = (ds.proposal("us-28-point-plan"), ds.proposal("european-counter-text-2025"))
    rows = {row.topic: row for row in pos.diff(*plans, topics=ds.topics)}
    assert rows["forces.cap"].amount == 200_000
    nato = rows["nato.membership"]
    assert (nato.left, nato.right) == (("barred",), ("consensus",))
    assert nato.relation == "different"


def test_ukraine_and_nato_is_a_return_and_not_a_long_softening(ds: pos.Dataset) -> None:
    """Kyiv offers to forgo NATO, demands it, leaves it to the allies, and offers it again."""
    turns = {
        "2022-03-29": ("conditional", None),
        "2022-10-01": ("reject", "hardened"),
        "2025-06-02": ("reject", "softened"),
        "2025-12-15": ("conditional", "softened"),
    }
    days = list(turns)
    for before, day in zip([None, *days], days, strict=False):
        attitude, move = turns[day]
        assert ds.at(day)["UKR", "nato.membership"].cell("forgone").attitude == attitude
        if before is not None:
            moves = pos.diff(ds.at(before), ds.at(day), parties=["UKR"], topics="nato.membership")
            assert [row.move for row in moves] == [move]
    assert ds.at("2022-10-01")["UKR", "nato.membership"].demands == ("member",)
    assert ds.at("2025-06-02")["UKR", "nato.membership"].demands == ("member", "path", "consensus")


def test_the_evidence_reaches_to_june_2026(ds: pos.Dataset) -> None:
    """The data have statements of every half-year from December 2021 to June 2026."""
    halves = {row.half_year for row in quality.coverage(ds)}
    assert halves == {"2021-H2"} | {f"{y}-H{h}" for y in range(2022, 2026) for h in (1, 2)} | {
        "2026-H1"
    }
    assert str(ds.document.evidence_until) == "2026-06-23"
    assert not ds.at("2026-06-23").notes
