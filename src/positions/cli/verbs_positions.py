"""The verbs about statements, the relations between parties, and changes over time."""

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


STATEMENTS = Theme(
    "What was said?",
    (
        Verb(
            "show",
            "show one party, topic, statement, source, proposal or event in full",
            _show,
            (
                argument(
                    "name",
                    metavar="ID",
                    help="id of a record; or, for a list: parties, topics, sources, statements, "
                    "proposals, events",
                ),
                *QUESTION,
            ),
        ),
        Verb(
            "why",
            "explain a position: who said what, when and where, and which rules apply",
            _why,
            (
                PARTY,
                argument("topic", metavar="TOPIC", help="id of a topic"),
                argument(
                    "option",
                    nargs="?",
                    metavar="OPTION",
                    help="id of an option of the topic (default: all)",
                ),
                *SNAPSHOT,
                OUTPUT,
            ),
        ),
        Verb(
            "quantities",
            "list every number named on a topic, in statements and in plans, and by whom",
            _quantities,
            (
                argument("topic", metavar="TOPIC", help="id of a quantity topic"),
                argument(
                    "parties", nargs="*", metavar="PARTY", help="ids of parties (default: all)"
                ),
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


RELATIONS = Theme(
    "Where do parties agree or disagree?",
    (
        Verb(
            "compare",
            "show the positions of parties side by side",
            _compare,
            (PARTIES, *QUESTION, PLOT),
        ),
        Verb(
            "overlap",
            "find where parties could agree, topic by topic",
            _overlap,
            (PARTIES, *QUESTION),
        ),
        Verb(
            "deadlocks",
            "find where parties are deadlocked, and who blocks what",
            _deadlocks,
            (PARTIES, *QUESTION),
        ),
        Verb(
            "agreement",
            "show the share of topics on which each pair of parties agrees",
            _agreement,
            (
                argument(
                    "parties", nargs="*", metavar="PARTY", help="ids of parties (default: all)"
                ),
                *QUESTION,
                PLOT,
            ),
        ),
        Verb(
            "report",
            "write a report on several parties: one page of HTML, with all statements and sources",
            _report,
            (
                PARTIES,
                argument("--since", metavar="DATE", help="earlier day to compare with"),
                argument(
                    "--plans",
                    nargs="+",
                    metavar="PLAN",
                    help="ids of proposals to present clause by clause (default: one line for each "
                    "proposal tabled by that day)",
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


CHANGES = Theme(
    "What changed over time?",
    (
        Verb(
            "diff",
            "show what changed between two days (--since, --on), or how two parties or two plans "
            "differ",
            _diff,
            (
                argument(
                    "names",
                    nargs="*",
                    metavar="ID",
                    help="with --since, ids of parties (default: all); else two parties or two "
                    "proposals",
                ),
                argument("--since", metavar="DATE", help="earlier day, to be compared with --on"),
                *QUESTION,
            ),
        ),
        Verb(
            "timeline",
            "list every change in the positions of a party, and the statements that made it",
            _timeline,
            (PARTY, *PERIOD, TOPICS, *ANSWER, PLOT),
        ),
        Verb(
            "history",
            "list when parties agreed or were deadlocked on each topic, and who began each period",
            _history,
            (PARTIES, *PERIOD, TOPICS, *ANSWER, PLOT),
        ),
        Verb(
            "convergence",
            "show whether parties converge, topic by topic and by area",
            _convergence,
            (
                PARTIES,
                argument(
                    "--every",
                    choices=("change", "month", "quarter", "year"),
                    default="change",
                    help="days with a row: every change of a position, or the end of every month, "
                    "quarter or year (default: %(default)s)",
                ),
                argument(
                    "--decay",
                    type=float,
                    metavar="DAYS",
                    help="half-life of the weight of a topic in the mean, by the age of its "
                    "statements (default: equal weights)",
                ),
                *PERIOD,
                TOPICS,
                *ANSWER,
                PLOT,
            ),
        ),
    ),
)
