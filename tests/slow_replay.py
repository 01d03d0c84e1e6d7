"""The replay of statements, told slowly: the specification that the fast one is held against.

Plain dictionaries and lists, one short function a rule, nothing taken from the library but
the records. The rules are those of docs/meanings.md; phrases in quotes are their short form.
Where a rule left something open, the docstring says "Decided here".
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
"""An option, or on quantity topics a number that stands for all numbers like it."""
Alternatives = frozenset[frozenset[Condition]]
"""Alternative groups of conditions; all conditions of one group must hold."""
Dates = Literal["latest", "earliest"]
"""Whether a vague date counts from its last or from its first day."""
Undated = Literal["retrieved", "same_day"]
"""Whether an undated source is known from its retrieval, or from the day of what it tells."""
Class = Literal["agreed", "conditional", "blocked", "open"]
"""How several parties stand to one answer."""
TopicRelation = Literal["silent", "one_sided", "agreed", "conditional", "deadlock", "open"]
"""How several parties stand to one another on a topic."""

CONFIDENCE = ("low", "medium", "high")
"""How sure the coder is, rising."""
AFFIRMED = (Attitude.DEMAND, Attitude.ACCEPT, Attitude.CONDITIONAL)
"""To affirm is to demand, to accept, or to accept conditionally."""


@dataclasses.dataclass(frozen=True)
class Cell:
    """What one party says of one answer on one day, and the statements this rests on."""

    attitude: Attitude = Attitude.SILENT
    implied: bool = False
    disputed: bool = False
    claimed: bool = False
    statements: frozenset[str] = frozenset()
    conditions: Alternatives = frozenset()


SILENCE = Cell()
"""Nothing was said, or nothing is left of it."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """What one statement says in words of one answer."""

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


class Standing:
    """What stands of one party's words on one topic, while its statements are read in order."""

    def __init__(self, possible: Iterable[Answer]) -> None:
        """Begin in silence."""
        self.words: dict[Answer, Cell] = dict.fromkeys(possible, SILENCE)
        self.implied: dict[Answer, frozenset[str]] = {}
        self.demanded: set[Answer] = set()

    def cell(self, answer: Answer) -> Cell:
        """Put together what was said in words and what demands imply.

        "An implied rejection never replaces an explicit one (the cell then rests on both)".
        """
        words, implying = self.words[answer], self.implied.get(answer, frozenset())
        if words.attitude == Attitude.REJECT:
            return dataclasses.replace(words, statements=words.statements | implying)
        if implying:
            return Cell(Attitude.REJECT, implied=True, statements=implying)
        return words


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
    """Tell what one party says of every answer to a topic on a day, in its own words first.

    Filters choose statements before the replay; denials come second, so that deniers
    which the filters leave out deny nothing.
    """
    asked = Asked(
        day, dates, known_by, undated, max_age, frozenset(attributions), confidence, inherited
    )
    heard = [statement for statement in document.statements if is_heard(document, statement, asked)]
    spoken = [
        statement
        for statement in heard
        if party in statement.parties
        and statement.topic == topic
        and (inherited or not is_inherited(document, statement, party, day))
        and not is_denied(statement, heard)
    ]
    own = replayed(document, topic, [s for s in spoken if s.attribution != "claimed"], day)
    claims = replayed(document, topic, [s for s in spoken if s.attribution == "claimed"], day)
    return {answer: filled(own[answer], claims[answer]) for answer in own}


def filled(own: Cell, claim: Cell) -> Cell:
    """Claims "fill only cells on which the party's own words leave silence"."""
    if own.attitude == Attitude.SILENT and claim.attitude != Attitude.SILENT:
        return dataclasses.replace(claim, claimed=True)
    return own


def replayed(
    document: Document, topic: str, statements: Sequence[Statement], day: dt.date
) -> dict[Answer, Cell]:
    """The rule: "Later days override earlier ones option by option"; lapses come first."""
    question, standing = topic_of(document, topic), Standing(answers(document, topic))
    for group in groups(statements):
        for statement in group:
            if lapsed(statement, day):
                lapse(standing, entries(statement, question, standing.words))
        in_force = [statement for statement in group if not lapsed(statement, day)]
        read_together(standing, [entries(s, question, standing.words) for s in in_force])
    return {answer: standing.cell(answer) for answer in standing.words}


# ---------------------------------------------------------------------------
# When a statement counts


def starts(statement: Statement, dates: Dates) -> dt.date:
    """Count from the last day it can have been made, and not before its `from`."""
    spans = [statement.date, statement.from_ or statement.date]
    return max(span.latest if dates == "latest" else span.earliest for span in spans)


def lapsed(statement: Statement, day: dt.date) -> bool:
    """A statement lapses after its `until`, which counts as its last day."""
    return statement.until is not None and statement.until.latest < day


def groups(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Order by first day, the vaguer first; what has the same span is read together.

    So a vague word never overrides "what was said on a better known day within its span".
    """
    places = {s.id: (s.date.earliest, -s.date.latest.toordinal()) for s in statements}
    in_order = sorted(statements, key=lambda s: (places[s.id], s.id))
    for _, group in itertools.groupby(in_order, key=lambda s: places[s.id]):
        yield list(group)


# ---------------------------------------------------------------------------
# Reading together what was said on one day


def read_together(standing: Standing, spoken: Sequence[Mapping[Answer, Entry]]) -> None:
    """The rule: "What one party says on one topic on the same last day is read together".

    All is judged by the cells as they stood before, so the order never matters.
    """
    heard = [without_vaguer_repeats(said, standing) for said in spoken]
    words = {answer: together(said) for answer, said in by_answer(heard).items()}
    implied = implications(spoken, standing, words)
    withdraw(standing, {answer for answer, said in by_answer(heard).items() if is_withdrawn(said)})
    say(standing, words)
    imply(standing, implied)
    remember_demands(standing, heard)


def by_answer(heard: Iterable[Mapping[Answer, Entry]]) -> dict[Answer, list[Entry]]:
    """Gather what several statements say of each answer."""
    gathered: dict[Answer, list[Entry]] = {}
    for said in heard:
        for answer, entry in said.items():
            gathered.setdefault(answer, []).append(entry)
    return gathered


def without_vaguer_repeats(said: Mapping[Answer, Entry], standing: Standing) -> dict[Answer, Entry]:
    """The rule: "a vaguer repeat is no concession".

    "A demand for one of several options does not lift the party's own rejection in words of
    one of them where another of them is demanded already."
    """
    wanted = {answer for answer, entry in said.items() if entry.attitude == Attitude.DEMAND}
    demanded = {answer for answer in wanted if standing.cell(answer).attitude == Attitude.DEMAND}
    refused = {answer for answer in wanted if standing.words[answer].attitude == Attitude.REJECT}
    return {answer: said[answer] for answer in said if not (demanded and answer in refused)}


def together(said: Sequence[Entry]) -> Cell:
    """Of explicit attitudes the lowest counts; disputed where they differ.

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
    """The rule: "conditions are joined (all must hold)": one alternative of each."""
    return frozenset(frozenset().union(*choice) for choice in itertools.product(*conditions))


def say(standing: Standing, words: Mapping[Answer, Cell]) -> None:
    """An explicit word replaces the cell altogether."""
    for answer, cell in words.items():
        standing.words[answer] = cell
        standing.implied.pop(answer, None)


# ---------------------------------------------------------------------------
# What demands imply, and how that falls


def demands(said: Mapping[Answer, Entry]) -> bool:
    """A statement demands if it demands at least one answer."""
    return any(entry.attitude == Attitude.DEMAND for entry in said.values())


def implications(
    spoken: Iterable[Mapping[Answer, Entry]], standing: Standing, words: Collection[Answer]
) -> dict[Answer, frozenset[str]]:
    """The rule: "a demand excludes what it does not name"; "explicit beats implied".

    A vaguer repeat that was dropped counts as named.
    """
    implied: dict[Answer, frozenset[str]] = {}
    for said in filter(demands, spoken):
        statement = next(entry.statement for entry in said.values())
        for answer in standing.words.keys() - said.keys() - set(words):
            implied[answer] = implied.get(answer, frozenset()) | {statement}
    return implied


def imply(standing: Standing, implied: Mapping[Answer, frozenset[str]]) -> None:
    """A rejection in words stays, and rests on both; anything else becomes implied.

    Decided here: what a later demand implies replaces what an earlier one implied, beside a
    rejection in words as elsewhere.
    """
    for answer, statements in implied.items():
        standing.implied[answer] = statements
        if standing.words[answer].attitude != Attitude.REJECT:
            standing.words[answer] = SILENCE


def is_withdrawn(said: Sequence[Entry]) -> bool:
    """An answer is withdrawn if nothing lower is said of it on that day."""
    return min(said, key=lambda entry: entry.attitude.level).attitude == Attitude.WITHDRAWN


def withdraw(standing: Standing, withdrawn: Collection[Answer]) -> None:
    """An implied rejection "falls with its demand when that is withdrawn".

    It is the whole demand that falls: when the last answer is struck that the latest
    demand asked for.
    """
    struck = standing.demanded & set(withdrawn)
    standing.demanded -= struck
    if struck and not standing.demanded:
        standing.implied.clear()


def remember_demands(standing: Standing, heard: Sequence[Mapping[Answer, Entry]]) -> None:
    """The rule: "A new demanding group replaces the list" of what is demanded.

    Vaguer repeats are not counted.

    Decided here: what is demanded and also refused or withdrawn on that day stands in the
    list, so that a later withdrawal of it takes back what that demand implied.
    """
    demanded = {a for said in heard for a, e in said.items() if e.attitude == Attitude.DEMAND}
    standing.demanded = demanded or standing.demanded


def lapse(standing: Standing, said: Mapping[Answer, Entry]) -> None:
    """Demands and rejections stand again, an acceptance "does not come back unsaid".

    So for every option the lapsed statement set, named or implied.
    """
    for answer in standing.words if demands(said) else said:
        if standing.words[answer].attitude in (Attitude.ACCEPT, Attitude.CONDITIONAL):
            standing.words[answer] = SILENCE


# ---------------------------------------------------------------------------
# Which statements are heard


def is_heard(document: Document, statement: Statement, asked: Asked) -> bool:
    """Filters choose the statements; one that does not count yet is not heard either.

    Decided here: what is inherited by all its parties is not heard at all, so denies nothing.
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
    """The rule: "`known_by` keeps statements with a source published by then".

    Decided here: the last day that the date of a source can mean, whatever `dates` says.
    """
    sources = [source for source in document.sources if source.id in statement.sources]
    known = [known_from(source, statement, asked.undated) for source in sources]
    return asked.known_by is None or min(known) <= asked.known_by


def known_from(source: Source, statement: Statement, undated: Undated) -> dt.date:
    """The rule: "undated sources count from `retrieved`; "same_day" for the other reading"."""
    if source.published is not None:
        return source.published.latest
    if undated == "same_day" or source.retrieved is None:
        return statement.date.latest
    return source.retrieved.latest


def is_fresh(statement: Statement, asked: Asked) -> bool:
    """The rule: "`max_age` drops older words, refusals included"."""
    return asked.max_age is None or (asked.day - statement.date.latest).days <= asked.max_age


def is_sure(statement: Statement, confidence: str | None) -> bool:
    """Confidence is a floor, which a statement without one does not reach."""
    if confidence is None:
        return True
    given = statement.confidence
    return given is not None and CONFIDENCE.index(given) >= CONFIDENCE.index(confidence)


def is_inherited(document: Document, statement: Statement, party: str, day: dt.date) -> bool:
    """Said before the latest mandate of this party that has begun by the day asked."""
    mandates = next(found.mandates for found in document.parties if found.id == party)
    begun = [mandate.from_.earliest for mandate in mandates if mandate.from_.earliest <= day]
    return bool(begun) and statement.date.latest < max(begun)


def is_all_inherited(document: Document, statement: Statement, day: dt.date) -> bool:
    """Tell whether every party to the statement has only inherited it."""
    return all(is_inherited(document, statement, party, day) for party in statement.parties)


def is_denied(statement: Statement, heard: Sequence[Statement]) -> bool:
    """What a statement denies is left out from the day the denier starts to count.

    Unless the denier is denied itself. Decided here: a claim denies only claims, because
    claims never take away own words.
    """
    return any(
        statement.id in denier.denies
        and (denier.attribution != "claimed" or statement.attribution == "claimed")
        and not is_denied(denier, heard)
        for denier in heard
    )


# ---------------------------------------------------------------------------
# What a statement says


def entries(
    statement: Statement, topic: Topic, possible: Collection[Answer]
) -> dict[Answer, Entry]:
    """Tell what a statement says in words of each answer that it names.

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
    """Tell whether a key of `says` names an answer; intervals never name named options."""
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
    """Tell whether a number lies in a written interval; `<` beside an end excludes it."""
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
    """List the answers to a topic: its options, then one number for each run of like numbers.

    Every number that is named and one between any two neighbours: what is said of these
    is said of all numbers, because nobody tells the others apart.
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
    """Go through all that statements, proposals and their conditions name on a topic."""
    for statement in document.statements:
        yield from statement.says if statement.topic == topic else ()
        for group in statement.conditions:
            yield from asked_for(group.all, topic)
    for proposal in document.proposals:
        for term in proposal.terms:
            yield from term.options if term.topic == topic else ()
            yield from asked_for(term.conditions, topic)


def asked_for(conditions: Iterable[Condition], topic: str) -> Iterator[str]:
    """Go through the options of a topic that conditions ask for."""
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
    """Tell how parties stand to one another on a topic, to each answer, and whether apart."""
    stances = list(cells_by_party.values())
    classes = {answer: class_of([cells[answer] for cells in stances]) for answer in stances[0]}
    relation = relation_of(stances, set(classes.values()))
    return relation, classes, relation == "open" and are_apart(stances)


def class_of(cells: Sequence[Cell]) -> Class:
    """Class an answer: "exactly one of the four".

    "*blocked* if any rejects it; *agreed* if all demand or accept it; *conditional* if all
    affirm it, some only conditionally; else *open*".
    """
    if any(cell.attitude == Attitude.REJECT for cell in cells):
        return "blocked"
    if all(cell.attitude in (Attitude.DEMAND, Attitude.ACCEPT) for cell in cells):
        return "agreed"
    return "conditional" if all(cell.attitude in AFFIRMED for cell in cells) else "open"


def relation_of(stances: Sequence[Mapping[Answer, Cell]], classes: set[Class]) -> TopicRelation:
    """Name the relation on a topic.

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
    """Find two parties who "affirm something but no option is affirmed by both".

    Decided here: of more than two parties, one such pair is enough: with them at the table
    there is no room for agreement.
    """
    affirmed = [{a for a, cell in cells.items() if cell.attitude in AFFIRMED} for cells in stances]
    pairs = itertools.combinations(filter(None, affirmed), 2)
    return any(not one & other for one, other in pairs)
