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
WORDS_IN_LANES: dict[Attitude, str] = {
    attitude: "conditional" if attitude == Attitude.CONDITIONAL else verb
    for attitude, _, verb, _ in PHRASES
}
"""What is written into a span."""


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
    stands = [
        tuple(_stand(position, column) for _, position in course) for column in range(scale.width)
    ]
    days = [date for date, _ in course]
    return tuple(
        Lane(scale.show(key), _spans(days, stands[columns[0]], end))
        for key, columns in scale.spans(stands)
        if any(
            attitude != Attitude.SILENT and tone != "implied"
            for attitude, tone in stands[columns[0]]
        )
    )


def _stand(position: Position, column: int) -> tuple[Attitude, Tone]:
    """Tell how a party stands to a column, and how that is marked."""
    cell = position.cells[position.cell_numbers[column]]
    if cell.implied:
        return cell.attitude, "implied"
    tones = {attitude: tone for attitude, tone, _, _ in PHRASES}
    return cell.attitude, tones.get(cell.attitude, "blank")


def _spans(
    days: Sequence[dt.date], stands: Sequence[tuple[Attitude, Tone]], end: dt.date
) -> tuple[Span, ...]:
    """Join the days on which a party stood alike, but for those of silence."""
    starts = [n for n in range(len(days)) if n == 0 or stands[n] != stands[n - 1]]
    ends = [*(days[n] - dt.timedelta(days=1) for n in starts[1:]), end]
    return tuple(
        Span(days[n], last, tone, _word(attitude, tone))
        for n, last in zip(starts, ends, strict=True)
        for attitude, tone in (stands[n],)
        if attitude != Attitude.SILENT
    )


def _word(attitude: Attitude, tone: Tone) -> str:
    return "excludes" if tone == "implied" else WORDS_IN_LANES[attitude]
