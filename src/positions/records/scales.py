"""The answers to the question of one topic, arranged as columns.

Each option is one column. On a quantity topic each atom of the domain is one column,
in order, before the columns of the named options.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from positions.errors import InvalidInputError, UnknownNameError
from positions.records.attitudes import Attitude
from positions.records.intervals import (
    Interval,
    atoms,
    distance,
    joined,
    parse_interval,
    plain_number,
)
from positions.records.models import Condition, Document, Topic

WHOLE_TOPIC = "*"
"""The key that names every option of a topic."""


@attrs.frozen(cache_hash=True)
class Scale:
    """One topic and its columns: `numbers` (atoms, in order), then the named options."""

    topic: Topic
    numbers: tuple[Interval, ...] = ()

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """Ids of the options, in the order of the file."""
        return tuple(option.id for option in self.topic.options)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.numbers) + len(self.names)

    @functools.cached_property
    def _place(self) -> dict[str, int]:
        return {name: len(self.numbers) + i for i, name in enumerate(self.names)}

    @functools.cached_property
    def _domain(self) -> Interval:
        return parse_interval(self.topic.domain)

    def columns(self, key: str) -> range:
        """Find the columns that a key of `says` names; an interval names all atoms it overlaps.

        Raises:
            UnknownNameError: the topic has no such option.
            InvalidInputError: the key is not a range or interval, or is out of order or domain.
        """
        if not isinstance(key, str):
            raise InvalidInputError(
                f"option of {self.topic.id}", "text", key, f"write {str(key)!r}"
            )
        if key in self._place:
            return range(self._place[key], self._place[key] + 1)
        if key == WHOLE_TOPIC:
            return range(self.width)
        if self.topic.kind == "quantity":
            return self._number_columns(key)
        if self.topic.kind == "ordinal" and ".." in key:
            return self._range_columns(key)
        raise UnknownNameError(f"option of {self.topic.id}", key, self.names)

    def _number_columns(self, key: str) -> range:
        if not any(character.isdigit() for character in key) and ".." not in key:
            raise UnknownNameError(f"option of {self.topic.id}", key, self.names)
        interval = parse_interval(key)
        if not _in_domain(interval, self._domain):
            raise InvalidInputError(
                f"number on {self.topic.id}", f"a number within {self.topic.domain}", key
            )
        met = [i for i, atom in enumerate(self.numbers) if atom.meets(interval)]
        return range(met[0], met[-1] + 1)

    def _range_columns(self, key: str) -> range:
        first, _, last = key.partition("..")
        low = self._end_column(first, 0)
        high = self._end_column(last, self.width - 1)
        if low > high:
            raise InvalidInputError(
                f"range on {self.topic.id}", f"ends in the order {', '.join(self.names)}", key
            )
        return range(low, high + 1)

    def _end_column(self, name: str, default: int) -> int:
        if not name:
            return default
        if name not in self._place:
            raise UnknownNameError(f"option of {self.topic.id}", name, self.names)
        return self._place[name]

    def columns_of(self, keys: Iterable[str]) -> frozenset[int]:
        """Find the columns that any of several keys names."""
        return frozenset(column for key in keys for column in self.columns(key))

    def resolve(self, says: Mapping[str, Attitude]) -> dict[int, tuple[str, ...]]:
        """Return the keys that decide each named column: the innermost ones.

        Raises:
            InvalidInputError: two keys that overlap only partly have different attitudes.
        """
        named = {key: frozenset(self.columns(key)) for key in says}
        if all(len(columns) == 1 for columns in named.values()):
            return self._agreed({min(columns): (key,) for key, columns in named.items()}, says)
        deciding = {
            column: _innermost(column, named)
            for column in sorted(frozenset().union(*named.values()))
        }
        return self._agreed(deciding, says)

    def _agreed(
        self, deciding: dict[int, tuple[str, ...]], says: Mapping[str, Attitude]
    ) -> dict[int, tuple[str, ...]]:
        for keys in deciding.values():
            if len({says[key] for key in keys}) > 1:
                raise InvalidInputError(
                    f"overlapping keys of {self.topic.id}",
                    "the same attitude, or one key inside the other",
                    ", ".join(keys),
                )
        return deciding

    def spans(self, alike: Sequence[Hashable]) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Yield the columns as results show them, with equal adjacent numbers as one interval.

        Arguments:
            alike: one value per column; adjacent numbers with equal values are merged.

        Yields:
            The option or interval as text, and its columns.
        """
        start = 0
        for column in range(1, len(self.numbers) + 1):
            if column == len(self.numbers) or alike[column] != alike[start]:
                run = tuple(range(start, column))
                yield self.written(run), run
                start = column
        for name, column in self._place.items():
            yield name, (column,)

    def written(self, run: Sequence[int]) -> str:
        """Return consecutive number columns as an interval, unbounded where the domain ends."""
        interval = joined([self.numbers[column] for column in run])
        if interval.low == self._domain.low and not interval.low_open and len(run) > 1:
            interval = attrs.evolve(interval, low=None)
        if interval.high == self._domain.high and not interval.high_open and len(run) > 1:
            interval = attrs.evolve(interval, high=None)
        return str(interval)

    def show(self, key: str) -> str:
        """Return the name of an option, or a number with its unit."""
        for option in self.topic.options:
            if option.id == key:
                return option.name
        if self.topic.kind == "quantity":
            return " ".join(filter(None, (_interval_text(parse_interval(key)), self.topic.unit)))
        return key

    def quote(self, key: str) -> str:
        """Return an option for use in a sentence: a name in quotation marks, a number as it is."""
        return f"“{self.show(key)}”" if key in self._place else self.show(key)

    @functools.cached_property
    def coordinates(self) -> tuple[Fraction, ...]:
        """Coordinates of the options of an ordinal topic: as given, else equally spaced in [0, 1].

        They are exact, so that steps of equal width have equal distances.
        """
        given = [option.at for option in self.topic.options if option.at is not None]
        if len(given) == len(self.names):
            return tuple(Fraction(str(place)) for place in given)
        return tuple(Fraction(place, max(1, self.width - 1)) for place in range(self.width))

    def distance(self, one: int, other: int) -> int | float | None:
        """Return the distance between two columns; None if it is undefined.

        Numbers: in the unit, 0 if two open intervals touch. Ordinal: between the
        coordinates. Nominal: 1. A named option has no distance to a number.
        """
        if one == other:
            return 0
        if self.topic.kind == "ordinal":
            return float(abs(self.coordinates[one] - self.coordinates[other]))
        if self.topic.kind == "nominal":
            return 1
        if max(one, other) >= len(self.numbers):
            return None
        return plain_number(distance(self.numbers[one], self.numbers[other]))


def _in_domain(interval: Interval, domain: Interval) -> bool:
    """Whether an interval is in the domain; an unbounded end means that of the domain."""
    low = interval.low if interval.low is not None else domain.low
    high = interval.high if interval.high is not None else domain.high
    low_open = interval.low_open if interval.low is not None else domain.low_open
    high_open = interval.high_open if interval.high is not None else domain.high_open
    clipped = Interval(low, high, low_open, high_open)
    return not clipped.empty and clipped.within(domain)


def _innermost(column: int, named: Mapping[str, frozenset[int]]) -> tuple[str, ...]:
    holding = [key for key, columns in named.items() if column in columns and key != WHOLE_TOPIC]
    if not holding:
        return (WHOLE_TOPIC,)
    return tuple(key for key in holding if not any(named[other] < named[key] for other in holding))


def scale_of(topic: Topic, keys: Iterable[str]) -> Scale:
    """Return the scale of a topic; on quantity topics `keys` divide the domain into atoms.

    Keys that are not intervals are skipped: `Scale.columns` refuses them.
    """
    if topic.kind != "quantity":
        return Scale(topic)
    names = {option.id for option in topic.options}
    named = [_interval_or_none(key) for key in keys if key not in names]
    domain = parse_interval(topic.domain)
    return Scale(topic, atoms(domain, [interval for interval in named if interval is not None]))


def _interval_or_none(key: str) -> Interval | None:
    try:
        return parse_interval(key)
    except InvalidInputError:
        return None


def _interval_text(interval: Interval) -> str:
    """Return an interval in words."""
    low = None if interval.low is None else f"{interval.low:,f}"
    high = None if interval.high is None else f"{interval.high:,f}"
    if low is None or high is None:
        if low == high:
            return "any number of"
        below = "less than" if interval.high_open else "at most"
        above = "more than" if interval.low_open else "at least"
        return f"{below} {high}" if low is None else f"{above} {low}"
    if low == high:
        return low
    return f"{'above ' * interval.low_open}{low} to {'below ' * interval.high_open}{high}"


def scales_of(document: Document) -> dict[str, Scale]:
    """Return the scales of the topics of a document, by id, divided by the keys of all records."""
    keys: dict[str, list[str]] = defaultdict(list)
    for topic, key in _keys(document):
        keys[topic].append(key)
    return {topic.id: scale_of(topic, keys[topic.id]) for topic in document.topics}


def _keys(document: Document) -> Iterator[tuple[str, str]]:
    """Yield every key that a record uses, with its topic."""
    for statement in document.statements:
        yield from ((statement.topic, key) for key in statement.says)
        for group in statement.conditions:
            yield from _condition_keys(group.all)
    for proposal in document.proposals:
        for term in proposal.terms:
            yield from ((term.topic, key) for key in term.options)
            yield from _condition_keys(term.conditions)


def _condition_keys(conditions: Iterable[Condition]) -> Iterator[tuple[str, str]]:
    for condition in conditions:
        if condition.topic is not None:
            yield from ((condition.topic, key) for key in condition.options)
