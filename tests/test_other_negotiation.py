"""The same calls work for a made-up labour dispute: the library is not tied to a negotiation."""

from __future__ import annotations

import pytest

import positions as pos
from places import HARBOUR
from positions import quality
from positions.cli import main as cli
from positions.snapshots.dataset import Dataset


def test_what_the_sides_demand(harbour: Dataset) -> None:
    """In February the gap on pay is four points, and the demand for 35 hours is one-sided."""
    rows = {r.topic: r for r in pos.compare(harbour.at("2031-02-28"), ["DOCKERS", "HARBOUR"])}
    assert rows["pay.rise"].relation == "deadlock"
    assert rows["pay.rise"].gap == 4
    assert rows["hours.week"].relation == "one_sided"


def test_who_moved_and_towards_whom(harbour: Dataset) -> None:
    """Both unions soften by two points towards the company, and the company by two towards both."""
    moves = pos.diff(harbour.at("2031-02-28"), harbour.at("2031-04-12"), topics="pay.rise").moved
    assert [(m.party, m.move, m.amount) for m in moves] == [
        ("DOCKERS", "softened", -2),
        ("CRANES", "softened", -2),
        ("HARBOUR", "softened", 2),
    ]
    assert moves[2].towards == ("DOCKERS", "CRANES")


def test_an_offer_with_a_refused_condition(harbour: Dataset) -> None:
    """The offer of a pilot berth is unmet, since the company rejects a full job guarantee."""
    (row,) = pos.overlap(harbour.at("2031-04-12"), ["CRANES", "HARBOUR"], "cranes.automation")
    assert (row.relation, row.conditions, row.conditional) == ("conditional", "unmet", ("pilot",))


def test_the_truce_ends_after_its_last_day(harbour: Dataset) -> None:
    """The Easter truce is agreed up to its last day, and not afterwards."""
    parties = ["DOCKERS", "CRANES", "HARBOUR"]
    (last,) = pos.overlap(harbour.at("2031-04-14"), parties, "strike.truce_april")
    assert last.relation == "agreed"
    assert not pos.overlap(harbour.at("2031-04-15"), parties, "strike.truce_april").rows


def test_a_denied_claim_drops_out(harbour: Dataset) -> None:
    """The company's claim that the dockers accept 37 hours does not count, as they denied it."""
    snapshot = harbour.at("2031-03-01", attributions=("self", "reported", "claimed"))
    assert snapshot["DOCKERS", "hours.week"].accepts == ()


def test_plans_differ(harbour: Dataset) -> None:
    """The mediator's draft differs from four of the unions' five demands."""
    rows = pos.diff(*harbour.proposals, topics=harbour.topics)
    assert [r.relation for r in rows].count("different") == 4


def test_an_earlier_board_is_marked(harbour: Dataset) -> None:
    """Statements of the board before March are inherited by the next board."""
    cells = harbour.at("2031-04-12")["HARBOUR", "jobs.guarantee"].cells
    assert {c.option: c.inherited for c in cells} == {
        "none": False,
        "retraining": False,
        "full": True,
    }


def test_it_follows_the_rules(harbour: Dataset) -> None:
    """The audit finds nothing in this data set."""
    assert not quality.audit(harbour).rows


@pytest.mark.parametrize(
    "words",
    [
        ["compare", "DOCKERS", "HARBOUR"],
        ["overlap", "DOCKERS", "CRANES", "HARBOUR"],
        ["deadlocks", "DOCKERS", "HARBOUR"],
        ["diff", "--since", "2031-02-28"],
        ["timeline", "DOCKERS", "--since", "2031-02"],
        ["history", "DOCKERS", "HARBOUR"],
        ["quantities", "pay.rise"],
        ["diff", "union-demands", "mediator-draft"],
        ["trades", "CRANES", "HARBOUR"],
        ["convergence", "DOCKERS", "HARBOUR"],
        ["show", "HARBOUR"],
        ["codebook"],
        ["coverage"],
    ],
    ids=lambda words: words[0],
)
def test_every_command_answers(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The verbs of the command line work with this file too."""
    assert cli.main([*words, "--data", str(HARBOUR)]) == 0
    assert capsys.readouterr().out
