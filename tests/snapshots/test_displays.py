"""How data sets, snapshots and records are displayed at the prompt and in a notebook."""

from __future__ import annotations

import pickle

import pytest

import positions as pos
from makers import dataset, one_of_each, party, said, source, topic
from positions.records.record_tables import MANY, record_lines
from positions.snapshots.overviews import NAMED
from table_readers import html_cells

KINDS = ("parties", "topics", "sources", "statements", "proposals", "events")


class TestDataset:
    """The overview of a data set."""

    def test_counts(self) -> None:
        """The overview shows how many records of each kind there are, and which."""
        table = one_of_each().table()
        assert table.title == "Small"
        assert [row[:2] for row in table.rows] == list(zip(KINDS, (3, 4, 2, 7, 2, 1), strict=True))
        assert table.rows[0][2] == "State A (A), State B (B), State C (C)"
        assert table.rows[1][2] == "land, rank, army, talks"
        assert table.rows[3][2] == "from 2000-01-01 to 2000-04-01"

    def test_evidence(self) -> None:
        """The overview says where the evidence ends."""
        assert "Evidence until 2000-12-31" in one_of_each()._repr_html_()

    def test_empty(self) -> None:
        """A data set without records shows that it has none."""
        empty = pos.Dataset.of(parties=[], topics=[])
        assert [row[1:] for row in empty.table().rows] == [(0, "")] * 6

    def test_many_names(self) -> None:
        """Of many names the first are shown, followed by an ellipsis."""
        topics = [topic(f"area{letter}", "no", "yes") for letter in "abcdefghijklmnop"]
        shown = str(dataset(topics=topics).table().rows[1][2])
        assert shown.split(", ")[-2:] == ["areal", "…"]
        assert len(shown.split(", ")) == NAMED + 1


class TestSnapshot:
    """The overview of a snapshot."""

    def test_tally(self) -> None:
        """The overview counts the topics on which each party has spoken, by attitude."""
        snapshot = dataset(
            said("A", {"yes": "demand"}),
            said("A", {"some": "accept", "all": "reject"}, topic="rank"),
            said("B", {"here": "reject"}, topic="talks.place"),
        ).at("2000-02-01")
        table = snapshot.table()
        assert table.title == "Snapshot on 2000-02-01: 3 positions"
        assert table.headers == ("party", "topics", "demands", "accepts", "conditional", "rejects")
        assert table.rows == (("State A (A)", 2, 1, 1, 0, 2), ("State B (B)", 1, 0, 0, 0, 1))

    def test_notes(self) -> None:
        """The overview contains the notes on the snapshot."""
        snapshot = dataset(said("A", {"yes": "demand"})).at("2001")
        assert "The evidence ends on 2000-12-31" in snapshot._repr_html_()

    def test_nobody(self) -> None:
        """A snapshot in which nobody has spoken shows no rows."""
        assert dataset().at("2000").table().rows == ()


class TestListings:
    """Records in lists."""

    @pytest.mark.parametrize("kind", KINDS)
    def test_is_a_tuple(self, kind: str) -> None:
        """The records of a kind are a tuple: they compare, hash and pickle like one."""
        ds = one_of_each()
        records = getattr(ds, kind)
        assert records == tuple(getattr(ds.document, kind))
        assert hash(records) == hash(tuple(records))
        assert pickle.loads(pickle.dumps(records)) == records
        assert repr(records) == repr(tuple(records))

    @pytest.mark.parametrize("kind", KINDS)
    def test_shows_each(self, kind: str) -> None:
        """A list shows a row for each record, the id first."""
        records = getattr(one_of_each(), kind)
        table = records.table()
        assert table.title == f"{kind.capitalize()}: {len(records)}"
        assert [row[0] for row in table.rows] == [record.id for record in records]

    def test_fields(self) -> None:
        """A row shows the fields that distinguish records; several parties are joined by commas."""
        table = one_of_each().statements.table()
        assert table.headers == ("id", "date", "parties", "topic", "summary")
        row = ("b-c.2000-02-01.land", "2000-02-01", "B, C", "land", "B and C spoke of land.")
        assert row in table.rows

    def test_notebook(self) -> None:
        """A notebook shows the first 30 rows, and says how many more there are."""
        records = dataset(topics=[topic(f"t{n}", "no", "yes") for n in range(53)]).topics
        assert len(html_cells(records._repr_html_())) == 31 * 4
        assert "… 23 more rows: .table() has all of them" in records._repr_html_()

    def test_empty(self) -> None:
        """An empty list shows no rows."""
        assert "no rows" in dataset().events._repr_html_()


class TestRecords:
    """Single records."""

    def test_fields(self) -> None:
        """A record shows the fields that are not empty, in a notebook and in Markdown."""
        record = one_of_each().statement("b.2000-01-02.land")
        cells = html_cells(record._repr_html_())
        assert cells[:2] == ["field", "value"]
        shown = dict(zip(cells[2::2], cells[3::2], strict=True))
        assert shown["says"] == "yes: reject"
        assert shown["until"] == "2000-03"
        assert "speaker" not in shown
        assert "| until | 2000-03 |" in record._repr_markdown_()

    def test_address(self) -> None:
        """The address of a source is a link."""
        page = source(url="https://example.org/a")._repr_html_()
        assert '<a href="https://example.org/a" rel="noopener noreferrer"' in page

    def test_nested(self) -> None:
        """Conditions, options and clauses are on separate lines."""
        ds = one_of_each()
        land = ds.topic("land")._repr_html_()
        assert "id: no; name: No; definition: It is no.<br>id: yes; name: Yes" in land
        page = ds.statement("b-c.2000-02-01.land")._repr_html_()
        assert "for: yes; all: topic: army.size; options: ..85<br>for: yes" in page

    def test_plain_text(self) -> None:
        """At the prompt a record has its plain representation, so that lists stay readable."""
        assert repr(source()).startswith("Source(id='press', title='On press'")

    def test_many_records(self) -> None:
        """Long sequences of records are only counted; ids are all listed."""
        press = [source(f"p{number}") for number in range(MANY + 1)]
        some, many = (dataset(sources=press[:count]).document for count in (MANY, MANY + 1))
        assert dict(record_lines(some))["sources"].count("\n") == MANY - 1
        assert dict(record_lines(many))["sources"] == f"{MANY + 1} in all"
        union = party("U", members=[f"P{number}" for number in range(MANY + 1)])
        assert dict(record_lines(union))["members"].endswith(f"P{MANY}")
