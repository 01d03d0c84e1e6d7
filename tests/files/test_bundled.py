"""What a data set is: versions, checksum, counts, time, and how to cite it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path

import positions as pos
from makers import dataset, one_of_each, said
from positions import quality
from positions.files.bundled import bundled_file
from positions.files.json_files import to_json

ROOT = Path(__file__).parents[2]


def test_bundled_data() -> None:
    """Without an argument it tells of the bundled data, with the checksum of their file."""
    info = quality.data_info()
    assert info == quality.data_info(pos.load())
    assert info.sha256 == hashlib.sha256(bundled_file().read_bytes()).hexdigest()
    assert (info.library_version, info.licence) == (pos.__version__, "CC-BY-4.0")
    assert info.data_version in info.cite
    assert info.cite.startswith(f"The positions authors: {info.title}. ")


def test_authors_are_those_of_the_citation_file() -> None:
    """The head of the bundled data names the authors that CITATION.cff names."""
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert set(re.findall(r"- name: (.+)", text)) == set(pos.load().document.authors)


def test_versions_of_the_data_are_told_apart() -> None:
    """The changelog of the data has an entry for the version of the bundled data."""
    text = (ROOT / "data" / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## ([0-9.]+)$", text, re.MULTILINE)
    assert quality.data_info().data_version in versions
    numbers = [tuple(map(int, version.split("."))) for version in versions]
    assert numbers == sorted(numbers, reverse=True)


def test_small_data() -> None:
    """It counts the records of each kind, and finds the days between which they were said."""
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
    """A vague date reaches from its first day to its last."""
    info = quality.data_info(dataset(said("A", {"yes": "demand"}, "2000-02~")))
    assert (info.first, info.last) == (dt.date(2000, 2, 1), dt.date(2000, 2, 29))


def test_nobody_has_spoken() -> None:
    """Where nothing was said there is no first day and no last."""
    info = quality.data_info(dataset())
    assert (info.first, info.last, info.statements) == (None, None, 0)


def test_shown() -> None:
    """It shows as a table of fields, and its record holds plain values."""
    info = quality.data_info(one_of_each())
    (record,) = info.to_records()
    assert list(record) == list(info.columns)
    assert (record["first"], record["evidence_until"]) == ("2000-01-01", "2000-12-31")
    assert [row[0] for row in info.table().rows] == list(info.columns)
    assert "statements" in str(info)
    assert info.to_csv().count("\r\n") == 2
