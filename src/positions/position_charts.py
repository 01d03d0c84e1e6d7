"""Positions in pictures: in a phrase behind a mark, and option by option over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from positions.charts import Key, Lane, Span, Tile, Tone, key_of
from positions.position import Position
from positions.records import Attitude
from positions.wording import annotated, caveats, cells_text

PHRASES: tuple[tuple[Attitude, Tone, str, str], ...] = (
    (Attitude.DEMAND, "demand", "demands", " or "),
    (Attitude.ACCEPT, "yes", "accepts", " or "),
    (Attitude.CONDITIONAL, "if", "accepts on conditions", " or "),
    (Attitude.REJECT, "no", "rejects", ", "),
)
"""The attitudes in order of strength, with their mark, verb and joint."""
WORDS: dict[Tone, str] = {
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


def position_key(tones: Sequence[Tone]) -> tuple[Key, ...]:
    """Make the key of the positions that a picture shows."""
    return key_of(tones, WORDS)


def position_tile(position: Position) -> Tile:
    """Put a position into a phrase: what it affirms, else what it rejects.

    Conditions are left out, and so is what a party rejects beside what it affirms.
    """
    affirmed = list(_phrases(position, PHRASES[:3]))
    told = affirmed or list(_phrases(position, PHRASES[3:]))
    if not told:
        return Tile("—")
    return Tile("; ".join(word for _, word in told), told[0][0])


def _phrases(
    position: Position, phrases: Sequence[tuple[Attitude, Tone, str, str]]
) -> Iterator[tuple[Tone, str]]:
    for attitude, tone, verb, joint in phrases:
        cells = [cell for cell in position.cells if cell.attitude == attitude]
        if cells:
            implied = attitude == Attitude.REJECT and all(cell.implied for cell in cells)
            text = f"{verb} {cells_text(position, cells, joint)}"
            yield ("implied" if implied else tone), annotated(text, caveats(position, cells), "")


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
        Span(days[n], last, tiles[n].tone, tiles[n].word)
        for n, last in zip(starts, ends, strict=True)
        if tiles[n].tone != "blank"
    )
