"""The verbs that compare plans with positions, and that search for packages all could sign."""

from __future__ import annotations

import argparse

import positions as pos
from positions.cli import parts
from positions.cli.verb import (
    ANSWER,
    DATA,
    PARTIES,
    PARTY,
    PLAN,
    PLOT,
    QUESTION,
    READING,
    SNAPSHOT,
    Reply,
    Theme,
    Verb,
    argument,
)

ON_OR_TABLED = argument(
    "--on", metavar="DATE", help="day of the positions (default: the day after a plan was tabled)"
)
FIXED = argument("--fixed", metavar="PLAN", help="id of a proposal whose clauses must hold")


def _evaluate(options: argparse.Namespace) -> Reply:
    """Compare a plan with the positions of a day, by default the day after it was tabled."""
    ds = parts.data_of(options)
    plan = ds.proposal(options.plan)
    snapshot = parts.snapshot_of(ds, options, options.on or parts.day_after(plan.date))
    return pos.evaluate(plan, snapshot, options.parties or None)


def _verdicts(options: argparse.Namespace) -> Reply:
    parties = options.parties or None
    reading = parts.reading_of(options)
    return pos.verdicts(parts.data_of(options), None, parties, options.on, **reading)


def _nearest(options: argparse.Namespace) -> Reply:
    ds = parts.data_of(options)
    return pos.nearest(ds, options.party, options.on, **parts.reading_of(options))


def _lineage(options: argparse.Namespace) -> Reply:
    return pos.lineage(parts.data_of(options), options.plan)


PLANS = Theme(
    "Which plans were on the table?",
    (
        Verb(
            "evaluate",
            "show how parties stand on each clause of a plan, and who would sign it",
            _evaluate,
            (
                PLAN,
                argument(
                    "parties",
                    nargs="*",
                    metavar="PARTY",
                    help="ids of parties (default: all that have spoken)",
                ),
                DATA,
                ON_OR_TABLED,
                *ANSWER,
                PLOT,
                *READING,
            ),
        ),
        Verb(
            "verdicts",
            "show which party would sign which plan",
            _verdicts,
            (
                argument(
                    "parties",
                    nargs="*",
                    metavar="PARTY",
                    help="ids of parties (default: all sponsors of plans)",
                ),
                DATA,
                ON_OR_TABLED,
                *ANSWER,
                PLOT,
                *READING,
            ),
        ),
        Verb(
            "nearest",
            "list the plans closest to the positions of a party",
            _nearest,
            (PARTY, *SNAPSHOT, *ANSWER),
        ),
        Verb(
            "lineage",
            "show what later plans kept, changed, dropped and added, compared with a plan",
            _lineage,
            (PLAN, DATA, *ANSWER),
        ),
    ),
)


def _settle(options: argparse.Namespace) -> Reply:
    snapshot, plan = parts.snapshot_and_plan(options)
    return pos.settle(snapshot, options.parties, options.topics, fixed=plan)


def _conflicts(options: argparse.Namespace) -> Reply:
    snapshot, plan = parts.snapshot_and_plan(options)
    return pos.conflicts(snapshot, options.parties, options.topics, fixed=plan)


def _concessions(options: argparse.Namespace) -> Reply:
    snapshot, plan = parts.snapshot_and_plan(options)
    return pos.concessions(snapshot, options.parties, options.topics, fixed=plan)


def _trades(options: argparse.Namespace) -> Reply:
    one, other = options.parties
    return pos.trades(parts.snapshot_asked(options), one, other, topics=options.topics)


PACKAGES = Theme(
    "Is there a package that all could sign?",
    (
        Verb(
            "settle",
            "find a package that all could sign, or the refusals that rule out every package",
            _settle,
            (PARTIES, FIXED, *QUESTION),
        ),
        Verb(
            "conflicts",
            "list every minimal set of refusals that rules out all packages",
            _conflicts,
            (PARTIES, FIXED, *QUESTION),
        ),
        Verb(
            "concessions",
            "find the smallest concessions that make a package possible",
            _concessions,
            (PARTIES, FIXED, *QUESTION),
        ),
        Verb(
            "trades",
            "list what two parties could trade, by emphasis, and conditional offers that match",
            _trades,
            (
                argument("parties", nargs=2, metavar="PARTY", help="ids of two parties"),
                *QUESTION,
            ),
        ),
    ),
)
