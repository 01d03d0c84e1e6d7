"""Hypothesis strategies for the records of a data set, and for whole data sets.

All values are valid by construction, and small: few parties, topics and days, so that
statements often coincide: on one day, within one month, before and after a lapse. Records that
refer to others are drawn for a document: those of `statements(document)` can be added to it.

>>> from hypothesis import given
>>> @given(datasets(), edtf_dates())
... def test_that_my_report_has_a_line_for_every_party(dataset, date):
...     assert len(my_report(dataset.at(date))) == len(dataset.parties)
"""

from positions.strategies.documents import datasets, documents
from positions.strategies.draws import edtf_dates, names
from positions.strategies.records import (
    conditions,
    events,
    parties,
    proposals,
    sources,
    statements,
    terms,
)
from positions.strategies.topics import options, says, topics

__all__ = [
    "conditions",
    "datasets",
    "documents",
    "edtf_dates",
    "events",
    "names",
    "options",
    "parties",
    "proposals",
    "says",
    "sources",
    "statements",
    "terms",
    "topics",
]
