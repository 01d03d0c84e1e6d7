"""A report on some parties: one page that can be printed, sent on, and read anywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Unpack

import attrs

from positions.records.catalogue import Topics
from positions.reports.findings import findings
from positions.reports.page import page, title_of
from positions.snapshots.dataset import Dataset, Day, ReadingOptions
from positions.tables.html import element
from positions.tables.whole_files import FilePath, write_whole

FRAMED = element("base", href="about:srcdoc")
"""Lets links inside the page lead to the page, and not to the notebook that frames it."""


@attrs.frozen
class Report:
    """A report as a page of HTML that needs nothing beside itself.

    Attributes:
        title: who, and on which day.
        parties: the ids of the parties.
        date: the day that it is about.
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
        """Show the page in a frame of a notebook, below a line that says what it is."""
        frame = element(
            "iframe",
            srcdoc=self.html.replace("<head>", f"<head>{FRAMED}", 1),
            title=f"Report: {self.title}",
            sandbox="allow-popups allow-popups-to-escape-sandbox",
            style="width: 100%; height: 40em; border: 1px solid",
        )
        saved = f"Report: {self.title}. To keep it: report.write('report.html')"
        return f"{element('p', saved)}{frame}"


def report(
    ds: Dataset,
    parties: Iterable[str],
    *,
    on: Day | None = None,
    since: Day | None = None,
    topics: Topics = None,
    plans: str | Iterable[str] | None = None,
    **reading: Unpack[ReadingOptions],
) -> Report:
    """Write a report: where parties stand, agree and are stuck, with every source.

    It has a summary in words, the positions side by side, deadlocks, room for agreement,
    what moved, whether they come nearer, plans, a package, and all statements and
    sources. Curves are drawn where matplotlib is installed, and a package is looked for
    where python-sat is; without them the report says that this was not done.

    Arguments:
        ds: the data set.
        parties: the ids of two or more different parties.
        on: the day; the end of the evidence where None.
        since: an earlier day; then the report tells what moved since. A vague date
            means its last day.
        topics: an id, an area, or several; all where None.
        plans: the id of a proposal to be told clause by clause, or several; where None, a
            line each for all that were tabled by the day.
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
