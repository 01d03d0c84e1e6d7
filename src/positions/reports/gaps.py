"""Whether the parties come nearer to one another: the gap of every topic, and the mean of some."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from positions.errors import MissingLibraryError
from positions.over_time.convergence import convergence
from positions.over_time.convergence_rows import Convergence, TopicTrend
from positions.over_time.trends import Direction, Trend
from positions.plots.charts import MOST_LANES
from positions.plots.plotted import to_svg
from positions.reports.findings import Findings
from positions.reports.phrases import JUDGED, relation_word, topic_link, topic_links
from positions.reports.prose import (
    ReportRow,
    Section,
    day,
    day_text,
    grid,
    listed,
    names_text,
    note,
    paragraph,
)
from positions.snapshots.wording import counted, number_text
from positions.tables.html import Child, Markup, element, joined

CAPTION = (
    "The gap day by day, and below it how {names} stood on each topic. The table says the same "
    "in figures."
)
NOT_DRAWN = (
    "No picture of the gaps was drawn: {library} was not installed where this report was made. "
    "The table has the figures."
)


def convergence_picture(findings: Findings, topics: Sequence[str]) -> Markup:
    """Draw how the gap ran on some topics; without matplotlib, say that there is none.

    The picture brings its own title; what else it would say stands in the report.
    """
    found = findings.convergence
    asked = convergence(
        findings.ds,
        findings.parties,
        topics,
        since=found.since,
        until=found.until,
        **findings.reading,
    )
    chart = attrs.evolve(asked.chart(), remarks=(), sources="")
    try:
        drawn = Markup(to_svg(chart))
    except MissingLibraryError as missing:
        return paragraph(NOT_DRAWN.format(library=missing.library))
    label = {"role": "group", "tabindex": "0", "aria_label": f"Picture: {chart.title}"}
    return element(
        "figure",
        element("div", drawn, class_="scroll", **label),
        element("figcaption", CAPTION.format(names=names_text(findings.names)), _cut(topics)),
    )


def _cut(topics: Sequence[str]) -> str | None:
    more = len(topics) - MOST_LANES
    return f" It shows the first {MOST_LANES} topics of {len(topics)}." if more > 0 else None


NEARER = (
    "The gap is the least distance between what the parties affirm: 0 where an answer is affirmed "
    "by all, 1 from one end of a scale to the other, and a number with its unit where numbers are "
    "in dispute. What a party accepts under conditions counts as affirmed. Each row compares the "
    "first and the last day of the period for which a gap is defined. Parties can come nearer and "
    "still be in deadlock, or meet only under conditions that are refused."
)
SEVERAL = "Among more than two parties the gap is the largest between two of them."
DIRECTIONS: dict[Direction, str] = {
    "converging": "nearer",
    "diverging": "farther apart",
    "unmoved": "unchanged",
    "undefined": "cannot be compared",
}
"""What became of a gap, in the words of the report."""
NAMED = 5
"""How many topics of a mean are named before they are only counted."""


def convergence_section(findings: Findings) -> Section:
    """Tell topic by topic whether the gap of the parties became smaller."""
    found = findings.convergence
    known = _known(found)
    period = f"{day_text(found.since)} to {day_text(found.until)}"
    title = "Whether they come nearer"
    if not known:
        none = f"On no topic are there two gaps to compare in the period from {period}."
        return Section("convergence", title, paragraph(none))
    lines = (_line(findings, row) for row in known)
    headers = ("Topic", "In the end", "Gap", "At first", "At last")
    table = grid("gaps", f"Gaps from {period}: {counted(len(known), 'topic')}", headers, lines)
    picture = convergence_picture(findings, [row.topic for row in known])
    several = f" {SEVERAL}" if len(findings.parties) > 2 else ""
    left_out = map(paragraph, filter(None, _left_out(findings)))
    body = joined(paragraph(NEARER, several), picture, table, left_out)
    return Section("convergence", title, body, len(known))


def mean_told(findings: Findings) -> Iterator[Child]:
    """Say what became of the mean gap, over which topics, and on how many they came nearer."""
    found = findings.convergence
    rows, trend = _compared(found), found.areas[-1].trend
    if len(rows) < 2 or trend.verdict == "undefined":
        return
    yield f"Over the {counted(len(rows), 'topic')} on which both ends of the period from "
    yield from (day(found.since), " to ", day(found.until), " can be compared")
    if len(rows) <= NAMED:
        yield from (" (", listed(topic_links(findings, (row.topic for row in rows))), ")")
    yield f", the mean gap {_course(trend)}, on a scale from 0 (they meet) to 1 (as far apart as "
    yield f"can be): {_ways(findings, rows)}."
    part = [row for row in _known(found) if row not in rows and row.topic not in found.unscaled]
    if part:
        yield f" On {counted(len(part), 'further topic')} the gap is known for part of the period "
        yield f"only; {'it is' if len(part) == 1 else 'they are'} not in this mean."


def _known(found: Convergence) -> list[TopicTrend]:
    """List the topics on which two gaps can be compared."""
    return [row for row in found.topics if row.trend.verdict != "undefined"]


def _compared(found: Convergence) -> list[TopicTrend]:
    """List the topics that the mean is taken over: those with a gap at both ends, as a share."""
    ends = (found.since, found.until)
    return [
        row
        for row in _known(found)
        if (row.trend.first, row.trend.last) == ends and row.topic not in found.unscaled
    ]


def _direction(trend: Trend, unit: str | None) -> Direction:
    """Tell how a gap went; one that reads the same at both ends is unchanged."""
    same = number_text(trend.before, unit) == number_text(trend.after, unit)
    return "unmoved" if same and trend.verdict != "undefined" else trend.verdict


def _direction_of(findings: Findings, row: TopicTrend) -> Direction:
    return _direction(row.trend, findings.catalogue.topic(row.topic).unit)


def _refused(findings: Findings, row: TopicTrend) -> bool:
    """Tell whether the parties meet on a topic only under conditions that are refused."""
    return any(found.refused for found in findings.overlaps if found.topic == row.topic)


def _course(trend: Trend) -> str:
    before, after = (number_text(gap, None) for gap in (trend.before, trend.after))
    ways = {"converging": "fell", "diverging": "rose"}
    way = ways.get(_direction(trend, None))
    return f"is {after}, as it was" if way is None else f"{way} from {before} to {after}"


def _ways(findings: Findings, rows: Sequence[TopicTrend]) -> str:
    """Count on how many topics they came nearer, moved apart, or stand as they were."""
    counts = Counter(_direction_of(findings, row) for row in rows)
    nearer, apart, same = (counts[way] or "none" for way in ("converging", "diverging", "unmoved"))
    refused = sum(
        _refused(findings, row) and _direction_of(findings, row) == "converging" for row in rows
    )
    which = "all" if refused == nearer else refused
    only = f" (on {which} of them only under conditions that are refused)" if refused else ""
    return (
        f"they came nearer on {nearer}{only}, moved apart on {apart} and stand as they did on "
        f"{same}"
    )


# The table


def _line(findings: Findings, row: TopicTrend) -> ReportRow:
    unit, trend = findings.catalogue.topic(row.topic).unit, row.trend
    over = trend.last is not None and trend.last < findings.convergence.until
    cells = (
        _relation(findings, row),
        _direction_cell(findings, row),
        joined(number_text(trend.before, unit), _on(trend.first)),
        joined(
            number_text(trend.after, unit),
            _on(trend.last),
            note("no gap is defined in the end") if over else None,
        ),
    )
    return ReportRow(topic_link(findings, row.topic), cells)


def _relation(findings: Findings, row: TopicTrend) -> Markup:
    """Name the relation in the end, and of a conditional one how its conditions stand."""
    for found in findings.overlaps:
        if found.topic == row.topic:
            judged = found.relation == "conditional"
            words = JUDGED[found.conditions or "unknown"]
            return joined(relation_word(found), note(words) if judged else None)
    return joined(row.relation.replace("_", "-"))


def _direction_cell(findings: Findings, row: TopicTrend) -> Markup:
    way = _direction_of(findings, row)
    only = way == "converging" and _refused(findings, row)
    about = note("only under conditions that are refused") if only else None
    return joined(DIRECTIONS[way], about)


def _on(date: dt.date | None) -> Markup | None:
    return None if date is None else note("on ", day(date))


def _left_out(findings: Findings) -> Iterator[str]:
    """Say over which topics the mean goes, and which topics are not in the table."""
    found = findings.convergence
    mean = found.areas[-1]
    if mean.compared > 1:
        what = counted(mean.compared, "topic")
        trend = _mean(mean.trend)
        yield f"Mean gap of the {what} with a gap at both ends of the period: {trend}"
    unknown = len(found.topics) - len(_known(found))
    if unknown:
        yield f"On {counted(unknown, 'further topic')} no two gaps can be compared."
    known = findings.overlaps.notes
    yield " ".join(note for note in found.notes if note not in known)


def _mean(trend: Trend) -> str:
    """Write both ends of a mean with their days, and the slope between them if there is one."""
    if trend.first is None or trend.last is None or trend.verdict == "undefined":
        return f"undefined: {trend.reason}."
    before, after = (number_text(gap, None) for gap in (trend.before, trend.after))
    ends = f"{before} on {day_text(trend.first)}, {after} on {day_text(trend.last)}."
    return f"{ends}{_slope(trend)}"


def _slope(trend: Trend) -> str:
    """Write a slope with its interval, and whether that tells a direction."""
    if trend.slope is None or trend.low is None or trend.high is None:
        return ""
    slope, low, high = map(_rate, (trend.slope, trend.low, trend.high))
    clear = "" if trend.low > 0 or trend.high < 0 else ", which holds 0: no steady trend shows"
    return (
        f" Slope over its {trend.points} changes: {slope} a year (Theil–Sen; 95 % interval "
        f"{low} to {high}{clear})."
    )


def _rate(change: float) -> str:
    """Write a change a year with its sign; nothing is no change."""
    return f"{round(change, 3):+g}".replace("-", "−") if round(change, 3) else "0"
