"""The summary at the start of a report, in sentences built from the answers."""

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
from positions.reports.gaps import mean_sentences
from positions.reports.phrases import SYMBOLS, topic_link, topic_links
from positions.reports.prose import Section, day, listed, names_text, paragraph
from positions.reports.standing import old_evidence, oldest_first
from positions.snapshots.wording import OLD, counted, party_name
from positions.tables.html import Child, Markup, element, joined, separated

MAX_NAMED = 6
"""Maximum number of topics or plans that a sentence names; it counts the rest."""
VERDICT_RULE = (
    "A party refuses a plan if it refuses any of its clauses. If it refuses none, but has not "
    "addressed every clause or has set a condition that the plan does not address, its answer is "
    "not known. "
)
"""The rule for the verdicts on plans."""


def summary_section(findings: Findings) -> Section:
    """Summarise the answers of the report in a few paragraphs."""
    parts = (
        paragraph(*_scope(findings)),
        _tally(findings) if findings.overlaps.rows else None,
        *(paragraph(*part) for part in _paragraphs(findings) if part),
    )
    return Section("summary", "Summary", joined(parts))


def _paragraphs(findings: Findings) -> Iterator[list[Child]]:
    yield [*_agreement(findings), *_conditional(findings), *_open(findings)]
    yield [*_deadlocks(findings)]
    yield [*_moves(findings), *mean_sentences(findings)]
    yield [*_plans(findings), *_package(findings)]


def _scope(findings: Findings) -> Iterator[Child]:
    """Count the topics with statements of any of the parties, and of only one of them."""
    addressed, count = len(findings.overlaps), len(findings.topics)
    scope = "of the data set" if findings.all_topics else "selected"
    of_all = f"of the {counted(count, 'topic')} {scope}"
    yield from ("By ", day(findings.date), ", ")
    if not addressed:
        yield f"none of {names_text(findings.names)} had made a statement on any {of_all}."
        return
    yield f"at least one of {names_text(findings.names)} had made a statement on "
    yield f"{addressed} {of_all}. "
    alone = len(findings.related("one_sided"))
    if alone:
        others = "the other" if len(findings.parties) == 2 else "the others"
        yield (
            f"On {alone} of these, only one of them had; the silence of {others} implies neither "
            "consent nor refusal."
        )


def _tally(findings: Findings) -> Markup:
    """Show the number of topics in each relation, with symbol and name."""
    items = (
        element(
            "li",
            element("b", str(count)),
            " ",
            element("span", SYMBOLS[relation], aria_hidden="true"),
            f" {name}",
            class_=f"relation {relation}",
        )
        for relation, name, count in _counts(findings)
    )
    return element("ul", items, class_="tally")


def _counts(findings: Findings) -> Iterator[tuple[Relation, str, int]]:
    """Count the topics in each relation, those without room for agreement separately."""
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
    """List the first few topics by name, and count the rest."""
    links: list[Child] = list(topic_links(findings, [row.topic for row in rows[:MAX_NAMED]]))
    more = len(rows) - MAX_NAMED
    return listed([*links, *([f"{more} more"] if more > 0 else [])])


def _agreement(findings: Findings) -> Iterator[Child]:
    rows = findings.related("agreed")
    if not rows:
        if len(findings.related("one_sided")) < len(findings.overlaps):
            yield "On no topic do all of them demand or accept the same answer. "
        return
    yield f"They agree on {counted(len(rows), 'topic')}: "
    yield _topics(findings, rows)
    old = sum(row.said is not None and findings.date - row.said > OLD for row in rows)
    which = "this" if old == len(rows) == 1 else f"on {old} of them, this"
    yield f"; {which} is based on statements more than a year old. " if old else ". "


def _conditional(findings: Findings) -> Iterator[Child]:
    rows = findings.related("conditional")
    possible = [row for row in rows if not row.refused]
    if possible:
        yield f"On {counted(len(possible), 'topic')} they affirm the same answer, but at least "
        yield from ("one of them only under conditions (", _topics(findings, possible), ")")
        met = sum(row.conditions == "met" for row in possible)
        yield f"; on {met} the conditions are met by what is agreed. " if met else ". "
    refused = [row for row in rows if row.refused]
    if refused:
        yield f"On {counted(len(refused), 'topic')} they affirm the same answer, but at least "
        yield "one of them only under conditions that are refused ("
        yield from (_topics(findings, refused), "). ")


def _open(findings: Findings) -> Iterator[Child]:
    rows = findings.related("open")
    if not rows:
        return
    apart = sum(row.apart for row in rows)
    yield f"They leave {counted(len(rows), 'topic')} open ("
    yield _topics(findings, rows)
    yield "): at least one answer is rejected by none of them, but no answer is affirmed by all"
    which = "they" if apart == len(rows) else f"on {apart} of these topics, they"
    yield f"; {which} affirm different answers. " if apart else ". "


def _deadlocks(findings: Findings) -> Iterator[Child]:
    rows = oldest_first(findings.related("deadlock"))
    if not rows:
        if findings.overlaps.rows:
            yield "They are not in deadlock on any topic."
        return
    yield f"They are in deadlock on {counted(len(rows), 'topic')} ({_manner(rows)}). "
    if len(rows) == 1:
        yield from ("It is ", topic_link(findings, rows[0].topic), *_since(rows[0]), ". ")
    else:
        yield from _ages(findings, rows)
    yield from _old_deadlocks(findings, rows)


def _old_deadlocks(findings: Findings, rows: Sequence[Overlap]) -> Iterator[Child]:
    """Name the deadlocks whose latest statement is more than a year old, with its day."""
    dated = ((row, old_evidence(row, findings.date)) for row in rows)
    old = [(row, said) for row, said in dated if said is not None]
    if not old:
        return
    if len(rows) == 1:
        yield from ("The latest statement behind it dates from ", day(old[0][1]), ".")
        return
    yield f"On {len(old)} of them, the latest statement behind the refusals is more than a year "
    yield "old ("
    named: list[Child] = [
        joined(topic_link(findings, row.topic), ", ", day(said)) for row, said in old[:MAX_NAMED]
    ]
    more = len(old) - MAX_NAMED
    yield from (joined(separated([*named, *([f"and {more} more"] * (more > 0))], "; ")), ").")


def _manner(rows: Sequence[Overlap]) -> str:
    """Count the deadlocks that are declared, and those that are only implied."""
    declared = sum(bool(row.declared) for row in rows)
    if declared in (0, len(rows)):
        every = "all " * (len(rows) > 1)
        return f"{every}declared" if declared else f"{every}implied"
    return f"{declared} declared, {len(rows) - declared} implied"


def _ages(findings: Findings, rows: Sequence[Overlap]) -> Iterator[Child]:
    """Name the oldest and the newest deadlocks; several if they began on the same day."""
    for which, end in (("oldest", rows[0]), ("newest", rows[-1])):
        same = [row for row in rows if row.since == end.since]
        start = f"The {which} " + ("is " if len(same) == 1 else "are ")
        yield from (start, _topics(findings, same), *_since(end), ". ")
        if len(same) == len(rows):
            return


def _since(row: Overlap) -> tuple[Child, ...]:
    return () if row.since is None else (", since ", day(row.since))


def _moves(findings: Findings) -> Iterator[Child]:
    """Count the changes of each party, and their directions."""
    if findings.changes is None or findings.since is None:
        return
    yield from ("Since ", day(findings.since), ", ")
    clauses = [
        _moves_of(findings, party, [row for row in findings.changes.moved if row.party == party])
        for party in findings.parties
    ]
    yield f"{'; '.join(clauses)}. "


def _moves_of(findings: Findings, party: str, rows: Sequence[Change]) -> str:
    name = party_name(findings.catalogue, party)
    if not rows:
        return f"{name} has not changed any position"
    changed = [row for row in rows if row.move != "new"]
    first = len(rows) - len(changed)
    new = f"has taken a position on {counted(first, 'topic')} on which it had none"
    parts = [new] if first else []
    if changed:
        moves = Counter(row.move for row in changed).most_common()
        kinds = names_text([f"{count} {move}" for move, count in moves])
        what = counted(len(changed), "position")
        parts.append(f"has changed {what} ({kinds}{_bearings(findings, party, changed)})")
    return f"{name} {' and '.join(parts)}"


def _bearings(findings: Findings, party: str, rows: Sequence[Change]) -> str:
    """Count the positions that moved towards or away from another of the parties."""
    others = {other for other in findings.parties if other != party}
    names = names_text([party_name(findings.catalogue, p) for p in findings.parties if p in others])
    whom = names if len(others) == 1 else "another of them"
    directions = (
        ("towards", sum(bool(others & set(row.towards)) for row in rows)),
        ("away from", sum(bool(others & set(row.away)) for row in rows)),
    )
    text = names_text([f"{count} {way} {whom}" for way, count in directions if count])
    return f"; {text}" if text else ""


def _plans(findings: Findings) -> Iterator[Child]:
    if not findings.plans:
        return
    scope = "selected" if findings.named_plans else "tabled by then"
    yield f"Of {counted(len(findings.plans), 'plan')} {scope}, judged by the positions "
    yield "on this day, "
    clauses = [_verdict_counts(findings, party) for party in findings.parties]
    yield f"{'; '.join(clauses)}. "
    every = [
        found.plan.name
        for found in findings.plans
        if all(verdict.verdict == "signs" for verdict in found.verdicts)
    ]
    none = "No plan would be signed by all of them. "
    yield f"All of them would sign {_plan_names(every)}. " if every else none
    yield VERDICT_RULE


def _verdict_counts(findings: Findings, party: str) -> str:
    """Count the plans that a party would sign or refuse, and those with no known answer."""
    counts: Counter[Signing] = Counter(
        verdict.verdict
        for found in findings.plans
        for verdict in found.verdicts
        if verdict.party == party
    )
    name = party_name(findings.catalogue, party)
    signs, refuses = counts["signs"] or "none", counts["refuses"] or "none"
    unknown = f", and its answer to {counts['not_known']} is not known" * bool(counts["not_known"])
    return f"{name} would sign {signs} and refuse {refuses}{unknown}"


def _plan_names(names: Sequence[str]) -> str:
    more = len(names) - MAX_NAMED
    return names_text([*names[:MAX_NAMED], *([f"{more} more"] if more > 0 else [])])


def _package(findings: Findings) -> Iterator[Child]:
    found = findings.package
    if isinstance(found, Conflict):
        yield "There is no package of answers that all of them could sign."
    if isinstance(found, Settlement) and found.rows:
        yield "There is a package of answers that all of them could sign"
        missing = any(row.missing for row in found)
        yield ", although some have made no statement on part of it." if missing else "."
