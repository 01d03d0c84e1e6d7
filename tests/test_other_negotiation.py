"""A made-up labour dispute goes through the same calls: the library knows no negotiation."""

from __future__ import annotations

import pytest

import positions as pos
from places import HARBOUR
from positions import quality
from positions.cli import main as cli
from positions.snapshots.dataset import Dataset


def test_what_the_sides_demand(harbour: Dataset) -> None:
    """In February they are five per cent apart on pay, and a week of 35 hours has no answer."""
    rows = {r.topic: r for r in pos.compare(harbour.at("2031-02-28"), ["DOCKERS", "HARBOUR"])}
    assert rows["pay.rise"].relation == "deadlock"
    assert rows["pay.rise"].gap == 4
    assert rows["hours.week"].relation == "one_sided"


def test_who_moved_and_towards_whom(harbour: Dataset) -> None:
    """Both unions soften by two points towards the company, and the company by two towards them."""
    moves = pos.diff(harbour.at("2031-02-28"), harbour.at("2031-04-12"), topics="pay.rise").moved
    assert [(m.party, m.move, m.amount) for m in moves] == [
        ("DOCKERS", "softened", -2),
        ("CRANES", "softened", -2),
        ("HARBOUR", "softened", 2),
    ]
    assert moves[2].towards == ("DOCKERS", "CRANES")


def test_an_offer_that_hangs_on_a_refusal(harbour: Dataset) -> None:
    """A pilot berth for a full guarantee of jobs, which the company rules out, is unmet."""
    (row,) = pos.overlap(harbour.at("2031-04-12"), ["CRANES", "HARBOUR"], "cranes.automation")
    assert (row.relation, row.conditions, row.conditional) == ("conditional", "unmet", ("pilot",))


def test_the_truce_ends_with_its_day(harbour: Dataset) -> None:
    """The Easter truce is agreed to its last day and on no day after it."""
    parties = ["DOCKERS", "CRANES", "HARBOUR"]
    (last,) = pos.overlap(harbour.at("2031-04-14"), parties, "strike.truce_april")
    assert last.relation == "agreed"
    assert not pos.overlap(harbour.at("2031-04-15"), parties, "strike.truce_april").rows


def test_a_denied_claim_drops_out(harbour: Dataset) -> None:
    """Asked with claims, the 37 hours that the company put into the dockers' mouth do not count."""
    snapshot = harbour.at("2031-03-01", attributions=("self", "reported", "claimed"))
    assert snapshot["DOCKERS", "hours.week"].accepts == ()


def test_plans_differ(harbour: Dataset) -> None:
    """The mediator's draft is at odds with four of the unions' five demands."""
    rows = pos.diff(*harbour.proposals, topics=harbour.topics)
    assert [r.relation for r in rows].count("different") == 4


def test_an_earlier_board_is_marked(harbour: Dataset) -> None:
    """What the board before March said is inherited under the next one."""
    cells = harbour.at("2031-04-12")["HARBOUR", "jobs.guarantee"].cells
    assert {c.option: c.inherited for c in cells} == {
        "none": False,
        "retraining": False,
        "full": True,
    }


def test_it_keeps_the_rules(harbour: Dataset) -> None:
    """The small data set keeps every rule that the bundled one keeps."""
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
    """The commands of the bundled data answer on this file too."""
    assert cli.main([*words, "--data", str(HARBOUR)]) == 0
    assert capsys.readouterr().out
