"""Pictures in a report, where matplotlib is installed to draw them."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from positions.charts import MOST_LANES
from positions.convergences import convergence
from positions.errors import MissingLibraryError
from positions.markup import Markup, element
from positions.plots import to_svg
from positions.reporting.findings import Findings
from positions.reporting.prose import names_text, paragraph

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
        findings.ds, findings.parties, topics, start=found.start, end=found.end, **findings.reading
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
