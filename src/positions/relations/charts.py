"""Positions in pictures: in a phrase behind a mark, and option by option over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from positions.plots.charts import (
    Lane,
    LegendEntry,
    Moment,
    Span,
    Tile,
    Tone,
    legend_of,
)
from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.records.models import Event
from positions.records.suppositions import Supposition
from positions.relations.conditions import Verdict
from positions.relations.measures import Relation
from positions.snapshots.position import Position
from positions.snapshots.wording import annotated, caveats, cells_text, counted
from positions.tables.cells import Text, join

MOST_MOMENTS = 12
"""How many events a picture marks."""


def moments(
    catalogue: Catalogue,
    parties: Collection[str],
    topics: Collection[str],
    start: dt.date,
    end: dt.date,
) -> tuple[Moment, ...]:
    """Choose the events of these parties on these topics: those on most topics where many.

    An event of several days, or of a vague date, stands on its first day.
    """
    found = [
        event
        for event in catalogue.document.events
        if set(event.parties) & set(parties)
        and set(event.topics) & set(topics)
        and start <= _first_day(event) <= end
    ]
    found.sort(key=lambda event: -len(set(event.topics) & set(topics)))
    chosen = sorted(found[:MOST_MOMENTS], key=_first_day)
    return tuple(Moment(_first_day(event), _label(event)) for event in chosen)


def moments_remark(chosen: Collection[Moment]) -> Iterator[str]:
    """Say what the dotted lines are, where there are any."""
    if chosen:
        yield "Dotted lines: events on these topics, at most the twelve that touch most of them."


def _first_day(event: Event) -> dt.date:
    date = event.date or event.start
    return dt.date.max if date is None else date.earliest


def _label(event: Event) -> str:
    return event.kind if event.place is None else f"{event.kind}, {event.place}"


PHRASES: tuple[tuple[Attitude, Tone, str, str], ...] = (
    (Attitude.DEMAND, "demand", "demands", " or "),
    (Attitude.ACCEPT, "yes", "accepts", " or "),
    (Attitude.CONDITIONAL, "if", "accepts on conditions", " or "),
    (Attitude.REJECT, "no", "rejects", ", "),
)
"""The attitudes in order of strength, with their mark, verb and joint."""
POSITION_WORDS: dict[Tone, str] = {
    "demand": "demands",
    "yes": "accepts",
    "if": "accepts on conditions",
    "no": "rejects in words",
    "implied": "rejects by implication: demands something else",
}
"""What the marks of positions stand for."""
STANDS: dict[Attitude, Tile] = {
    Attitude.DEMAND: Tile("demands", "demand"),
    Attitude.ACCEPT: Tile("accepts", "yes"),
    Attitude.CONDITIONAL: Tile("conditional", "if"),
    Attitude.REJECT: Tile("rejects", "no"),
}
"""How an attitude to one option is marked and told."""


def position_legend(tones: Sequence[Tone]) -> tuple[LegendEntry, ...]:
    """Make the legend of the positions that a picture shows."""
    return legend_of(tones, POSITION_WORDS)


def position_tile(position: Position) -> Tile:
    """Put a position into a phrase: what it affirms, else what it rejects.

    Conditions are left out, and so is what a party rejects beside what it affirms.
    """
    affirmed = list(_phrases(position, PHRASES[:3]))
    told = affirmed or list(_phrases(position, PHRASES[3:]))
    if not told:
        return Tile("—")
    words = join("; ", (word for _, word in told))
    return Tile(str(words), told[0][0], caveats=words.caveats)


def _phrases(
    position: Position, phrases: Sequence[tuple[Attitude, Tone, str, str]]
) -> Iterator[tuple[Tone, Text]]:
    for attitude, tone, verb, joint in phrases:
        cells = [cell for cell in position.cells if cell.attitude == attitude]
        if cells:
            implied = attitude == Attitude.REJECT and all(cell.implied for cell in cells)
            text = f"{verb} {cells_text(position, cells, joint)}"
            words = annotated(text, caveats(position, cells), Text())
            yield ("implied" if implied else tone), words


def option_lanes(course: Sequence[tuple[dt.date, Position]], end: dt.date) -> tuple[Lane, ...]:
    """Show how a party stood to each option of one topic.

    Options of which it only ever rejected by implication have no lane. Neighbouring
    numbers to which it always stood alike have one.

    Arguments:
        course: days, rising, each with the position that held from it on.
        end: the last day.
    """
    scale = course[0][1].scale
    days = [date for date, _ in course]
    stands = [tuple(_stand(position, n) for _, position in course) for n in range(scale.width)]
    return tuple(
        Lane(scale.show(key), _joined(days, stands[columns[0]], end))
        for key, columns in scale.spans(stands)
        if any(tile.tone not in ("blank", "implied") for tile in stands[columns[0]])
    )


def _stand(position: Position, column: int) -> Tile:
    """Tell in a word how a party stands to one column."""
    cell = position.cells[position.cell_numbers[column]]
    if cell.attitude == Attitude.REJECT and cell.implied:
        return Tile("excludes", "implied")
    return STANDS.get(cell.attitude, Tile("—"))


def topic_lane(label: str, course: Sequence[tuple[dt.date, Position]], end: dt.date) -> Lane:
    """Show in one lane how a party stood on a topic; the arguments of `option_lanes`."""
    tiles = [position_tile(position) for _, position in course]
    return Lane(label, _joined([date for date, _ in course], tiles, end))


def _joined(days: Sequence[dt.date], tiles: Sequence[Tile], end: dt.date) -> tuple[Span, ...]:
    """Join the days on which a party stood alike, but for those of silence."""
    starts = [n for n in range(len(days)) if n == 0 or tiles[n] != tiles[n - 1]]
    ends = [*(days[n] - dt.timedelta(days=1) for n in starts[1:]), end]
    return tuple(
        Span(days[n], last, tiles[n].tone, tiles[n].text)
        for n, last in zip(starts, ends, strict=True)
        if tiles[n].tone != "blank"
    )


TONES: dict[Relation, Tone] = {
    "agreed": "yes",
    "conditional": "if",
    "open": "open",
    "deadlock": "no",
    "one_sided": "faint",
    "silent": "blank",
}
"""How a relation is marked."""
RELATION_WORDS: dict[Tone, str] = {
    "yes": "agreed",
    "if": "conditional",
    "unmet": "conditional, refused",
    "open": "open",
    "no": "deadlock",
    "faint": "one-sided: only one has spoken",
}
"""What the marks of relations stand for."""


def relation_tone(relation: Relation, conditions: Verdict | None) -> Tone:
    """Choose the mark of a relation; an acceptance on refused conditions has its own."""
    return "unmet" if conditions == "unmet" else TONES[relation]


def relation_legend(tones: Collection[Tone]) -> tuple[LegendEntry, ...]:
    """Make the legend of the relations that a picture shows."""
    return legend_of(tones, RELATION_WORDS)


def relation_spans(changes: Sequence[tuple[dt.date, Relation]], end: dt.date) -> tuple[Span, ...]:
    """Join the relations of some days into spans, each up to the day before the next.

    Arguments:
        changes: days, rising, with the relation from each on.
        end: the last day.
    """
    starts: list[tuple[dt.date, Relation]] = [
        (day, relation)
        for number, (day, relation) in enumerate(changes)
        if number == 0 or changes[number - 1][1] != relation
    ]
    ends = [*(day - dt.timedelta(days=1) for day, _ in starts[1:]), end]
    return tuple(
        Span(day, last, TONES[relation], relation.replace("_", "-"))
        for (day, relation), last in zip(starts, ends, strict=True)
    )


def sources_text(
    catalogue: Catalogue, parties: Collection[str], topics: Collection[str], end: dt.date
) -> str:
    """Say on which statements of which data set a picture rests.

    Counted are the statements of these parties on these topics up to a day.
    """
    count = sum(
        statement.topic in topics
        and statement.date.latest <= end
        and any(party in parties for party in statement.parties)
        and not isinstance(statement, Supposition)
        for statement in catalogue.document.statements
    )
    return data_text(catalogue, f"{counted(count, 'statement')} up to {end}")


def data_text(catalogue: Catalogue, grounds: str) -> str:
    """Say what a picture rests on, and in which data set that is."""
    head = catalogue.document
    version = f", version {head.data_version}" if head.data_version else ""
    return f"Sources: {grounds}; {head.title}{version}."
