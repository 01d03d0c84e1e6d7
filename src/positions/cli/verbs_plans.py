"""The verbs that hold plans against positions, and that look for packages all could sign."""

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

TABLED = argument(
    "--on", metavar="DATE", help="the day; the day after a plan was tabled if left out"
)
FIXED = argument("--fixed", metavar="PLAN", help="a proposal whose clauses must hold")


def _evaluate(options: argparse.Namespace) -> Reply:
    """Hold a plan against the positions of a day, by default the day after it was tabled."""
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
            "how parties stand to each clause of a plan, and who would sign it",
            _evaluate,
            (
                PLAN,
                argument("parties", nargs="*", metavar="PARTY", help="all that spoke if left out"),
                DATA,
                TABLED,
                *ANSWER,
                PLOT,
                *READING,
            ),
        ),
        Verb(
            "verdicts",
            "which party would sign which plan",
            _verdicts,
            (
                argument("parties", nargs="*", metavar="PARTY", help="all sponsors if left out"),
                DATA,
                TABLED,
                *ANSWER,
                PLOT,
                *READING,
            ),
        ),
        Verb(
            "nearest",
            "the plans nearest to what a party says",
            _nearest,
            (PARTY, *SNAPSHOT, *ANSWER),
        ),
        Verb(
            "lineage",
            "what later plans kept, changed and dropped of a plan",
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
    "Which package could be signed?",
    (
        Verb(
            "settle",
            "a package that all could sign, or the refusals that leave none",
            _settle,
            (PARTIES, FIXED, *QUESTION),
        ),
        Verb(
            "conflicts",
            "all refusals that leave no package, minimal by inclusion",
            _conflicts,
            (PARTIES, FIXED, *QUESTION),
        ),
        Verb(
            "concessions",
            "the least that must be given up for a package",
            _concessions,
            (PARTIES, FIXED, *QUESTION),
        ),
        Verb(
            "trades",
            "what two parties could trade, by what each speaks of most; offers that meet",
            _trades,
            (argument("parties", nargs=2, metavar="PARTY", help="two ids"), *QUESTION),
        ),
    ),
)
