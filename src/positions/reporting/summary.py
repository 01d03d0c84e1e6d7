"""The summary at the head of a report, in sentences made of the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from positions.changes import Change
from positions.clashes import Conflict
from positions.evaluations import Signing
from positions.markup import Child, Markup, element, joined
from positions.overlap_results import Overlap
from positions.reporting.findings import Findings
from positions.reporting.layouts import Section
from positions.reporting.phrases import SYMBOLS, topic_link, topic_links
from positions.reporting.prose import day, listed, names_text, paragraph
from positions.reporting.standing import oldest_first
from positions.settlements import Settlement
from positions.wording import OLD, counted, number_text, party_name

NAMED = 6
"""How many topics or plans a sentence names before it only counts the rest."""
TALLY = (
    ("agreed", "agreed"),
    ("conditional", "conditional"),
    ("open", "open"),
    ("deadlock", "in deadlock"),
    ("one_sided", "one-sided"),
)
"""The relations that the summary counts, and what it calls them."""


def summary_section(findings: Findings) -> Section:
    """Tell the answers of the report in a few paragraphs."""
    told = (
        paragraph(*_scope(findings)),
        _tally(findings) if findings.overlaps.rows else None,
        *(paragraph(*part) for part in _paragraphs(findings) if part),
    )
    return Section("summary", "Summary", joined(told))


def _paragraphs(findings: Findings) -> Iterator[list[Child]]:
    yield [*_agreement(findings), *_conditional(findings), *_open(findings)]
    yield [*_deadlocks(findings)]
    yield [*_moves(findings), *_trend(findings)]
    yield [*_plans(findings), *_package(findings)]


def _scope(findings: Findings) -> Iterator[Child]:
    """Say on how many topics they have spoken, and how many of them both or several did."""
    spoken, asked = len(findings.overlaps), len(findings.topics)
    whole = "of the data set" if findings.all_topics else "asked about"
    of_all = f"of the {counted(asked, 'topic')} {whole}"
    yield from ("By ", day(findings.date), ", ")
    if not spoken:
        yield f"none of {names_text(findings.names)} had spoken on any {of_all}."
        return
    yield f"at least one of {names_text(findings.names)} had spoken on {spoken} {of_all}. "
    alone = len(findings.related("one_sided"))
    if alone:
        others = "the other" if len(findings.parties) == 2 else "the others"
        yield (
            f"On {alone} of these only one of them has: nothing follows from the silence of "
            f"{others}, neither consent nor refusal."
        )


def _tally(findings: Findings) -> Markup:
    """Show how many topics stand in each relation: number, sign and word."""
    items = (
        element(
            "li",
            element("b", str(len(findings.related(relation)))),  # type: ignore[arg-type]
            " ",
            element("span", SYMBOLS[relation], aria_hidden="true"),
            f" {word}",
            class_=f"relation {relation}",
        )
        for relation, word in TALLY
    )
    return element("ul", items, class_="tally")


def _topics(findings: Findings, rows: Sequence[Overlap]) -> Markup:
    """Name topics up to a number, and count the rest."""
    links: list[Child] = list(topic_links(findings, [row.topic for row in rows[:NAMED]]))
    more = len(rows) - NAMED
    return listed([*links, *([f"{more} more"] if more > 0 else [])])


def _agreement(findings: Findings) -> Iterator[Child]:
    rows = findings.related("agreed")
    if not rows:
        if len(findings.related("one_sided")) < len(findings.overlaps):
            yield "There is no topic on which all of them demand or accept one answer. "
        return
    yield f"They agree on {counted(len(rows), 'topic')}: "
    yield _topics(findings, rows)
    old = sum(row.said is not None and findings.date - row.said > OLD for row in rows)
    which = "this" if old == len(rows) == 1 else f"on {old} of them this"
    yield f"; {which} rests on words that are more than a year old. " if old else ". "


def _conditional(findings: Findings) -> Iterator[Child]:
    rows = findings.related("conditional")
    if not rows:
        return
    yield f"On {counted(len(rows), 'topic')} they affirm one answer, "
    yield "but somebody only under conditions"
    refused = [row for row in rows if row.refused]
    met = sum(row.conditions == "met" for row in rows)
    if refused:
        every = len(refused) == len(rows)
        yield "; these conditions are refused: " if every else f"; on {len(refused)} refused: "
        yield _topics(findings, refused)
    if met:
        yield f"; on {met} they are met by what is agreed"
    yield ". "


def _open(findings: Findings) -> Iterator[Child]:
    rows = findings.related("open")
    if not rows:
        return
    apart = sum(row.apart for row in rows)
    yield f"They leave {counted(len(rows), 'topic')} open ("
    yield _topics(findings, rows)
    yield "): some answer has been rejected by nobody, but none is affirmed by all"
    which = "they" if apart == len(rows) else f"on {apart} of them they"
    yield f"; {which} affirm different answers. " if apart else ". "


def _deadlocks(findings: Findings) -> Iterator[Child]:
    rows = oldest_first(findings.related("deadlock"))
    if not rows:
        if findings.overlaps.rows:
            yield "They are in deadlock on no topic."
        return
    yield f"They are in deadlock on {counted(len(rows), 'topic')}, {_manner(rows)}. "
    if len(rows) == 1:
        yield from ("It is ", topic_link(findings, rows[0].topic), *_since(rows[0]), ".")
        return
    yield from _ages(findings, rows)


def _manner(rows: Sequence[Overlap]) -> str:
    """Say how many deadlocks are declared, and how many only implied."""
    declared = sum(bool(row.declared) for row in rows)
    if declared in (0, len(rows)):
        every = "all " * (len(rows) > 1)
        return f"{every}declared in words" if declared else f"{every}by implication"
    return f"{declared} declared in words and {len(rows) - declared} by implication"


def _ages(findings: Findings, rows: Sequence[Overlap]) -> Iterator[Child]:
    """Name the oldest and the newest deadlocks; of those of one day all."""
    for which, end in (("oldest", rows[0]), ("newest", rows[-1])):
        same = [row for row in rows if row.since == end.since]
        what = f"The {which} " + ("is " if len(same) == 1 else "are ")
        yield from (what, _topics(findings, same), *_since(end), ". ")
        if len(same) == len(rows):
            return


def _since(row: Overlap) -> tuple[Child, ...]:
    return () if row.since is None else (", since ", day(row.since))


def _moves(findings: Findings) -> Iterator[Child]:
    """Count the moves of each party, and in which direction they went."""
    if findings.changes is None or findings.since is None:
        return
    yield from ("Since ", day(findings.since), ", ")
    told = [
        _moves_of(findings, party, [row for row in findings.changes.moved if row.party == party])
        for party in findings.parties
    ]
    yield f"{'; '.join(told)}. "


def _moves_of(findings: Findings, party: str, rows: Sequence[Change]) -> str:
    name = party_name(findings.catalogue, party)
    if not rows:
        return f"{name} has not moved"
    changed = [row for row in rows if row.move != "new"]
    first = len(rows) - len(changed)
    new = f"has taken a position on {counted(first, 'topic')} on which it had none"
    told = [new] if first else []
    if changed:
        moves = Counter(row.move for row in changed).most_common()
        kinds = names_text([f"{count} {move}" for move, count in moves])
        what = counted(len(changed), "position")
        told.append(f"has changed {what} ({kinds}{_bearings(findings, party, changed)})")
    return f"{name} {' and '.join(told)}"


def _bearings(findings: Findings, party: str, rows: Sequence[Change]) -> str:
    """Say on how many topics the moves went towards or away from another of the parties."""
    others = {other for other in findings.parties if other != party}
    names = names_text([party_name(findings.catalogue, p) for p in findings.parties if p in others])
    whom = names if len(others) == 1 else "another of them"
    ways = (
        ("towards", sum(bool(others & set(row.towards)) for row in rows)),
        ("away from", sum(bool(others & set(row.away)) for row in rows)),
    )
    told = names_text([f"{count} {way} {whom}" for way, count in ways if count])
    return f"; {told}" if told else ""


def _trend(findings: Findings) -> Iterator[Child]:
    """Say what became of the mean gap over the topics that can be compared throughout."""
    found = findings.convergence
    mean = found.areas[-1]
    if mean.compared < 2 or mean.trend.verdict == "undefined":
        return
    before, after = (number_text(gap, None) for gap in (mean.trend.before, mean.trend.after))
    ways = {
        "converging": f"fell from {before} to {after}",
        "diverging": f"rose from {before} to {after}",
        "unmoved": f"stayed at {before}",
    }
    yield f"Over the {counted(mean.compared, 'topic')} on which both ends of the period from "
    yield from (day(found.start), " to ", day(found.end), " can be compared, the mean gap ")
    yield f"{ways[mean.trend.verdict]} of the full width of a topic."


def _plans(findings: Findings) -> Iterator[Child]:
    if not findings.plans:
        return
    what = "asked about" if findings.named_plans else "tabled by then"
    yield f"Of {counted(len(findings.plans), 'plan')} {what}, "
    told = [_signed(findings, party) for party in findings.parties]
    yield f"{'; '.join(told)}. "
    every = [
        found.plan.name
        for found in findings.plans
        if all(verdict.verdict == "signs" for verdict in found.verdicts)
    ]
    none = "None would be signed by all. "
    yield f"All of them would sign {_plan_names(every)}. " if every else none


def _signed(findings: Findings, party: str) -> str:
    """Count how many plans a party would sign, refuses, or has not answered."""
    counts: Counter[Signing] = Counter(
        verdict.verdict
        for found in findings.plans
        for verdict in found.verdicts
        if verdict.party == party
    )
    name = party_name(findings.catalogue, party)
    signs, refuses = counts["signs"] or "none", counts["refuses"] or "none"
    unknown = f", and of {counts['not_known']} its answer is not known" * bool(counts["not_known"])
    return f"{name} would sign {signs} and refuses {refuses}{unknown}"


def _plan_names(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return names_text([*names[:NAMED], *([f"{more} more"] if more > 0 else [])])


def _package(findings: Findings) -> Iterator[Child]:
    found = findings.package
    if isinstance(found, Conflict):
        yield "There is no package of answers that all of them could sign as they speak now."
    if isinstance(found, Settlement) and found.rows:
        yield "There is a package of answers that all of them could sign as they speak now"
        missing = any(row.missing for row in found)
        yield ", though on some of it a word is missing." if missing else "."
