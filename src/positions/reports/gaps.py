"""Convergence of the parties: the gap on every topic, and the mean gap."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from positions.errors import MissingLibraryError
from positions.over_time.convergence import convergence
from positions.over_time.convergence_rows import Convergence, TopicTrend
from positions.over_time.trends import Direction, Trend, rate_text
from positions.plots.charts import MOST_LANES
from positions.plots.plotted import to_svg
from positions.reports.findings import Findings
from positions.reports.phrases import CONDITIONS, relation_word, topic_link, topic_links
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
    "The gap over time, and below it the relation between {names} on each topic. The table gives "
    "the values."
)
NOT_DRAWN = (
    "The gaps were not plotted because {library} was not installed where this report was made. "
    "The table gives the values."
)


def _plot(findings: Findings, topics: Sequence[str]) -> Markup:
    """Plot the gap on some topics; without matplotlib, return a note on its absence.

    The plot has its own title; the report itself contains the remarks and sources.
    """
    found = findings.convergence
    selected = convergence(
        findings.ds,
        findings.parties,
        topics,
        since=found.since,
        until=found.until,
        **findings.reading,
    )
    chart = attrs.evolve(selected.chart(), remarks=(), sources="")
    try:
        svg = Markup(to_svg(chart))
    except MissingLibraryError as missing:
        return paragraph(NOT_DRAWN.format(library=missing.library))
    label = {"role": "group", "tabindex": "0", "aria_label": f"Plot: {chart.title}"}
    return element(
        "figure",
        element("div", svg, class_="scroll", **label),
        element("figcaption", CAPTION.format(names=names_text(findings.names)), _cut(topics)),
    )


def _cut(topics: Sequence[str]) -> str | None:
    more = len(topics) - MOST_LANES
    return f" It shows the first {MOST_LANES} topics of {len(topics)}." if more > 0 else None


GAP = (
    "The gap is the smallest distance between the answers that the parties affirm: 0 if they all "
    "affirm the same answer, 1 if they are at opposite ends of a scale, and a number with its unit "
    "if the topic is a quantity. An answer accepted under conditions counts as affirmed. Each row "
    "compares the first and the last day of the period on which the gap is defined. Parties can "
    "move closer and still be in deadlock, or meet only under conditions that are refused."
)
LARGEST = "With more than two parties, the gap is the largest between any two of them."
DIRECTIONS: dict[Direction, str] = {
    "converging": "narrower",
    "diverging": "wider",
    "unmoved": "unchanged",
    "undefined": "cannot be compared",
}
"""The text for each change of a gap."""
MAX_NAMED = 5
"""Maximum number of topics that are named; if a mean covers more, they are only counted."""


def convergence_section(findings: Findings) -> Section:
    """Show for each topic whether the gap between the parties became smaller."""
    found = findings.convergence
    rows = _comparable(found)
    period = f"{day_text(found.since)} to {day_text(found.until)}"
    title = "Are they moving closer?"
    if not rows:
        none = f"On no topic can two gaps be compared in the period from {period}."
        return Section("convergence", title, paragraph(none))
    lines = (_line(findings, row) for row in rows)
    headers = ("Topic", "Relation at the end", "Gap", "First gap", "Last gap")
    table = grid("gaps", f"Gaps from {period}: {counted(len(rows), 'topic')}", headers, lines)
    plot = _plot(findings, [row.topic for row in rows])
    several = f" {LARGEST}" if len(findings.parties) > 2 else ""
    remarks = map(paragraph, filter(None, _remarks(findings)))
    body = joined(paragraph(GAP, several), plot, table, remarks)
    return Section("convergence", title, body, len(rows))


def mean_sentences(findings: Findings) -> Iterator[Child]:
    """Yield sentences on the mean gap: its topics, its change, and on how many it narrowed."""
    found = findings.convergence
    rows, trend = _in_mean(found), found.areas[-1].trend
    if len(rows) < 2 or trend.verdict == "undefined":
        return
    yield f"Over the {counted(len(rows), 'topic')} whose gaps at both ends of the period from "
    yield from (day(found.since), " to ", day(found.until), " can be compared")
    if len(rows) <= MAX_NAMED:
        yield from (" (", listed(topic_links(findings, (row.topic for row in rows))), ")")
    yield f", the mean gap {_mean_change(trend)}, on a scale from 0 (they meet) to 1 (as far "
    yield f"apart as possible): {_direction_counts(findings, rows)}."
    part = [
        row for row in _comparable(found) if row not in rows and row.topic not in found.unscaled
    ]
    if part:
        yield f" On {counted(len(part), 'further topic')} the gap is defined for part of the "
        yield f"period only; {'it is' if len(part) == 1 else 'they are'} not included in this mean."


def _comparable(found: Convergence) -> list[TopicTrend]:
    """List the topics with two gaps to compare."""
    return [row for row in found.topics if row.trend.verdict != "undefined"]


def _in_mean(found: Convergence) -> list[TopicTrend]:
    """List the topics of the mean: those with a gap at both ends, measured on a scale."""
    ends = (found.since, found.until)
    return [
        row
        for row in _comparable(found)
        if (row.trend.first, row.trend.last) == ends and row.topic not in found.unscaled
    ]


def _direction(trend: Trend, unit: str | None) -> Direction:
    """Return the direction of a gap; it is unchanged if both ends are written the same."""
    same = number_text(trend.before, unit) == number_text(trend.after, unit)
    return "unmoved" if same and trend.verdict != "undefined" else trend.verdict


def _direction_of(findings: Findings, row: TopicTrend) -> Direction:
    return _direction(row.trend, findings.catalogue.topic(row.topic).unit)


def _refused(findings: Findings, row: TopicTrend) -> bool:
    """Whether the parties meet on a topic only under conditions that are refused."""
    return any(found.refused for found in findings.overlaps if found.topic == row.topic)


def _mean_change(trend: Trend) -> str:
    before, after = (number_text(gap, None) for gap in (trend.before, trend.after))
    verbs = {"converging": "fell", "diverging": "rose"}
    verb = verbs.get(_direction(trend, None))
    return f"is unchanged at {after}" if verb is None else f"{verb} from {before} to {after}"


def _direction_counts(findings: Findings, rows: Sequence[TopicTrend]) -> str:
    """Count the topics on which the gap narrowed, widened or did not change."""
    counts = Counter(_direction_of(findings, row) for row in rows)
    narrower, wider, unchanged = (
        counts[direction] or "none" for direction in ("converging", "diverging", "unmoved")
    )
    refused = sum(
        _refused(findings, row) and _direction_of(findings, row) == "converging" for row in rows
    )
    which = "all" if refused == narrower else refused
    only = f" (on {which} of them only under conditions that are refused)" if refused else ""
    return (
        f"the gap narrowed on {narrower}{only}, widened on {wider} and is unchanged on {unchanged}"
    )


# The table


def _line(findings: Findings, row: TopicTrend) -> ReportRow:
    unit, trend = findings.catalogue.topic(row.topic).unit, row.trend
    ended = trend.last is not None and trend.last < findings.convergence.until
    cells = (
        _relation(findings, row),
        _direction_cell(findings, row),
        joined(str(number_text(trend.before, unit)), _on(trend.first)),
        joined(
            str(number_text(trend.after, unit)),
            _on(trend.last),
            note("no gap is defined at the end") if ended else None,
        ),
    )
    return ReportRow(topic_link(findings, row.topic), cells)


def _relation(findings: Findings, row: TopicTrend) -> Markup:
    """Name the relation at the end; if it is conditional, also the state of its conditions."""
    for found in findings.overlaps:
        if found.topic == row.topic:
            judged = found.relation == "conditional"
            words = CONDITIONS[found.conditions or "unknown"]
            return joined(relation_word(found), note(words) if judged else None)
    return joined(row.relation.replace("_", "-"))


def _direction_cell(findings: Findings, row: TopicTrend) -> Markup:
    direction = _direction_of(findings, row)
    only = direction == "converging" and _refused(findings, row)
    about = note("only under conditions that are refused") if only else None
    return joined(DIRECTIONS[direction], about)


def _on(date: dt.date | None) -> Markup | None:
    return None if date is None else note("on ", day(date))


def _remarks(findings: Findings) -> Iterator[str]:
    """Yield remarks on the topics of the mean, and on topics that are not in the table."""
    found = findings.convergence
    mean = found.areas[-1]
    if mean.compared > 1:
        what = counted(mean.compared, "topic")
        trend = _mean(mean.trend)
        yield f"Mean gap of the {what} with a gap at both ends of the period: {trend}"
    unknown = len(found.topics) - len(_comparable(found))
    if unknown:
        yield f"On {counted(unknown, 'further topic')} there are no two gaps to compare."
    known = findings.overlaps.notes
    yield " ".join(note for note in found.notes if note not in known)


def _mean(trend: Trend) -> str:
    """Write the mean at both ends with their days, and the slope if there is one."""
    if trend.first is None or trend.last is None or trend.verdict == "undefined":
        return f"undefined: {trend.reason}."
    before, after = (number_text(gap, None) for gap in (trend.before, trend.after))
    ends = f"{before} on {day_text(trend.first)}, {after} on {day_text(trend.last)}."
    return f"{ends}{_slope(trend)}"


def _slope(trend: Trend) -> str:
    """Write a slope with its interval, and whether the interval includes 0."""
    if trend.slope is None or trend.low is None or trend.high is None:
        return ""
    slope, low, high = map(_rate, (trend.slope, trend.low, trend.high))
    clear = "" if trend.low > 0 or trend.high < 0 else ", which includes 0: no clear trend"
    return (
        f" Slope over its {trend.points} changes: {slope} per year (Theil–Sen; 95 % interval "
        f"{low} to {high}{clear})."
    )


def _rate(change: float) -> str:
    """Write a yearly change as a page prints it, with a minus sign."""
    return rate_text(change).replace("-", "−")
