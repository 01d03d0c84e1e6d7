"""The verbs that ask what was said, how parties stand to one another, and how that moved."""

from __future__ import annotations

import argparse

import positions as pos
from positions.cli import parts
from positions.cli.verb import (
    ANSWER,
    DATA,
    OUTPUT,
    PARTIES,
    PARTY,
    PERIOD,
    PLOT,
    QUESTION,
    SNAPSHOT,
    TOPICS,
    Reply,
    Theme,
    Verb,
    argument,
)


def _show(options: argparse.Namespace) -> Reply:
    return parts.show.show(parts.snapshot_asked(options), options.name)


def _why(options: argparse.Namespace) -> Reply:
    position = parts.snapshot_asked(options)[options.party, options.topic]
    return parts.paragraphs(position.why(options.option), options)


def _quantities(options: argparse.Namespace) -> Reply:
    return pos.quantities(parts.data_of(options), options.topic, options.parties or None)


SAID = Theme(
    "What was said?",
    (
        Verb(
            "show",
            "one party, topic, statement, source, proposal or event in full",
            _show,
            (
                argument("name", metavar="ID", help="its id, or one of: parties, topics, …"),
                *QUESTION,
            ),
        ),
        Verb(
            "why",
            "why a party stands as it does: who said what, when and where, and by which rules",
            _why,
            (
                PARTY,
                argument("topic", metavar="TOPIC", help="the id of a topic"),
                argument("option", nargs="?", metavar="OPTION", help="only this option of it"),
                *SNAPSHOT,
                OUTPUT,
            ),
        ),
        Verb(
            "quantities",
            "every number that was named on a topic, by whom, in statements and plans",
            _quantities,
            (
                argument("topic", metavar="TOPIC", help="the id of a quantity topic"),
                argument("parties", nargs="*", metavar="PARTY", help="only what these name"),
                DATA,
                *ANSWER,
                PLOT,
            ),
        ),
    ),
)


def _compare(options: argparse.Namespace) -> Reply:
    return pos.compare(parts.snapshot_asked(options), options.parties, options.topics)


def _overlap(options: argparse.Namespace) -> Reply:
    return pos.overlap(parts.snapshot_asked(options), options.parties, options.topics)


def _deadlocks(options: argparse.Namespace) -> Reply:
    return pos.deadlocks(parts.snapshot_asked(options), options.parties, options.topics)


def _agreement(options: argparse.Namespace) -> Reply:
    return pos.agreement(parts.snapshot_asked(options), options.parties or None, options.topics)


def _report(options: argparse.Namespace) -> Reply:
    made = pos.report(
        parts.data_of(options),
        options.parties,
        on=options.on,
        since=options.since,
        topics=options.topics,
        plans=options.plans,
        **parts.reading_of(options),
    )
    return made.html


BETWEEN = Theme(
    "Where do they stand to one another?",
    (
        Verb(
            "compare",
            "set the positions of parties side by side",
            _compare,
            (PARTIES, *QUESTION, PLOT),
        ),
        Verb(
            "overlap",
            "where parties could agree, topic by topic",
            _overlap,
            (PARTIES, *QUESTION),
        ),
        Verb(
            "deadlocks",
            "where parties are stuck, and who blocks what",
            _deadlocks,
            (PARTIES, *QUESTION),
        ),
        Verb(
            "agreement",
            "who stands near whom: the share of topics on which two parties agree",
            _agreement,
            (
                argument("parties", nargs="*", metavar="PARTY", help="all of them if left out"),
                *QUESTION,
                PLOT,
            ),
        ),
        Verb(
            "report",
            "write a report on some parties: one page of HTML, with all statements and sources",
            _report,
            (
                PARTIES,
                argument("--since", metavar="DATE", help="an earlier day: tell what moved since"),
                argument(
                    "--plans",
                    nargs="+",
                    metavar="PLAN",
                    help="proposals to tell clause by clause; a line for each one of that day if "
                    "left out",
                ),
                *SNAPSHOT,
                TOPICS,
                OUTPUT,
            ),
        ),
    ),
)


def _diff(options: argparse.Namespace) -> Reply:
    ds = parts.data_of(options)
    names: list[str] = options.names
    if options.since is not None:
        before, after = (parts.snapshot_of(ds, options, day) for day in (options.since, options.on))
        if before.date > after.date:
            raise pos.InvalidInputError("--since", f"a day up to {after.date}", options.since)
        return pos.diff(before, after, parties=names or None, topics=options.topics)
    if len(names) != 2:
        advice = "add --since DATE to see what moved over time"
        raise pos.InvalidInputError("diff", "two parties or two proposals", names, advice)
    if any(name in {proposal.id for proposal in ds.proposals} for name in names):
        left, right = map(ds.proposal, names)
        return pos.diff(left, right, topics=ds.topics)
    snapshot = parts.snapshot_of(ds, options, options.on)
    return pos.diff(snapshot[names[0]], snapshot[names[1]], topics=options.topics)


def _timeline(options: argparse.Namespace) -> Reply:
    return pos.timeline(
        parts.data_of(options), options.party, options.topics, **parts.period_of(options)
    )


def _history(options: argparse.Namespace) -> Reply:
    return pos.history(
        parts.data_of(options), options.parties, options.topics, **parts.period_of(options)
    )


def _convergence(options: argparse.Namespace) -> Reply:
    return pos.convergence(
        parts.data_of(options),
        options.parties,
        options.topics,
        every=options.every,
        decay=options.decay,
        **parts.period_of(options),
    )


MOVED = Theme(
    "How did it move?",
    (
        Verb(
            "diff",
            "what moved between two days (--since, --on), or how two parties or two plans differ",
            _diff,
            (
                argument("names", nargs="*", metavar="NAME", help="parties, or two proposals"),
                argument("--since", metavar="DATE", help="the earlier day"),
                *QUESTION,
            ),
        ),
        Verb(
            "timeline",
            "every change of the positions of a party, and which words made it",
            _timeline,
            (PARTY, *PERIOD, TOPICS, *ANSWER, PLOT),
        ),
        Verb(
            "history",
            "since when parties agree or are stuck, topic by topic, and who began it",
            _history,
            (PARTIES, *PERIOD, TOPICS, *ANSWER, PLOT),
        ),
        Verb(
            "convergence",
            "whether parties come nearer to one another, topic by topic and by area",
            _convergence,
            (
                PARTIES,
                argument(
                    "--every",
                    choices=("change", "month", "quarter", "year"),
                    default="change",
                    help="on which days rows are given",
                ),
                argument(
                    "--decay",
                    type=float,
                    metavar="DAYS",
                    help="half-life of words in the mean of topics",
                ),
                *PERIOD,
                TOPICS,
                *ANSWER,
                PLOT,
            ),
        ),
    ),
)
