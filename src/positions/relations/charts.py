"""Positions and relations as parts of charts: tiles, lanes, spans, legends and sources."""

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
"""The most events that a chart marks."""


def moments(
    catalogue: Catalogue,
    parties: Collection[str],
    topics: Collection[str],
    start: dt.date,
    end: dt.date,
) -> tuple[Moment, ...]:
    """Choose events of these parties on these topics; of many, those on the most topics.

    An event of several days, or with a vague date, is marked on its first day.
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
    """Yield a remark that explains the dotted lines, if there are any."""
    if chosen:
        yield "Dotted lines: events on these topics, at most the twelve on the most topics."


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
"""The attitudes in order of strength, with their tone, verb and separator of options."""
POSITION_WORDS: dict[Tone, str] = {
    "demand": "demands",
    "yes": "accepts",
    "if": "accepts on conditions",
    "no": "rejects in words",
    "implied": "rejects by implication: demands something else",
}
"""The labels of tones in the legend of positions."""
OPTION_TILES: dict[Attitude, Tile] = {
    Attitude.DEMAND: Tile("demands", "demand"),
    Attitude.ACCEPT: Tile("accepts", "yes"),
    Attitude.CONDITIONAL: Tile("conditional", "if"),
    Attitude.REJECT: Tile("rejects", "no"),
}
"""The tile of each attitude to one option."""


def position_legend(tones: Sequence[Tone]) -> tuple[LegendEntry, ...]:
    """Make the legend of the positions that a chart shows."""
    return legend_of(tones, POSITION_WORDS)


def position_tile(position: Position) -> Tile:
    """Return a position as a tile: what it affirms or, if nothing, what it rejects.

    Conditions are left out, and so are rejections by a party that affirms an option.
    """
    affirmed = list(_phrases(position, PHRASES[:3]))
    phrases = affirmed or list(_phrases(position, PHRASES[3:]))
    if not phrases:
        return Tile("—")
    text = join("; ", (phrase for _, phrase in phrases))
    return Tile(str(text), phrases[0][0], caveats=text.caveats)


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
    """Return a lane for each option of one topic, with the attitudes of a party over time.

    Options that it only ever rejected by implication have no lane. Neighbouring numbers
    to which its attitude was always the same share one.

    Arguments:
        course: days in ascending order, each with the position that held from that day on.
        end: the last day.
    """
    scale = course[0][1].scale
    days = [date for date, _ in course]
    tiles = [tuple(_option_tile(position, n) for _, position in course) for n in range(scale.width)]
    return tuple(
        Lane(scale.show(key), _spans(days, tiles[columns[0]], end))
        for key, columns in scale.spans(tiles)
        if any(tile.tone not in ("blank", "implied") for tile in tiles[columns[0]])
    )


def _option_tile(position: Position, column: int) -> Tile:
    """Return the attitude of a party to one column, as a tile."""
    cell = position.cells[position.cell_numbers[column]]
    if cell.attitude == Attitude.REJECT and cell.implied:
        return Tile("excludes", "implied")
    return OPTION_TILES.get(cell.attitude, Tile("—"))


def topic_lane(label: str, course: Sequence[tuple[dt.date, Position]], end: dt.date) -> Lane:
    """Return one lane with the positions of a party on a topic; see `option_lanes`."""
    tiles = [position_tile(position) for _, position in course]
    return Lane(label, _spans([date for date, _ in course], tiles, end))


def _spans(days: Sequence[dt.date], tiles: Sequence[Tile], end: dt.date) -> tuple[Span, ...]:
    """Join consecutive days with the same tile into spans; days of silence have none."""
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
"""The tone of each relation."""
RELATION_WORDS: dict[Tone, str] = {
    "yes": "agreed",
    "if": "conditional",
    "unmet": "conditional, refused",
    "open": "open",
    "no": "deadlock",
    "faint": "one-sided: only one party has spoken",
}
"""The labels of tones in the legend of relations."""


def relation_tone(relation: Relation, conditions: Verdict | None) -> Tone:
    """Return the tone of a relation; an acceptance whose conditions are refused has its own."""
    return "unmet" if conditions == "unmet" else TONES[relation]


def relation_legend(tones: Collection[Tone]) -> tuple[LegendEntry, ...]:
    """Make the legend of the relations that a chart shows."""
    return legend_of(tones, RELATION_WORDS)


def relation_spans(changes: Sequence[tuple[dt.date, Relation]], end: dt.date) -> tuple[Span, ...]:
    """Join consecutive days with the same relation into spans.

    Arguments:
        changes: days in ascending order, each with the relation from that day on.
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
    """Return a line with the data set and the number of statements behind a chart.

    Statements by these parties on these topics up to a day are counted; suppositions are not.
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
    """Return a line with what a chart is based on, and the data set."""
    head = catalogue.document
    version = f", version {head.data_version}" if head.data_version else ""
    return f"Sources: {grounds}; {head.title}{version}."
