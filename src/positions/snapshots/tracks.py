"""Which words count on which day, and how the cells of a position ran over time."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Sequence
from typing import Literal

import attrs
import numpy as np

from positions.errors import InvalidInputError
from positions.records.fields import Attribution, Confidence
from positions.snapshots.ledger import (
    ACCEPT,
    ALWAYS,
    ATTRIBUTIONS,
    CONFIDENCES,
    SILENT,
    Codes,
    Flags,
    Ints,
    Ledger,
)
from positions.snapshots.replay import NOTHING, Cells, Script, bounds_of, in_reading_order, replay
from positions.snapshots.thinning import essential

OWN_WORDS: tuple[Attribution, ...] = ("self", "reported", "leaked")
"""What counts as a party's own words unless the user says otherwise."""
CLAIMED = ATTRIBUTIONS.index("claimed")


@attrs.frozen
class Reading:
    """Which statements are asked for, and how vague dates are read; see `Dataset.at`."""

    dates: Literal["latest", "earliest"] = "latest"
    known_by: dt.date | None = None
    undated: Literal["retrieved", "same_day"] = "retrieved"
    max_age: int | None = None
    attributions: tuple[Attribution, ...] = OWN_WORDS
    confidence: Confidence | None = None
    inherited: bool = True

    def __attrs_post_init__(self) -> None:
        _one_of("dates", self.dates, ("latest", "earliest"))
        _one_of("undated", self.undated, ("retrieved", "same_day"))
        _one_of("confidence", self.confidence, (*CONFIDENCES[1:], None))
        if self.max_age is not None and not 0 <= self.max_age <= dt.date.max.toordinal():
            raise InvalidInputError("max_age", "a number of days, 0 or more", self.max_age)


def attributions_of(given: str | Iterable[str]) -> tuple[Attribution, ...]:
    """Check attributions as users give them: one, or several."""
    names = (given,) if isinstance(given, str) else tuple(given)
    for name in names:
        _one_of("attributions", name, ATTRIBUTIONS)
    return tuple(known for known in ATTRIBUTIONS if known in names)


def _one_of(what: str, given: object, known: Sequence[object]) -> None:
    if given not in known:
        raise InvalidInputError(what, f"one of {', '.join(map(str, known))}", given)


@attrs.frozen(eq=False)
class Selection:
    """The words of a ledger that a reading lets count."""

    ledger: Ledger
    reading: Reading

    @functools.cached_property
    def starts(self) -> Ints:
        """Give the day from which each word counts."""
        words = self.ledger.words
        return words.starts if self.reading.dates == "latest" else words.starts_early

    @functools.cached_property
    def undated(self) -> Flags:
        """Mark the words of which only an undated source can tell whether they were known."""
        words, known = self.ledger.words, self.reading.known_by
        if known is None:
            return np.zeros(len(words), bool)
        return (words.published > known.toordinal()) & (words.retrieved < ALWAYS)

    @functools.cached_property
    def asked(self) -> Flags:
        """Mark the words of the attribution and confidence asked for, known or not."""
        words, reading = self.ledger.words, self.reading
        wanted = np.array([kind in reading.attributions for kind in ATTRIBUTIONS])
        asked = wanted[words.attribution]
        if reading.confidence is not None:
            asked &= words.confidence >= CONFIDENCES.index(reading.confidence)
        return asked

    @functools.cached_property
    def chosen(self) -> Flags:
        """Mark the words that the reading asks for, whatever the day."""
        known = self.reading.known_by
        return self.asked if known is None else self.asked & self._known(known)

    def _known(self, by: dt.date) -> Flags:
        words, same_day = self.ledger.words, self.reading.undated == "same_day"
        seen = words.latest if same_day else words.retrieved
        return (words.published <= by.toordinal()) | (self.undated & (seen <= by.toordinal()))

    def layer(self, claimed: bool) -> Ints:
        """List the words of one layer: what others claim of a party, or its own."""
        return np.flatnonzero(self.chosen & ((self.ledger.words.attribution == CLAIMED) == claimed))

    def standing(self, rows: Ints, days: Ints) -> Flags:
        """Tell whether each of some words counts on the day beside it, lapsed or not."""
        standing = self._heard(rows, days)
        doubtful = np.flatnonzero(standing & self.ledger.deniable[rows])
        statements = self.ledger.words.statement[rows[doubtful]].tolist()
        denied = self.denied(list(zip(statements, days[doubtful].tolist(), strict=True)))
        standing[doubtful] = ~np.array(denied, bool)
        return standing

    def _heard(self, rows: Ints, days: Ints) -> Flags:
        """Tell whether words count on the days beside them, if nobody denies them."""
        words, reading = self.ledger.words, self.reading
        heard = self.starts[rows] <= days
        if reading.max_age is not None:
            heard &= days - words.latest[rows] <= reading.max_age
        if not reading.inherited:
            heard &= ~self.inherited(rows, days)
        return heard

    def inherited(self, rows: Ints, days: Ints) -> Flags:
        """Tell which words were said before the government of the day beside them began."""
        words = self.ledger.words
        begun = np.zeros(len(rows), np.int64)
        for party in np.unique(words.party[rows]).tolist():
            for mandate in self.ledger.mandates[party] if self.ledger.mandates else ():
                begun[(words.party[rows] == party) & (days >= mandate)] = mandate
        return words.latest[rows] < begun

    def denied(self, asked: Sequence[tuple[int, int]]) -> list[bool]:
        """Tell of each statement whether one that is not denied itself denies it by its day.

        What others claim denies claims alone, and not a party's own words.
        """
        known: dict[tuple[int, int], bool] = {}
        for statement, day in asked:
            self._settle(statement, day, known)
        return [known[pair] for pair in asked]

    def _settle(self, statement: int, day: int, known: dict[tuple[int, int], bool]) -> None:
        """Find out whether a statement is denied: first whether those that deny it are."""
        ahead = [statement]
        while ahead:
            name = ahead.pop()
            if (name, day) in known:
                continue
            deniers = self._deniers(name, day)
            unknown = [by for by in deniers if (by, day) not in known]
            if unknown:
                ahead += [name, *unknown]
            else:
                known[name, day] = not all(known[by, day] for by in deniers)

    def _deniers(self, statement: int, day: int) -> list[int]:
        """List the statements that deny one by then, if nobody denies them."""
        return [
            by
            for by in self.ledger.denied.get(statement, ())
            if self._first_day.get(by, ALWAYS) <= day
            and not (by in self._claims and statement not in self._claims)
            and self._still_heard(by, day)
        ]

    def _still_heard(self, statement: int, day: int) -> bool:
        if self.reading.max_age is None and self.reading.inherited:
            return True
        rows = self._disputed_rows[statement]
        return bool(self._heard(rows, np.full(len(rows), day, np.int64)).any())

    @functools.cached_property
    def _disputed_rows(self) -> dict[int, Ints]:
        """List the chosen words of every statement that denies or is denied."""
        rows = self.ledger.disputed[self.chosen[self.ledger.disputed]]
        names = self.ledger.words.statement[rows]
        parts = np.split(rows, bounds_of(names)[1:]) if len(rows) else []
        return dict(zip(names[bounds_of(names)].tolist(), parts, strict=True))

    @functools.cached_property
    def _first_day(self) -> dict[int, int]:
        """Give the day from which each statement that denies or is denied counts."""
        return {name: int(self.starts[rows].min()) for name, rows in self._disputed_rows.items()}

    @functools.cached_property
    def _claims(self) -> frozenset[int]:
        """Name the claims among the statements that deny or are denied."""
        kind = self.ledger.words.attribution
        found = self._disputed_rows.items()
        return frozenset(name for name, rows in found if kind[rows[0]] == CLAIMED)

    def turning_days(self, rows: Ints, last: int) -> Ints:
        """List the days up to `last` on which anything can change in a lane of these words."""
        deniable = self.ledger.words.statement[rows[self.ledger.deniable[rows]]].tolist()
        days = self._own_days(rows) | self._denial_days(deniable)
        return np.array(sorted(day for day in days if day <= last), np.int64)

    def _own_days(self, rows: Ints) -> set[int]:
        words, reading = self.ledger.words, self.reading
        days = set(self.starts[rows].tolist()) | set((words.until[rows] + 1).tolist())
        if reading.max_age is not None:
            days |= set((words.latest[rows] + reading.max_age + 1).tolist())
        if not reading.inherited and self.ledger.mandates:
            for party in set(words.party[rows].tolist()):
                days |= set(self.ledger.mandates[party])
        return days

    def _denial_days(self, statements: Iterable[int]) -> set[int]:
        deniers: set[int] = set()
        ahead = list(statements)
        while ahead:
            found = set(self.ledger.denied.get(ahead.pop(), ())) - deniers
            deniers |= found
            ahead += found
        rows = [self._disputed_rows[by] for by in deniers if by in self._disputed_rows]
        return self._own_days(np.concatenate(rows)) if rows else set()


def script_on(selection: Selection, rows: Ints, day: int) -> tuple[Script, Ints]:
    """Lay out the words that count on one day, a lane for each party and topic.

    Returns:
        The script, and the party of each lane.
    """
    rows = rows[selection.starts[rows] <= day]
    rows = rows[selection.standing(rows, np.full(len(rows), day, np.int64))]
    words, pair = selection.ledger.words, selection.ledger.pair[rows]
    starts = bounds_of(pair)
    lane = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(rows))))
    firsts = rows[starts]
    lapsed = words.until[rows] < day
    script = _ordered(selection.ledger, rows, lapsed, lane, words.topic[firsts])
    return script, words.party[firsts]


def _ordered(ledger: Ledger, words: Ints, lapsed: Flags, lane: Ints, topics: Ints) -> Script:
    order = in_reading_order(ledger, words, lapsed, lane)
    return essential(Script(ledger, words[order], lapsed[order], lane[order], topics))


@attrs.frozen(eq=False)
class Layer:
    """Cells over time: a row for every day, a column for every column of the topic.

    `worded` and `implied` are groups of the script that was replayed.
    """

    code: Codes
    worded: Ints
    implied: Ints
    disputed: Flags


@attrs.frozen(eq=False)
class Track:
    """One party on one topic over time: a row for every day on which it may have changed.

    `shown` is what stands, `claims` what others claim; `claimed` marks the cells that
    stand on claims alone, because the party's own words leave them silent.
    """

    days: Ints
    shown: Layer
    claims: Layer
    claimed: Flags
    cells: Cells

    def since(self, column: int) -> int | None:
        """Find the first day of the unbroken run of the level that stands in the end.

        Demand and accept are one level, rejection in words and implied another. None
        where nothing was ever said.
        """
        level = np.minimum(self.shown.code[:, column], ACCEPT)
        breaks = np.flatnonzero(level != level[-1])
        first = int(breaks[-1]) + 1 if len(breaks) else 0
        return None if first == 0 and level[-1] == SILENT else int(self.days[first])


def tracks(
    selection: Selection, pairs: Sequence[tuple[int, int]], last: int
) -> dict[tuple[int, int], Track]:
    """Replay parties on topics as of every day on which they can have changed, up to `last`.

    All are replayed in one go: each day of each pair is a lane of its own.

    Returns:
        A track for each pair of party and topic that had said something by then.
    """
    plan = _Plan(selection)
    for pair in pairs:
        plan.add(pair, last)
    return plan.tracks()


@attrs.frozen(eq=False)
class _Plan:
    """Collects the lanes of many pairs, to replay them together."""

    selection: Selection
    pairs: list[tuple[int, int]] = attrs.field(factory=list)
    days: list[Ints] = attrs.field(factory=list)
    words: list[Ints] = attrs.field(factory=list)
    lanes: list[Ints] = attrs.field(factory=list)
    on: list[Ints] = attrs.field(factory=list)
    topics: list[int] = attrs.field(factory=list)

    def add(self, pair: tuple[int, int], last: int) -> None:
        """Add the days of one party on one topic: first its own words, then the claims."""
        found = self.selection.ledger.words_of(*pair)
        rows = np.arange(found.start, found.stop)
        rows = rows[self.selection.chosen[found.start : found.stop]]
        days = self.selection.turning_days(rows, last)
        if len(days):
            claimed = self.selection.ledger.words.attribution[rows] == CLAIMED
            self.pairs.append(pair)
            self.days.append(days)
            self._lay(rows[~claimed], days, pair[1])
            self._lay(rows[claimed], days, pair[1])

    def _lay(self, rows: Ints, days: Ints, topic: int) -> None:
        if len(rows):
            number, place = np.divmod(np.arange(len(days) * len(rows)), len(rows))
            counts = self.selection.standing(rows[place], days[number])
            self.words.append(rows[place][counts])
            self.lanes.append(number[counts] + len(self.topics))
            self.on.append(days[number][counts])
        self.topics.extend([topic] * len(days))

    def tracks(self) -> dict[tuple[int, int], Track]:
        if not self.pairs:
            return {}
        words = np.concatenate(self.words)
        lapsed = self.selection.ledger.words.until[words] < np.concatenate(self.on)
        lanes, topics = np.concatenate(self.lanes), np.array(self.topics, np.int64)
        cells = replay(_ordered(self.selection.ledger, words, lapsed, lanes, topics))
        found, lane = {}, 0
        for pair, days in zip(self.pairs, self.days, strict=True):
            found[pair] = _track(cells, days, lane)
            lane += 2 * len(days)
        return found


def _track(cells: Cells, days: Ints, lane: int) -> Track:
    """Cut one pair's lanes out of the cells, and let claims fill what its own words leave open."""
    own = _layer(cells, lane, len(days))
    claims = _layer(cells, lane + len(days), len(days))
    claimed = (own.code == SILENT) & (claims.code != SILENT)
    shown = Layer(
        np.where(claimed, claims.code, own.code),
        np.where(claimed, claims.worded, own.worded),
        np.where(claimed, claims.implied, own.implied),
        np.where(claimed, claims.disputed, own.disputed),
    )
    return Track(days, shown, claims, claimed, cells)


def _layer(cells: Cells, lane: int, count: int) -> Layer:
    bounds = cells.script.cell_bounds
    part = slice(int(bounds[lane]), int(bounds[lane + count]))
    return Layer(
        cells.code[part].reshape(count, -1),
        cells.worded[part].reshape(count, -1),
        cells.implied[part].reshape(count, -1),
        cells.disputed[part].reshape(count, -1),
    )


def words_behind(cells: Cells, layer: Layer, column: int, row: int = -1) -> list[int]:
    """List the ledger rows on which a cell rests: those that say it, then those that imply it."""
    worded, implied = int(layer.worded[row, column]), int(layer.implied[row, column])
    spoken = [] if worded == NOTHING else _naming(cells, worded, column)
    meant = [] if implied == NOTHING else _excluding(cells.script, implied, column)
    return [int(cells.script.words[slot]) for slot in (*spoken, *meant)]


def _slots(script: Script, group: int) -> range:
    return range(int(script.group_bounds[group]), int(script.group_bounds[group + 1]))


def _naming(cells: Cells, group: int, column: int) -> list[int]:
    """Find the words of a group that name a column and were not dropped there."""
    script = cells.script
    lane = int(script.lane[script.group_bounds[group]])
    cell = int(script.cell_bounds[lane]) + column
    return [
        slot
        for slot in _slots(script, group)
        if said_of(script.ledger, int(script.words[slot]), column) is not None
        and (slot, cell) not in cells.dropped
    ]


def _excluding(script: Script, group: int, column: int) -> list[int]:
    """Find the words of a group that demand something and do not name a column."""
    return [
        slot
        for slot in _slots(script, group)
        if script.ledger.demands[script.words[slot]]
        and said_of(script.ledger, int(script.words[slot]), column) is None
    ]


def said_of(ledger: Ledger, word: int, column: int) -> int | None:
    """Give what a word says of a column, as a small integer; None where it does not name it."""
    first, end = int(ledger.first_entry[word]), int(ledger.first_entry[word + 1])
    place = first + int(np.searchsorted(ledger.column[first:end], column))
    if place < end and ledger.column[place] == column:
        return int(ledger.said[place])
    return None
