"""A slow replay of statements: the specification against which the fast one is tested.

It uses plain dictionaries and lists, one short function for each rule, and nothing of the
library except the records. The rules are those of docs/meanings.md; phrases in quotes are
their short form. Where a rule leaves something open, the docstring says "Decided here".
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Literal

from positions.records.attitudes import Attitude
from positions.records.models import Condition, Document, Source, Statement, Topic

Answer = str | Decimal
"""An option, or on quantity topics a number that represents all equivalent numbers."""
Alternatives = frozenset[frozenset[Condition]]
"""Alternative groups of conditions; all conditions of one group must hold."""
Dates = Literal["latest", "earliest"]
"""Whether a vague date counts from its last or from its first day."""
Undated = Literal["retrieved", "same_day"]
"""Whether an undated source is known from its retrieval, or from the day of the statement."""
Class = Literal["agreed", "conditional", "blocked", "open"]
"""The class of an answer, given the attitudes of several parties."""
TopicRelation = Literal["silent", "one_sided", "agreed", "conditional", "deadlock", "open"]
"""The relation of several parties on a topic."""

CONFIDENCE = ("low", "medium", "high")
"""The coder's degrees of confidence, in ascending order."""
AFFIRMED = (Attitude.DEMAND, Attitude.ACCEPT, Attitude.CONDITIONAL)
"""To affirm is to demand, to accept, or to accept conditionally."""


@dataclasses.dataclass(frozen=True)
class Cell:
    """The attitude of one party to one answer on one day, and the statements it rests on."""

    attitude: Attitude = Attitude.SILENT
    implied: bool = False
    disputed: bool = False
    claimed: bool = False
    statements: frozenset[str] = frozenset()
    conditions: Alternatives = frozenset()


SILENCE = Cell()
"""The cell of an answer on which nothing was said, or nothing is left."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """The explicit attitude of one statement to one answer."""

    statement: str
    attitude: Attitude
    conditions: Alternatives = frozenset()


@dataclasses.dataclass(frozen=True)
class Asked:
    """The day asked about, and the filters: the arguments of `slow_replay`."""

    day: dt.date
    dates: Dates
    known_by: dt.date | None
    undated: Undated
    max_age: int | None
    attributions: frozenset[str]
    confidence: str | None
    inherited: bool


class Replay:
    """The cells of one party on one topic, while its statements are read in order."""

    def __init__(self, possible: Iterable[Answer]) -> None:
        """Start with silence on every possible answer."""
        self.explicit: dict[Answer, Cell] = dict.fromkeys(possible, SILENCE)
        self.implied: dict[Answer, frozenset[str]] = {}
        self.demanded: set[Answer] = set()

    def cell(self, answer: Answer) -> Cell:
        """Combine the explicit cell and what demands imply.

        "An implied rejection never replaces an explicit one (the cell then rests on both)".
        """
        explicit, implying = self.explicit[answer], self.implied.get(answer, frozenset())
        if explicit.attitude == Attitude.REJECT:
            return dataclasses.replace(explicit, statements=explicit.statements | implying)
        if implying:
            return Cell(Attitude.REJECT, implied=True, statements=implying)
        return explicit


# ---------------------------------------------------------------------------
# The replay


def slow_replay(
    document: Document,
    day: dt.date,
    party: str,
    topic: str,
    *,
    dates: Dates = "latest",
    known_by: dt.date | None = None,
    undated: Undated = "retrieved",
    max_age: int | None = None,
    attributions: Collection[str] = ("self", "reported", "leaked"),
    confidence: str | None = None,
    inherited: bool = True,
) -> dict[Answer, Cell]:
    """Return the cell of one party on every answer to a topic on a day.

    Own statements precede claims. Filters choose statements before denials are resolved,
    so that a denial which the filters leave out denies nothing.
    """
    asked = Asked(
        day, dates, known_by, undated, max_age, frozenset(attributions), confidence, inherited
    )
    counting = [
        statement for statement in document.statements if counts(document, statement, asked)
    ]
    spoken = [
        statement
        for statement in counting
        if party in statement.parties
        and statement.topic == topic
        and (inherited or not is_inherited(document, statement, party, day))
        and not is_denied(statement, counting)
    ]
    own = replayed(document, topic, [s for s in spoken if s.attribution != "claimed"], day)
    claims = replayed(document, topic, [s for s in spoken if s.attribution == "claimed"], day)
    return {answer: filled(own[answer], claims[answer]) for answer in own}


def filled(own: Cell, claim: Cell) -> Cell:
    """Return the own cell; claims "fill only silent cells"."""
    if own.attitude == Attitude.SILENT and claim.attitude != Attitude.SILENT:
        return dataclasses.replace(claim, claimed=True)
    return own


def replayed(
    document: Document, topic: str, statements: Sequence[Statement], day: dt.date
) -> dict[Answer, Cell]:
    """Replay: "Later days override earlier ones option by option"; lapses come first."""
    question, replay = topic_of(document, topic), Replay(answers(document, topic))
    for group in groups(statements):
        for statement in group:
            if lapsed(statement, day):
                lapse(replay, entries(statement, question, replay.explicit))
        in_force = [statement for statement in group if not lapsed(statement, day)]
        read_together(replay, [entries(s, question, replay.explicit) for s in in_force])
    return {answer: replay.cell(answer) for answer in replay.explicit}


# ---------------------------------------------------------------------------
# When a statement counts


def starts(statement: Statement, dates: Dates) -> dt.date:
    """Return the last day it can have been made, or that of its `from` where that is later."""
    spans = [statement.date, statement.from_ or statement.date]
    return max(span.latest if dates == "latest" else span.earliest for span in spans)


def lapsed(statement: Statement, day: dt.date) -> bool:
    """Whether the last day of a statement, its `until`, has passed."""
    return statement.until is not None and statement.until.latest < day


def groups(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Yield groups by first day, the vaguer first; statements of the same span form a group.

    So a vague statement never overrides "what was said on a better known day within its span".
    """
    places = {s.id: (s.date.earliest, -s.date.latest.toordinal()) for s in statements}
    in_order = sorted(statements, key=lambda s: (places[s.id], s.id))
    for _, group in itertools.groupby(in_order, key=lambda s: places[s.id]):
        yield list(group)


# ---------------------------------------------------------------------------
# Reading together what was said on one day


def read_together(replay: Replay, spoken: Sequence[Mapping[Answer, Entry]]) -> None:
    """Apply: "What one party says on one topic on the same last day is read together".

    All of it is judged by the cells before the group, so the order never matters.
    """
    kept = [without_vaguer_repeats(said, replay) for said in spoken]
    explicit = {answer: together(said) for answer, said in by_answer(kept).items()}
    implied = implications(spoken, replay, explicit)
    withdraw(replay, {answer for answer, said in by_answer(kept).items() if is_withdrawn(said)})
    set_explicit(replay, explicit)
    imply(replay, implied)
    remember_demands(replay, kept)


def by_answer(kept: Iterable[Mapping[Answer, Entry]]) -> dict[Answer, list[Entry]]:
    """Group the entries of several statements by answer."""
    gathered: dict[Answer, list[Entry]] = {}
    for said in kept:
        for answer, entry in said.items():
            gathered.setdefault(answer, []).append(entry)
    return gathered


def without_vaguer_repeats(said: Mapping[Answer, Entry], replay: Replay) -> dict[Answer, Entry]:
    """Drop entries by the rule: "a vaguer repeat is no concession".

    "A demand for one of several options does not lift the party's own rejection in words of
    one of them where another of them is demanded already."
    """
    wanted = {answer for answer, entry in said.items() if entry.attitude == Attitude.DEMAND}
    demanded = {answer for answer in wanted if replay.cell(answer).attitude == Attitude.DEMAND}
    refused = {answer for answer in wanted if replay.explicit[answer].attitude == Attitude.REJECT}
    return {answer: said[answer] for answer in said if not (demanded and answer in refused)}


def together(said: Sequence[Entry]) -> Cell:
    """Combine entries: the lowest attitude counts, and the cell is disputed where levels differ.

    The cell rests on all statements of the day that name the answer. A withdrawn answer is
    silent; decided here: its silence rests on the statements that withdrew.
    """
    levels = {entry.attitude.level for entry in said}
    lowest = {entry.attitude for entry in said if entry.attitude.level == min(levels)}
    attitude = Attitude.DEMAND if Attitude.DEMAND in lowest else min(lowest)
    conditional = [entry.conditions for entry in said if entry.attitude == Attitude.CONDITIONAL]
    return Cell(
        Attitude.SILENT if attitude == Attitude.WITHDRAWN else attitude,
        disputed=len(levels) > 1,
        statements=frozenset(entry.statement for entry in said),
        conditions=joined(conditional) if attitude == Attitude.CONDITIONAL else frozenset(),
    )


def joined(conditions: Iterable[Alternatives]) -> Alternatives:
    """Combine by: "conditions are joined (all must hold)": one alternative of each."""
    return frozenset(frozenset().union(*choice) for choice in itertools.product(*conditions))


def set_explicit(replay: Replay, explicit: Mapping[Answer, Cell]) -> None:
    """Set explicit cells, which replace the previous ones altogether."""
    for answer, cell in explicit.items():
        replay.explicit[answer] = cell
        replay.implied.pop(answer, None)


# ---------------------------------------------------------------------------
# What demands imply, and how that is cleared


def demands(said: Mapping[Answer, Entry]) -> bool:
    """Whether a statement demands at least one answer."""
    return any(entry.attitude == Attitude.DEMAND for entry in said.values())


def implications(
    spoken: Iterable[Mapping[Answer, Entry]], replay: Replay, explicit: Collection[Answer]
) -> dict[Answer, frozenset[str]]:
    """Apply: "a demand excludes what it does not name"; "explicit beats implied".

    A vaguer repeat that was dropped counts as named.
    """
    implied: dict[Answer, frozenset[str]] = {}
    for said in filter(demands, spoken):
        statement = next(entry.statement for entry in said.values())
        for answer in replay.explicit.keys() - said.keys() - set(explicit):
            implied[answer] = implied.get(answer, frozenset()) | {statement}
    return implied


def imply(replay: Replay, implied: Mapping[Answer, frozenset[str]]) -> None:
    """Set implied rejections; an explicit one stays, and rests on both.

    Decided here: what a later demand implies replaces what an earlier one implied, also
    where there is an explicit rejection.
    """
    for answer, statements in implied.items():
        replay.implied[answer] = statements
        if replay.explicit[answer].attitude != Attitude.REJECT:
            replay.explicit[answer] = SILENCE


def is_withdrawn(said: Sequence[Entry]) -> bool:
    """Whether an answer is withdrawn: no entry of the day is lower."""
    return min(said, key=lambda entry: entry.attitude.level).attitude == Attitude.WITHDRAWN


def withdraw(replay: Replay, withdrawn: Collection[Answer]) -> None:
    """Apply: an implied rejection "falls with its demand when that is withdrawn".

    Only the whole demand falls: when the last answer of the latest demand is withdrawn.
    """
    struck = replay.demanded & set(withdrawn)
    replay.demanded -= struck
    if struck and not replay.demanded:
        replay.implied.clear()


def remember_demands(replay: Replay, kept: Sequence[Mapping[Answer, Entry]]) -> None:
    """Apply: "A new demanding group replaces the list" of demanded answers.

    Vaguer repeats are not counted.

    Decided here: an answer that is demanded and also rejected or withdrawn on that day is
    in the list, so that its later withdrawal clears what that demand implied.
    """
    demanded = {a for said in kept for a, e in said.items() if e.attitude == Attitude.DEMAND}
    replay.demanded = demanded or replay.demanded


def lapse(replay: Replay, said: Mapping[Answer, Entry]) -> None:
    """Clear acceptances: one "does not come back unsaid"; demands and rejections do.

    This holds for every option that the lapsed statement set, explicitly or by implication.
    """
    for answer in replay.explicit if demands(said) else said:
        if replay.explicit[answer].attitude in (Attitude.ACCEPT, Attitude.CONDITIONAL):
            replay.explicit[answer] = SILENCE


# ---------------------------------------------------------------------------
# Which statements count


def counts(document: Document, statement: Statement, asked: Asked) -> bool:
    """Whether a statement passes the filters and has started to count.

    Decided here: a statement that all its parties have inherited does not count at all, so
    it denies nothing.
    """
    return (
        starts(statement, asked.dates) <= asked.day
        and statement.attribution in asked.attributions
        and is_known(document, statement, asked)
        and is_fresh(statement, asked)
        and is_sure(statement, asked.confidence)
        and (asked.inherited or not is_all_inherited(document, statement, asked.day))
    )


def is_known(document: Document, statement: Statement, asked: Asked) -> bool:
    """Whether the rule holds: "`known_by` keeps statements with a source published by then".

    Decided here: a source with a vague date is known from its last day, regardless of `dates`.
    """
    sources = [source for source in document.sources if source.id in statement.sources]
    known = [known_from(source, statement, asked.undated) for source in sources]
    return asked.known_by is None or min(known) <= asked.known_by


def known_from(source: Source, statement: Statement, undated: Undated) -> dt.date:
    """Return the day from which a source is known: undated ones "count from `retrieved`"."""
    if source.published is not None:
        return source.published.latest
    if undated == "same_day" or source.retrieved is None:
        return statement.date.latest
    return source.retrieved.latest


def is_fresh(statement: Statement, asked: Asked) -> bool:
    """Whether a statement is not too old: "`max_age` drops older statements"."""
    return asked.max_age is None or (asked.day - statement.date.latest).days <= asked.max_age


def is_sure(statement: Statement, confidence: str | None) -> bool:
    """Whether a statement has at least this confidence; one without any does not."""
    if confidence is None:
        return True
    given = statement.confidence
    return given is not None and CONFIDENCE.index(given) >= CONFIDENCE.index(confidence)


def is_inherited(document: Document, statement: Statement, party: str, day: dt.date) -> bool:
    """Whether it was made before the latest mandate of this party that began by the day."""
    mandates = next(found.mandates for found in document.parties if found.id == party)
    begun = [mandate.from_.earliest for mandate in mandates if mandate.from_.earliest <= day]
    return bool(begun) and statement.date.latest < max(begun)


def is_all_inherited(document: Document, statement: Statement, day: dt.date) -> bool:
    """Whether every party to the statement has inherited it."""
    return all(is_inherited(document, statement, party, day) for party in statement.parties)


def is_denied(statement: Statement, counting: Sequence[Statement]) -> bool:
    """Whether another statement that counts, and is not denied itself, denies this one.

    Decided here: a claim denies only claims, because claims never remove own statements.
    """
    return any(
        statement.id in denier.denies
        and (denier.attribution != "claimed" or statement.attribution == "claimed")
        and not is_denied(denier, counting)
        for denier in counting
    )


# ---------------------------------------------------------------------------
# What a statement says


def entries(
    statement: Statement, topic: Topic, possible: Collection[Answer]
) -> dict[Answer, Entry]:
    """Return the entries of a statement: one for each answer that it names.

    "A key inside another wins over it; keys that only partly overlap must agree".
    """
    reach = {key: {a for a in possible if names(topic, key, a)} for key in statement.says}
    said = {}
    for answer in set().union(*reach.values()):
        holding = [key for key in reach if answer in reach[key]]
        inner = [key for key in holding if not any(reach[k] < reach[key] for k in holding)]
        said[answer] = Entry(statement.id, statement.says[inner[0]], alternatives(statement, inner))
    return said


def alternatives(statement: Statement, keys: Collection[str]) -> Alternatives:
    """List the alternative groups of conditions that a statement gives for its keys."""
    return frozenset(
        frozenset(group.all) for group in statement.conditions if set(group.for_) & set(keys)
    )


def names(topic: Topic, key: str, answer: Answer) -> bool:
    """Whether a key of `says` names an answer; intervals never name named options."""
    options = [option.id for option in topic.options]
    if key == "*":
        return True
    if isinstance(answer, Decimal):
        return key not in options and in_interval(answer, key)
    if topic.kind == "ordinal" and ".." in key:
        first, last = key.split("..")
        low = options.index(first) if first else 0
        high = options.index(last) if last else len(options)
        return low <= options.index(answer) <= high
    return key == answer


def in_interval(number: Decimal, key: str) -> bool:
    """Whether a number lies in a written interval; `<` at an end excludes it."""
    if ".." not in key:
        return number == Decimal(key)
    low, high = key.split("..")
    if low and number <= Decimal(low.strip("<")):
        return low == low.strip("<") and number == Decimal(low)
    if high and number >= Decimal(high.strip("<")):
        return high == high.strip("<") and number == Decimal(high)
    return True


# ---------------------------------------------------------------------------
# The answers to a topic


def answers(document: Document, topic: str) -> list[Answer]:
    """List the answers to a topic: its options, then one number for each run of equivalents.

    These are every number that is named and one between any two neighbours; no record
    distinguishes any other numbers.
    """
    found = topic_of(document, topic)
    options: list[Answer] = [option.id for option in found.options]
    if found.kind != "quantity":
        return options
    keys = [key for key in keys_on(document, topic) if key not in options and key != "*"]
    numbers = telling_numbers([found.domain, *keys])
    return options + [number for number in numbers if in_interval(number, found.domain)]


def telling_numbers(keys: Iterable[str]) -> list[Decimal]:
    """List the numbers that keys name, one between any two neighbours, and one beyond each end."""
    ends = [Decimal(end) for key in keys for end in re.findall(r"-?\d+(?:\.\d+)?", key)]
    named = sorted(set(ends)) or [Decimal(0)]
    with localcontext() as context:
        context.prec = 100
        between = [(low + high) / 2 for low, high in itertools.pairwise(named)]
        return sorted([named[0] - 1, *named, *between, named[-1] + 1])


def keys_on(document: Document, topic: str) -> Iterator[str]:
    """Yield all keys of statements, proposals and their conditions on a topic."""
    for statement in document.statements:
        yield from statement.says if statement.topic == topic else ()
        for group in statement.conditions:
            yield from asked_for(group.all, topic)
    for proposal in document.proposals:
        for term in proposal.terms:
            yield from term.options if term.topic == topic else ()
            yield from asked_for(term.conditions, topic)


def asked_for(conditions: Iterable[Condition], topic: str) -> Iterator[str]:
    """Yield the options of a topic that conditions ask for."""
    for condition in conditions:
        yield from condition.options if condition.topic == topic else ()


def topic_of(document: Document, topic: str) -> Topic:
    """Find a topic by its id."""
    return next(found for found in document.topics if found.id == topic)


# ---------------------------------------------------------------------------
# Relations


def slow_relation(
    cells_by_party: Mapping[str, Mapping[Answer, Cell]],
) -> tuple[TopicRelation, dict[Answer, Class], bool]:
    """Return the relation on a topic, the class of each answer, and whether parties are apart."""
    stances = list(cells_by_party.values())
    classes = {answer: class_of([cells[answer] for cells in stances]) for answer in stances[0]}
    relation = relation_of(stances, set(classes.values()))
    return relation, classes, relation == "open" and are_apart(stances)


def class_of(cells: Sequence[Cell]) -> Class:
    """Return the class of an answer: "exactly one of the four".

    "*blocked* if any rejects it; *agreed* if all demand or accept it; *conditional* if all
    affirm it, some only conditionally; else *open*".
    """
    if any(cell.attitude == Attitude.REJECT for cell in cells):
        return "blocked"
    if all(cell.attitude in (Attitude.DEMAND, Attitude.ACCEPT) for cell in cells):
        return "agreed"
    return "conditional" if all(cell.attitude in AFFIRMED for cell in cells) else "open"


def relation_of(stances: Sequence[Mapping[Answer, Cell]], classes: set[Class]) -> TopicRelation:
    """Return the relation on a topic.

    "`silent` / `one_sided` if fewer than two have spoken; else `agreed` if any option is;
    else `conditional`; else `deadlock` if every option is blocked; else `open`".
    """
    spoken = sum(any(c.attitude != Attitude.SILENT for c in cells.values()) for cells in stances)
    if spoken < 2:
        return "one_sided" if spoken else "silent"
    if "agreed" in classes:
        return "agreed"
    if "conditional" in classes:
        return "conditional"
    return "deadlock" if classes == {"blocked"} else "open"


def are_apart(stances: Sequence[Mapping[Answer, Cell]]) -> bool:
    """Whether two parties "affirm something but no option is affirmed by both".

    Decided here: of more than two parties, one such pair is enough, since it leaves no room
    for an agreement of all.
    """
    affirmed = [{a for a, cell in cells.items() if cell.attitude in AFFIRMED} for cells in stances]
    pairs = itertools.combinations(filter(None, affirmed), 2)
    return any(not one & other for one, other in pairs)
