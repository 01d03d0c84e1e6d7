"""Facts about a data set: versions, checksum, counts, period and citation."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from makers import dataset, one_of_each, said
from positions import quality
from positions.cli import main as cli
from positions.files.json_files import to_json


def test_small_data() -> None:
    """The facts contain the number of records of each kind, and the first and last day."""
    info = quality.data_info(one_of_each())
    counts = [info.parties, info.topics, info.sources, info.statements, info.proposals, info.events]
    assert counts == [3, 4, 2, 7, 2, 1]
    assert (info.first, info.last) == (dt.date(2000, 1, 1), dt.date(2000, 4, 1))
    checksum = hashlib.sha256(to_json(one_of_each()).encode()).hexdigest()
    assert (info.sha256, str(info.evidence_until)) == (checksum, "2000-12-31")
    assert info.cite == (
        "Ann Coder: Small. Data set, version 0, evidence until 2000-12-31, licence none given, "
        f"sha256 {checksum[:12]}."
    )


def test_vague_days() -> None:
    """A vague date extends from its first day to its last."""
    info = quality.data_info(dataset(said("A", {"yes": "demand"}, "2000-02~")))
    assert (info.first, info.last) == (dt.date(2000, 2, 1), dt.date(2000, 2, 29))


def test_no_statements() -> None:
    """Without statements there is no first day and no last day."""
    info = quality.data_info(dataset())
    assert (info.first, info.last, info.statements) == (None, None, 0)


def test_shown() -> None:
    """The facts are displayed as a table of fields, and their record has plain values."""
    info = quality.data_info(one_of_each())
    (record,) = info.to_records()
    assert list(record) == list(info.columns)
    assert (record["first"], record["evidence_until"]) == ("2000-01-01", "2000-12-31")
    assert [row[0] for row in info.table().rows] == list(info.columns)
    assert "statements" in str(info)
    assert info.to_csv().count("\r\n") == 2


def test_bundled_data_are_refused_here() -> None:
    """Tests of the code cannot read the bundled data, so that no correction breaks them."""
    for read in (quality.data_info, lambda: cli.main(["show", "parties"])):
        with pytest.raises(AssertionError, match="tests/data"):
            read()
