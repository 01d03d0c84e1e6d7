"""The summary at the head of a report, in sentences made of the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from positions.deals.settle import Conflict
from positions.deals.settlement import Settlement
from positions.plans.evaluation import Signing
from positions.relations.changes import Change
from positions.relations.measures import Relation
from positions.relations.topic_overlap import Overlap
from positions.reports.findings import Findings
from positions.reports.gaps import mean_told
from positions.reports.phrases import SYMBOLS, topic_link, topic_links
from positions.reports.prose import Section, day, listed, names_text, paragraph
from positions.reports.standing import old_words, oldest_first
from positions.snapshots.wording import OLD, counted, party_name
from positions.tables.html import Child, Markup, element, joined, separated

NAMED = 6
"""How many topics or plans a sentence names before it only counts the rest."""
SIGNING = (
    "One refused clause is enough for a party to refuse a plan. If it refuses none, but has not "
    "spoken of every clause or has set a condition of which the plan says nothing, its answer is "
    "not known. "
)
"""How the verdicts on plans come about."""


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
    yield [*_moves(findings), *mean_told(findings)]
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
            element("b", str(count)),
            " ",
            element("span", SYMBOLS[relation], aria_hidden="true"),
            f" {word}",
            class_=f"relation {relation}",
        )
        for relation, word, count in _counts(findings)
    )
    return element("ul", items, class_="tally")


def _counts(findings: Findings) -> Iterator[tuple[Relation, str, int]]:
    """Count the topics of each relation; what is no room for agreement is counted apart."""
    conditional, open_ = findings.related("conditional"), findings.related("open")
    refused, apart = sum(row.refused for row in conditional), sum(row.apart for row in open_)
    yield "agreed", "agreed", len(findings.related("agreed"))
    yield "conditional", "conditional", len(conditional) - refused
    yield "conditional", "conditional, refused", refused
    yield "open", "open", len(open_) - apart
    yield "open", "open, apart", apart
    yield "deadlock", "in deadlock", len(findings.related("deadlock"))
    yield "one_sided", "one-sided", len(findings.related("one_sided"))


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
    possible = [row for row in rows if not row.refused]
    if possible:
        yield f"On {counted(len(possible), 'topic')} they affirm one answer, but somebody only "
        yield from ("under conditions (", _topics(findings, possible), ")")
        met = sum(row.conditions == "met" for row in possible)
        yield f"; on {met} these are met by what is agreed. " if met else ". "
    refused = [row for row in rows if row.refused]
    if refused:
        yield f"On {counted(len(refused), 'topic')} they affirm one answer, but somebody only "
        yield from ("under conditions that are refused (", _topics(findings, refused), "). ")


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
        yield from ("It is ", topic_link(findings, rows[0].topic), *_since(rows[0]), ". ")
    else:
        yield from _ages(findings, rows)
    yield from _old_deadlocks(findings, rows)


def _old_deadlocks(findings: Findings, rows: Sequence[Overlap]) -> Iterator[Child]:
    """Name the deadlocks whose refusals rest on words all more than a year old, with their day."""
    dated = ((row, old_words(row, findings.date)) for row in rows)
    old = [(row, said) for row, said in dated if said is not None]
    if not old:
        return
    if len(rows) == 1:
        yield from ("The newest words behind it are of ", day(old[0][1]), ".")
        return
    yield f"On {len(old)} of them the newest words behind the refusals are more than a year old ("
    named: list[Child] = [
        joined(topic_link(findings, row.topic), ", ", day(said)) for row, said in old[:NAMED]
    ]
    more = len(old) - NAMED
    yield from (joined(separated([*named, *([f"and {more} more"] * (more > 0))], "; ")), ").")


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


def _plans(findings: Findings) -> Iterator[Child]:
    if not findings.plans:
        return
    what = "asked about" if findings.named_plans else "tabled by then"
    yield f"Of {counted(len(findings.plans), 'plan')} {what}, judged by the positions "
    yield "of this day, "
    told = [_signed(findings, party) for party in findings.parties]
    yield f"{'; '.join(told)}. "
    every = [
        found.plan.name
        for found in findings.plans
        if all(verdict.verdict == "signs" for verdict in found.verdicts)
    ]
    none = "None would be signed by all. "
    yield f"All of them would sign {_plan_names(every)}. " if every else none
    yield SIGNING


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
