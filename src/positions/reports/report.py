"""A report on some parties: one page that can be printed, shared and read anywhere."""

from __future__ import annotations

import datetime as dt
from typing import Unpack

import attrs

from positions.records.catalogue import Parties, Plans, Topics
from positions.reports.findings import findings
from positions.reports.page import page, title_of
from positions.snapshots.dataset import Dataset, Day, ReadingOptions
from positions.tables.html import element
from positions.tables.whole_files import FilePath, write_whole

FRAMED = element("base", href="about:srcdoc")
"""Makes links inside the page refer to the page, not to the notebook that embeds it."""


@attrs.frozen
class Report:
    """A report as a self-contained HTML page.

    Attributes:
        title: the parties and the day.
        parties: the ids of the parties.
        date: the day of the report.
        html: the whole page.
    """

    title: str
    parties: tuple[str, ...]
    date: dt.date
    html: str = attrs.field(repr=False)

    def write(self, path: FilePath) -> None:
        """Write the page to a file, whole or not at all.

        Raises:
            OSError: the file cannot be written.
        """
        write_whole(path, self.html.encode())

    def _repr_html_(self) -> str:
        """Show the page in a frame in a notebook, below a line with its title."""
        frame = element(
            "iframe",
            srcdoc=self.html.replace("<head>", f"<head>{FRAMED}", 1),
            title=f"Report: {self.title}",
            sandbox="allow-popups allow-popups-to-escape-sandbox",
            style="width: 100%; height: 40em; border: 1px solid",
        )
        line = f"Report: {self.title}. To save it: report.write('report.html')"
        return f"{element('p', line)}{frame}"


def report(
    ds: Dataset,
    parties: Parties,
    *,
    on: Day | None = None,
    since: Day | None = None,
    topics: Topics = None,
    plans: Plans | None = None,
    **reading: Unpack[ReadingOptions],
) -> Report:
    """Make a report on the positions, agreements and deadlocks of parties, with every source.

    It has a summary in sentences, the positions side by side, deadlocks, room for agreement,
    changes, convergence, plans, a package, and all statements and sources. Curves are
    plotted if matplotlib is installed, and a package is searched for if python-sat is;
    without them, the report says that this was not done.

    Arguments:
        ds: the data set.
        parties: the ids of two or more different parties.
        on: the day; the end of the evidence if None.
        since: an earlier day; if given, the report shows what has changed since. A vague
            date means its last day.
        topics: an id, an area, or several; all if None.
        plans: a proposal or its id, to be shown clause by clause, or several; if None, all
            that were tabled by the day are shown, with one row each.
        reading: which statements count, as in `Dataset.at`.

    Raises:
        UnknownNameError: a party, topic or plan is not in the data set.
        InvalidInputError: an argument cannot be used.

    >>> from positions.files.bundled import load
    >>> report(load(), ["RUS", "UKR"], on="2022-10-01", topics="nato").title
    'Russia and Ukraine on 1 October 2022'
    """
    found = findings(ds, parties, on=on, since=since, topics=topics, plans=plans, **reading)
    return Report(title_of(found), found.parties, found.date, page(found))
