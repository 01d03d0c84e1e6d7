"""The data set: records by id, selections, what-ifs, and the snapshot of a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import positions as pos
from makers import dataset, one_of_each, party, said, source
from positions.errors import DataError, InvalidInputError, UnknownNameError
from positions.records.attitudes import Attitude
from positions.records.dates import parse_date
from positions.records.models import Mandate, Statement
from positions.snapshots.dataset import Dataset

LAST = "2000-12-31"


class TestRecords:
    """Records are found by id."""

    @pytest.mark.parametrize(
        ("kind", "id"),
        [
            ("party", "A"),
            ("topic", "land"),
            ("source", "press"),
            ("statement", "a.2000-01-01.land"),
            ("proposal", "p1"),
            ("event", "e1"),
        ],
    )
    def test_by_id(self, kind: str, id: str) -> None:
        """Each kind has its method; the error for an unknown id suggests the nearest."""
        ds = one_of_each()
        assert getattr(ds, kind)(id).id == id
        with pytest.raises(UnknownNameError, match=f"no {kind} '{id}x'"):
            getattr(ds, kind)(f"{id}x")
        for rubbish in (None, 5, ["A"]):
            with pytest.raises(UnknownNameError):
                getattr(ds, kind)(rubbish)

    def test_all(self) -> None:
        """All records of a kind are a tuple in the order of the file."""
        ds = one_of_each()
        assert [record.id for record in ds.parties] == ["A", "B", "C"]
        assert [len(kind) for kind in (ds.topics, ds.sources, ds.proposals, ds.events)] == [
            4,
            2,
            2,
            1,
        ]
        assert repr(ds) == "<Dataset 'Small': 3 parties, 4 topics, 7 statements>"

    def test_unknown_id_where_there_is_none(self) -> None:
        """Without records of the kind, the error says so."""
        with pytest.raises(UnknownNameError, match="no event 'e': the data set has none"):
            dataset().event("e")

    def test_values(self) -> None:
        """Data sets with the same records are equal, and have equal hashes."""
        assert one_of_each() == one_of_each()
        assert hash(one_of_each()) == hash(one_of_each())
        assert one_of_each() != dataset()


class TestAdd:
    """Further statements make a new data set."""

    def test_add(self) -> None:
        """The data set itself stays as it is."""
        ds = dataset(said("A", {"yes": "demand"}))
        more = ds.add(said("B", {"yes": "accept"}), said("C", {"yes": "accept"}))
        assert [len(ds.statements), len(more.statements)] == [1, 3]
        assert pos.overlap(more.at(LAST), ["A", "B", "C"])[0].relation == "agreed"

    def test_unknown_records(self) -> None:
        """A statement that refers to unknown records is an error."""
        with pytest.raises(DataError, match=r"'D'.*parties"):
            dataset().add(said("D", {"yes": "demand"}))


class TestSelect:
    """A selection keeps the statements that match, and all other records."""

    @pytest.fixture
    def ds(self) -> Dataset:
        """Four statements, of which the last denies the third."""
        return dataset(
            said("A", {"yes": "demand"}, "2000-01-01"),
            said("A B", {"no": "accept"}, "2000-02"),
            said("C", {"here": "accept"}, "2000-03-01", "talks.place", attribution="reported"),
            said(
                "C",
                {"here": "reject"},
                "2000-04",
                "talks.place",
                denies=("c.2000-03-01.talks.place",),
            ),
        )

    @pytest.mark.parametrize(
        ("chosen", "kept"),
        [
            ({}, [0, 1, 2, 3]),
            ({"parties": ["B"]}, [1]),
            ({"parties": ["A", "C"]}, [0, 1, 2, 3]),
            ({"topics": "talks"}, [2, 3]),
            ({"topics": ["land", "rank"]}, [0, 1]),
            ({"since": "2000-02-15"}, [1, 2, 3]),
            ({"until": "2000-02-15"}, [0]),
            ({"until": "2000-02"}, [0, 1]),
            ({"until": dt.date(2000, 3, 1)}, [0, 1, 2]),
            ({"since": parse_date("2000-03")}, [2, 3]),
            ({"attributions": ["reported"]}, [2]),
            ({"parties": []}, []),
        ],
    )
    def test_select(self, ds: Dataset, chosen: dict[str, Any], kept: list[int]) -> None:
        """Each argument drops statements that do not match; a vague date means its last day."""
        found = ds.select(**chosen)
        assert [s.id for s in found.statements] == [ds.statements[number].id for number in kept]
        assert found.parties == ds.parties

    def test_denials(self, ds: Dataset) -> None:
        """A denial of a statement that is left out is removed."""
        assert ds.select(since="2000-04").statements[0].denies == ()
        assert ds.select(topics="talks").statements[1].denies == ("c.2000-03-01.talks.place",)

    @pytest.mark.parametrize(
        ("chosen", "message"),
        [
            ({"parties": ["D"]}, "no party 'D'"),
            ({"topics": "lend"}, "did you mean 'land'"),
            ({"since": "2000-1"}, "write 2000-01"),
        ],
    )
    def test_unknown(self, ds: Dataset, chosen: dict[str, Any], message: str) -> None:
        """An unknown name is an error."""
        with pytest.raises(pos.PositionsError, match=message):
            ds.select(**chosen)

    def test_unknown_attribution(self, ds: Dataset) -> None:
        """An unknown attribution is an error, not an empty selection."""
        with pytest.raises(InvalidInputError, match="attributions: wanted one of self, reported"):
            ds.select(attributions=["hearsay"])  # type: ignore[list-item]


def attitude(ds: Dataset, on: Any, option: str = "yes", **reading: Any) -> Attitude:
    """The attitude of A to an option of land."""
    return ds.at(on, **reading)["A", "land"].cell(option).attitude


class TestAt:
    """Which statements count on a day."""

    def test_dates(self) -> None:
        """A day can be a text, a date or a parsed date; a vague one means its last day."""
        ds = dataset(said("A", {"yes": "demand"}, "2000-01-20"))
        for day in ("2000-01-20", dt.date(2000, 1, 20), parse_date("2000-01"), "2000"):
            assert attitude(ds, day) == "demand"
        assert attitude(ds, "2000-01-19") == "silent"
        with pytest.raises(InvalidInputError, match=r"2000-01-20|2000, 1, 20"):
            ds.at(dt.datetime(2000, 1, 20, 12))

    @pytest.mark.parametrize(
        ("reading", "expected"),
        [
            ({}, "silent"),
            ({"dates": "earliest"}, "demand"),
        ],
    )
    def test_vague(self, reading: dict[str, Any], expected: str) -> None:
        """A statement with a vague date counts from its last day, or on request from its first."""
        ds = dataset(said("A", {"yes": "demand"}, "2000-02"))
        assert attitude(ds, "2000-02-10", **reading) == expected

    def test_from(self) -> None:
        """A statement that is in force from a later day counts from then."""
        ds = dataset(said("A", {"yes": "demand"}, from_="2000-02-01"))
        assert attitude(ds, "2000-01-31") == "silent"
        assert attitude(ds, "2000-02-01") == "demand"

    def test_until(self) -> None:
        """A statement is in force on its last day, and not on the day after."""
        ds = dataset(said("A", {"yes": "accept"}, until="2000-02"))
        assert attitude(ds, "2000-02-29") == "accept"
        assert attitude(ds, "2000-03-01") == "silent"

    @pytest.mark.parametrize("age", [30, dt.timedelta(days=30)])
    def test_max_age(self, age: Any) -> None:
        """Statements older than so many days do not count."""
        ds = dataset(said("A", {"yes": "reject"}))
        assert attitude(ds, "2000-01-31", max_age=age) == "reject"
        assert attitude(ds, "2000-02-01", max_age=age) == "silent"

    @pytest.mark.parametrize(
        ("by", "undated", "expected"),
        [
            ("2000-05-01", "retrieved", "demand"),
            ("2000-04-30", "retrieved", "silent"),
            ("2000-04-30", "same_day", "demand"),
        ],
    )
    def test_undated(self, by: str, undated: Any, expected: str) -> None:
        """An undated source is known from its retrieval, or on request from the day itself."""
        site = source("site", retrieved="2000-05-01")
        ds = dataset(said("A", {"yes": "demand"}, sources=("site",)), sources=[site])
        assert attitude(ds, LAST, known_by=by, undated=undated) == expected

    def test_known_by(self) -> None:
        """One source published by then is enough."""
        sources = [source("early", published="2000-02-01"), source("late", published="2000-03")]
        ds = dataset(said("A", {"yes": "demand"}, sources=("late", "early")), sources=sources)
        assert attitude(ds, LAST, known_by="2000-01-31") == "silent"
        assert attitude(ds, LAST, known_by="2000-02-01") == "demand"

    def test_confidence(self) -> None:
        """A least confidence drops statements below it, and those without one."""
        for given, expected in (("high", "demand"), ("low", "silent"), (None, "silent")):
            ds = dataset(said("A", {"yes": "demand"}, confidence=given))
            assert attitude(ds, LAST, confidence="medium") == expected

    def test_claims(self) -> None:
        """Claims fill silent cells on request; others are listed, contested or not."""
        claim = {"attribution": "claimed", "claimed_by": "B", "id": "claim"}
        ds = dataset(
            said("A", {"yes": "demand"}), said("A", {"yes": "reject"}, "2000-02-01", **claim)
        )
        assert attitude(ds, LAST) == "demand"
        everything = ("self", "claimed")
        assert attitude(ds, LAST, attributions=everything) == "demand"
        (found,) = ds.at(LAST, attributions=everything).claims
        assert (found.party, found.option, found.contested) == ("A", "yes", True)
        alone = ds.select(attributions=["claimed"]).at(LAST, attributions=everything)
        assert alone["A", "land"].cell("yes").claimed
        assert alone.claims == ()

    def test_inherited(self) -> None:
        """Statements of an earlier government are marked, and left out on request."""
        parties = [party("A", mandates=(Mandate(from_="2000-03-01", name="Second"),))]
        ds = dataset(said("A", {"yes": "demand"}), parties=parties)
        assert not ds.at("2000-02-29")["A", "land"].cell("yes").inherited
        assert ds.at("2000-03-01")["A", "land"].cell("yes").inherited
        assert attitude(ds, "2000-03-01", inherited=False) == "silent"

    def test_denied(self) -> None:
        """A denied report does not count from the day of the denial."""
        report = said("A", {"yes": "accept"}, attribution="reported", id="report")
        denial = said("A", {"no": "accept"}, "2000-02-01", denies=("report",))
        ds = dataset(report, denial)
        assert attitude(ds, "2000-01-31") == "accept"
        assert attitude(ds, "2000-02-01") == "silent"

    @pytest.mark.parametrize(
        ("reading", "message"),
        [
            ({"dates": "first"}, "dates: wanted one of latest, earliest, got 'first'"),
            ({"undated": "never"}, "undated: wanted one of retrieved, same_day"),
            ({"confidence": "sure"}, "confidence: wanted one of low, medium, high"),
            ({"attributions": ["hearsay"]}, "attributions: wanted one of self, reported"),
            ({"max_age": -1}, "max_age: wanted a number of days, 0 or more, got -1"),
            ({"max_age": "old"}, "max_age: wanted a number of days or a timedelta, got 'old'"),
            ({"known_by": "soon"}, "wanted a date"),
        ],
    )
    def test_arguments(self, reading: dict[str, Any], message: str) -> None:
        """The error for an invalid argument says what is wanted."""
        with pytest.raises(InvalidInputError, match=message):
            dataset().at(LAST, **reading)

    def test_one_attribution(self) -> None:
        """One attribution can be given without a list."""
        ds = dataset(
            said("A", {"yes": "demand"}), said("B", {"no": "demand"}, attribution="leaked")
        )
        assert attitude(ds, LAST, attributions="self") == "demand"
        assert attitude(ds, LAST, attributions="leaked") == "silent"
        assert len(ds.select(attributions="leaked").statements) == 1

    def test_notes(self) -> None:
        """A snapshot says where the evidence ends, and how much rests on undated sources."""
        site = source("site", retrieved="2000-05-01")
        ds = dataset(said("A", {"yes": "demand"}, sources=("site",)), sources=[site])
        assert ds.at(LAST).notes == ()
        assert ds.at("2001-01-01").notes == (
            "The evidence ends on 2000-12-31; later statements are not in the data.",
        )
        assert ds.at(LAST, known_by="2000-06").notes == (
            "No source dated by then: 1 statement, of which 1 count (retrieved).",
        )
        assert ds.at(LAST, known_by="2000-02").notes == (
            "No source dated by then: 1 statement, of which 0 count (retrieved).",
        )


class TestSnapshot:
    """All positions of a day."""

    @pytest.fixture
    def ds(self) -> Dataset:
        """One party on two topics."""
        return dataset(
            said("A", {"yes": "demand", "shared": "accept"}, "2000-01-01"),
            said("A", {"some": "reject"}, "2000-02-01", "rank"),
        )

    def test_position(self, ds: Dataset) -> None:
        """A position lists what is demanded, accepted and rejected, since when, with statements."""
        position = ds.at(LAST)["A", "land"]
        assert position.attitudes == {"no": "reject", "yes": "demand", "shared": "accept"}
        assert (position.demands, position.accepts) == (("yes",), ("shared",))
        assert (position.rejects, position.conditional) == (("no",), ())
        assert position.cell("no").implied
        assert position.since == position.said == dt.date(2000, 1, 1)
        assert position.statements == ("a.2000-01-01.land",)
        assert position.affirms == ("yes", "shared")

    def test_unanswered(self, ds: Dataset) -> None:
        """A party that speaks of some options leaves the others unanswered; a silent one none."""
        snapshot = ds.at(LAST)
        assert snapshot["A", "rank"].unanswered == ("none", "most", "all")
        assert snapshot["B", "rank"].unanswered == ()
        assert (snapshot["B", "rank"].silent, snapshot["B", "rank"].since) == (True, None)

    def test_stance(self, ds: Dataset) -> None:
        """A stance contains the positions of one party on every topic it speaks of."""
        stance = ds.at(LAST)["A"]
        assert [position.topic for position in stance] == ["land", "rank"]
        assert (len(stance), len(ds.at(LAST)["B"])) == (2, 0)
        assert stance["rank"].rejects == ("some",)
        assert stance == ds.at(LAST)["A"]
        assert stance != ds.at("2000-01-15")["A"]
        assert stance != "A"

    def test_unknown(self, ds: Dataset) -> None:
        """The errors for unknown parties, topics and options suggest the nearest name."""
        snapshot = ds.at(LAST)
        with pytest.raises(UnknownNameError, match="no party 'D'"):
            snapshot["D"]
        with pytest.raises(UnknownNameError, match="did you mean 'land'"):
            snapshot["A", "lend"]
        with pytest.raises(UnknownNameError, match="did you mean 'yes'"):
            snapshot["A", "land"].cell("yess")

    def test_equality(self, ds: Dataset) -> None:
        """Snapshots are equal when their days and positions are."""
        assert ds.at("2000-03-01") == ds.at("2000-03-01")
        assert ds.at("2000-03-01") != ds.at("2000-03-02")
        assert ds.at("2000-03-01") != "2000-03-01"
        later = said("A", {"no": "accept"}, "2000-12-01")
        assert ds.add(later).at("2000-03-01") == ds.at("2000-03-01")

    def test_empty(self) -> None:
        """A data set without records has an empty snapshot."""
        snapshot = Dataset.of(parties=[], topics=[]).at(LAST)
        assert (snapshot.spoken, snapshot.notes) == ((), ())


def test_a_denied_denial() -> None:
    """A denial that is denied itself has no effect."""

    def talk(id: str, on: str, *denied: str) -> Statement:
        return said("A", {"here": "reject"}, on, "talks.place", id=id, denies=denied)

    report = said("A", {"yes": "accept"}, id="report")
    ds = dataset(report, talk("one", "2000-02-01", "report"), talk("two", "2000-03-01", "one"))
    assert [attitude(ds, on) for on in ("2000-01-15", "2000-02-15", "2000-03-15")] == [
        "accept",
        "silent",
        "accept",
    ]
