"""Checks of records against one another, which yield every fault with its path."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import attrs

from positions.errors import Fault, InvalidInputError, UnknownNameError, nearest
from positions.records.attitudes import Attitude
from positions.records.intervals import parse_interval
from positions.records.models import (
    KINDS,
    SCHEMA_VERSION,
    Condition,
    Document,
    Event,
    Party,
    Proposal,
    Statement,
    Topic,
)
from positions.records.scales import WHOLE_TOPIC, Scale, scales_of

TOO_FEW = "wanted at least two options"
"""Start of the fault of a topic that has too few options."""


@attrs.frozen
class FileContext:
    """The file of a document, some records of which could not be read.

    `places`: the index in the file of each record, by kind. `broken`: the ids of the
    records that could not be read, by kind; a reference to them is no further fault.
    """

    places: Mapping[str, Sequence[int]] = attrs.field(factory=dict)
    broken: Mapping[str, frozenset[str]] = attrs.field(factory=dict)

    def path(self, kind: str, number: int) -> str:
        """Return the path of a record, such as `statements[12]`."""
        return f"{kind}[{self.places[kind][number] if kind in self.places else number}]"


def check(document: Document, context: FileContext | None = None) -> tuple[Fault, ...]:
    """Find every fault of the records of a document beyond those of single fields.

    Arguments:
        document: the records.
        context: their file, if some of its records could not be read.

    Returns:
        The faults in the order of the file, each with its path; empty if there are none.
    """
    checker = _Checker(document, context or FileContext())
    return tuple(checker.faults())


def version_fault(version: str) -> Fault | None:
    """Return the fault of a format version that this library does not read, else None."""
    if version.split(".")[0] == SCHEMA_VERSION.split(".")[0]:
        return None
    newer = int(version.split(".")[0]) > int(SCHEMA_VERSION.split(".")[0])
    advice = "upgrade positions" if newer else "convert the file to the current format"
    wanted = f"wanted {SCHEMA_VERSION.split('.')[0]}.x, found {version}"
    return Fault("schema_version", wanted, advice)


def _head_faults(document: Document) -> Iterator[Fault]:
    """Yield the faults of the format version, and of a head that does not fit this version.

    Format 1.0 had no `authors` and required `evidence_until`.
    """
    fault = version_fault(document.schema_version)
    if fault is not None:
        yield fault
    elif int(document.schema_version.split(".")[1]) < 1:
        if "authors" in document.model_fields_set:
            advice = "set schema_version to 1.1, which has it"
            yield Fault("authors", "is not a field of format 1.0", advice)
        if document.evidence_until is None:
            advice = "add it, or set schema_version to 1.1, where it is optional"
            yield Fault("evidence_until", "is missing", advice)


def _topic_faults(topic: Topic, path: str) -> Iterator[Fault]:
    for name, count in Counter(option.id for option in topic.options).items():
        if count > 1:
            yield Fault(f"{path}.options", f"{count} options have the id {name!r}")
    yield from _kind_faults(topic, path)


def _kind_faults(topic: Topic, path: str) -> Iterator[Fault]:
    placed = [option.at for option in topic.options if option.at is not None]
    if topic.kind != "quantity":
        if len(topic.options) < 2:
            yield Fault(f"{path}.options", f"{TOO_FEW}, found {len(topic.options)}")
        if topic.unit is not None or topic.span is not None:
            yield Fault(
                path,
                f"`unit` and `span` are only for quantity topics, not {topic.kind} ones",
            )
    elif topic.unit is None:
        yield Fault(f"{path}.unit", "a quantity topic needs the unit of its numbers")
    if placed and (topic.kind != "ordinal" or len(placed) < len(topic.options)):
        yield Fault(f"{path}.options", "wanted `at` on all options of an ordinal topic, or on none")
    if placed and any(low >= high for low, high in pairwise(placed)):
        yield Fault(
            f"{path}.options", f"wanted `at` to increase in the order of options, found {placed}"
        )
    try:
        parse_interval(topic.domain)
    except InvalidInputError as error:
        yield Fault(f"{path}.domain", str(error))


@attrs.frozen
class _Checker:
    """Checks the records of one document."""

    document: Document
    context: FileContext

    @functools.cached_property
    def scales(self) -> dict[str, Scale]:
        """Scales of the topics that have no fault themselves."""
        valid = [t for t in self.document.topics if not any(_topic_faults(t, ""))]
        return scales_of(self.document.model_copy(update={"topics": tuple(valid)}))

    @functools.cached_property
    def known(self) -> dict[str, frozenset[str]]:
        return {
            kind: frozenset(record.id for record in getattr(self.document, kind))
            | self.context.broken.get(kind, frozenset())
            for kind in KINDS
        }

    def faults(self) -> Iterator[Fault]:
        yield from _head_faults(self.document)
        for kind in KINDS:
            yield from self.repeated(kind)
            for number, record in enumerate(getattr(self.document, kind)):
                yield from self.of_record(record, self.context.path(kind, number))
        yield from self.denial_cycles()

    def repeated(self, kind: str) -> Iterator[Fault]:
        """Yield a fault for each id that an earlier record of the kind has."""
        first: dict[str, int] = {}
        for number, record in enumerate(getattr(self.document, kind)):
            if record.id in first:
                other = self.context.path(kind, first[record.id])
                path = f"{self.context.path(kind, number)}.id"
                yield Fault(
                    path, f"{record.id!r} is also the id of {other}", "ids are never reused"
                )
            first.setdefault(record.id, number)

    def of_record(self, record: object, path: str) -> Iterator[Fault]:
        """Yield the faults of one record, mainly in its references to others."""
        match record:
            case Party():
                yield from self.named("parties", record.members, f"{path}.members")
            case Topic():
                yield from _topic_faults(record, path)
            case Statement():
                yield from self.of_statement(record, path)
            case Proposal():
                yield from self.of_proposal(record, path)
            case Event():
                yield from self.named("parties", record.parties, f"{path}.parties")
                yield from self.named("topics", record.topics, f"{path}.topics")
                yield from self.named("sources", record.sources, f"{path}.sources")
            case _:
                return

    def named(self, kind: str, names: Iterable[str], path: str) -> Iterator[Fault]:
        """Yield a fault for each id that no record of the kind has."""
        known = self.known[kind]
        for name in names:
            if name not in known:
                near = nearest(name, known)
                advice = f"did you mean {near!r}?" if near else ""
                yield Fault(path, f"{name!r} is not among the {kind}", advice)

    def of_statement(self, statement: Statement, path: str) -> Iterator[Fault]:
        claimants = [statement.claimed_by] if statement.claimed_by is not None else []
        yield from self.named("parties", statement.parties, f"{path}.parties")
        yield from self.named("parties", claimants, f"{path}.claimed_by")
        yield from self.named("sources", statement.sources, f"{path}.sources")
        yield from self.named("statements", statement.denies, f"{path}.denies")
        for number, group in enumerate(statement.conditions):
            yield from self.of_conditions(group.all, f"{path}.conditions[{number}].all")
        yield from self.of_keys(statement.topic, statement.says, path, "says")
        if len(statement.says) > 1 and statement.topic in self.scales:
            yield from _says_faults(self.scales[statement.topic], statement, path)

    def of_keys(self, topic: str, keys: Iterable[str], path: str, field: str) -> Iterator[Fault]:
        """Yield the faults of a topic that does not exist, or of keys that are not valid on it."""
        yield from self.named("topics", [topic], f"{path}.topic")
        if topic in self.scales:
            for key in keys:
                if key == WHOLE_TOPIC and field != "says":
                    yield Fault(f"{path}.{field}", "'*', the whole topic, can only be withdrawn")
                yield from _key_fault(self.scales[topic], key, f"{path}.{field}.{key}")

    def of_conditions(self, conditions: Iterable[Condition], path: str) -> Iterator[Fault]:
        for number, condition in enumerate(conditions):
            place = f"{path}[{number}]"
            if condition.topic is not None:
                yield from self.of_keys(condition.topic, condition.options, place, "options")
            elif condition.proposal is not None:
                yield from self.named("proposals", [condition.proposal], f"{place}.proposal")

    def of_proposal(self, proposal: Proposal, path: str) -> Iterator[Fault]:
        yield from self.named("parties", proposal.sponsors, f"{path}.sponsors")
        yield from self.named("sources", proposal.sources, f"{path}.sources")
        for number, term in enumerate(proposal.terms):
            place = f"{path}.terms[{number}]"
            variants = [term.by] if term.by is not None else []
            yield from self.of_keys(term.topic, term.options, place, "options")
            yield from self.of_conditions(term.conditions, f"{place}.conditions")
            yield from self.named("parties", variants, f"{place}.by")

    def denial_cycles(self) -> Iterator[Fault]:
        """Yield a fault for each statement whose denials lead into a cycle."""
        statements = self.document.statements
        places = {statement.id: i for i, statement in enumerate(statements)}
        denied = {s.id: {n for n in s.denies if n in places} for s in statements if s.denies}
        order = TopologicalSorter(denied)
        with suppress(CycleError):
            order.prepare()
        while free := order.get_ready():
            order.done(*free)
            for name in free:
                denied.pop(name, None)
        for name in denied:
            path = f"{self.context.path('statements', places[name])}.denies"
            yield Fault(path, f"the denials of {name!r} lead in a circle", "remove one of them")


def _key_fault(scale: Scale, key: str, path: str) -> Iterator[Fault]:
    try:
        scale.columns(key)
    except (UnknownNameError, InvalidInputError) as error:
        yield Fault(path, str(error))


def _says_faults(scale: Scale, statement: Statement, path: str) -> Iterator[Fault]:
    """Yield the fault of keys of one statement that contradict one another."""
    try:
        deciding = scale.resolve(statement.says)
    except UnknownNameError:
        return
    except InvalidInputError as error:
        if not any(_fails(scale.columns, key) for key in statement.says):
            yield Fault(f"{path}.says", str(error))
        return
    for keys in deciding.values():
        groups = {key: [key in group.for_ for group in statement.conditions] for key in keys}
        if (
            statement.says[keys[0]] == Attitude.CONDITIONAL
            and len({tuple(groups[key]) for key in keys}) > 1
        ):
            yield Fault(
                f"{path}.conditions", f"{' and '.join(keys)} overlap, so they need the same groups"
            )
            return


def _fails(action: Callable[[str], object], key: str) -> bool:
    try:
        action(key)
    except (UnknownNameError, InvalidInputError):
        return True
    return False
