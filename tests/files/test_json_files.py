"""Reading and writing: lossless, strict, and with every fault reported at once."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

import positions as pos
from makers import broken, dataset, document, one_of_each, said, written
from positions.errors import DataError
from positions.files import json_files as files
from positions.files.json_files import parse_json, read_json, schema, to_json, write_json
from rubbish import RUBBISH, mutate, places, refused_or_read


def report(value: Any) -> str:
    """Return the report on a file that cannot be read: text, bytes, or any JSON value."""
    text = value if isinstance(value, bytes | str) else json.dumps(value)
    with pytest.raises(DataError) as caught:
        parse_json(text, origin="data.json")
    return str(caught.value)


VALID = to_json(one_of_each())
"""A file without a fault."""


class TestRoundTrip:
    """Law 7: what is written is read again, and everything else is refused with a report."""

    def test_files(self, tmp_path: Path) -> None:
        """A file that was written can be read, and contains one record after another."""
        path = tmp_path / "data.json"
        write_json(one_of_each(), path)
        assert read_json(path) == one_of_each()
        assert read_json(str(path)).statement("a.2000-01-01.land").speaker == "Minister"
        assert path.read_text().startswith('{\n "schema_version": "1.1",\n')

    def test_byte_order_mark(self) -> None:
        """A byte order mark at the start, as some editors write it, is ignored."""
        assert parse_json(b"\xef\xbb\xbf" + to_json(one_of_each()).encode()) == one_of_each()

    @settings(max_examples=200)
    @given(st.binary(max_size=40) | st.text(max_size=40))
    @example(b"\xff\xfe{")
    @example("{" * 100_000)
    @example("[" * 100_000)
    @example("1" * 5_000)
    @example('{"title": "\\ud800"}')
    @example("\ud800")
    @example("1e999")
    def test_any_bytes(self, data: bytes | str) -> None:
        """Any bytes are refused with a report, and raise no other error."""
        with pytest.raises(DataError) as caught:
            parse_json(data)
        assert str(caught.value).isprintable() or "\n" in str(caught.value)

    @settings(max_examples=100)
    @given(st.data())
    def test_any_json(self, data: st.DataObject) -> None:
        """Any JSON values in place of records are refused with a report."""
        value = data.draw(
            st.fixed_dictionaries({}, optional=dict.fromkeys(json.loads(VALID), RUBBISH))
        )
        refused_or_read(value)

    @settings(max_examples=200)
    @given(st.data())
    def test_any_mutation(self, data: st.DataObject) -> None:
        """One change anywhere in a valid file is read or reported, and raises no other error."""
        value = json.loads(VALID)
        place, key = data.draw(st.sampled_from(places(value)))
        change = data.draw(st.sampled_from(["replace", "delete", "repeat", "rename"]))
        mutate(place, key, change, data.draw(RUBBISH))
        refused_or_read(value)


FAULTS: dict[str, tuple[Callable[[], Any], str]] = {
    "unknown party": (
        lambda: broken(("statements.0.parties", ["D"])),
        "statements[0].parties: 'D' is not among the parties",
    ),
    "unknown topic": (
        lambda: broken(("statements.0.topic", "lnd")),
        "statements[0].topic: 'lnd' is not among the topics (did you mean 'land'?)",
    ),
    "unknown source": (
        lambda: broken(("statements.0.sources", ["pres"])),
        "statements[0].sources: 'pres' is not among the sources (did you mean 'press'?)",
    ),
    "unknown member": (
        lambda: broken(("parties.2.members", ["A", "X"])),
        "parties[2].members: 'X' is not among the parties",
    ),
    "unknown denied statement": (
        lambda: broken(("statements.6.denies", ["c.2000-01-01.rink"])),
        "statements[6].denies: 'c.2000-01-01.rink' is not among the statements "
        "(did you mean 'c.2000-01-01.rank'?)",
    ),
    "unknown option": (
        lambda: broken(("statements.0.says", {"yess": "demand"})),
        "statements[0].says.yess: no option of land 'yess'; did you mean 'yes'?",
    ),
    "unknown end of a range": (
        lambda: broken(("statements.5.says", {"som..": "accept"})),
        "statements[5].says.som..: no option of rank 'som'; did you mean 'some'?",
    ),
    "range in the wrong order": (
        lambda: broken(("statements.5.says", {"most..some": "accept"})),
        "statements[5].says.most..some: range on rank: wanted ends in the order "
        "none, some, most, all, got 'most..some'",
    ),
    "no interval": (
        lambda: broken(("statements.3.says", {"1..2..3": "demand"})),
        "statements[3].says.1..2..3: interval: wanted a number or a range such as "
        "..85000, 30.. or 20..50, got '1..2..3'",
    ),
    "empty interval": (
        lambda: broken(("statements.3.says", {"5..4": "demand"})),
        "statements[3].says.5..4: interval: wanted a range that contains a number, got '5..4'",
    ),
    "number out of domain": (
        lambda: broken(("statements.3.says", {"-5": "demand"})),
        "statements[3].says.-5: number on army.size: wanted a number within 0.., got '-5'",
    ),
    "unknown proposal in a condition": (
        lambda: broken(("statements.2.conditions.1.all.0", {"proposal": "p3"})),
        "statements[2].conditions[1].all[0].proposal: 'p3' is not among the proposals",
    ),
    "unknown option in a condition": (
        lambda: broken(("statements.2.conditions.0.all.0", {"topic": "land", "options": ["nein"]})),
        "statements[2].conditions[0].all[0].options.nein: no option of land 'nein'; "
        "there are 3: no, yes, shared",
    ),
    "unknown topic of an event": (
        lambda: broken(("events.0.topics", ["lend"])),
        "events[0].topics: 'lend' is not among the topics (did you mean 'land'?)",
    ),
    "repeated id": (
        lambda: broken(("statements.1.id", "a.2000-01-01.land")),
        "statements[1].id: 'a.2000-01-01.land' is also the id of statements[0] "
        "(ids are never reused)",
    ),
    "repeated option": (
        lambda: broken(("topics.0.options.1.id", "no")),
        "topics[0].options: 2 options have the id 'no'",
    ),
    "bad date": (
        lambda: broken(("statements.0.date", "2000-02-30")),
        "statements[0].date: date: wanted a date YYYY, YYYY-MM or YYYY-MM-DD, followed by "
        "?, ~ or % if in doubt, got '2000-02-30'; 2000-02 has days 01 to 29",
    ),
    "date that is no text": (
        lambda: broken(("statements.0.date", 2000)),
        "statements[0].date: date: wanted text, a datetime.date or a Date, got 2000",
    ),
    "until before it begins": (
        lambda: broken(("statements.1.until", "1999")),
        "statements[1]: `until` 1999 is before 2000-01-02, when the statement takes effect",
    ),
    "unknown attitude": (
        lambda: broken(("statements.0.says", {"yes": "demands"})),
        "statements[0].says.yes: attitude: wanted one of demand, accept, conditional, reject, "
        "withdrawn, got 'demands'",
    ),
    "control character": (
        lambda: broken(("statements.0.summary", "one\x1b[31mtwo")),
        "statements[0].summary: contains U+001B, which is not allowed in text",
    ),
    "line break": (
        lambda: broken(("parties.0.name", "one\ntwo")),
        "parties[0].name: contains U+000A, which is not allowed in text",
    ),
    "bidi character": (
        lambda: broken(("topics.0.name", "one\u202etwo")),
        "topics[0].name: contains U+202E, which is not allowed in text",
    ),
    "blanks": (
        lambda: broken(("sources.0.title", " title")),
        "sources[0].title: starts or ends with a blank",
    ),
    "keys that disagree": (
        lambda: broken(("statements.3.says", {"..10": "demand", "5..": "reject"})),
        "statements[3].says: overlapping keys of army.size: wanted the same attitude, or one "
        "key inside the other, got '..10, 5..'",
    ),
    "conditional without conditions": (
        lambda: broken(("statements.0.says", {"yes": "conditional"})),
        "statements[0]: 'yes' is conditional, but no conditions apply to it",
    ),
    "conditions without conditional": (
        lambda: broken(("statements.2.says", {"yes": "accept"})),
        "statements[2]: conditions are given for 'yes', which is not conditional",
    ),
    "empty condition": (
        lambda: broken(("statements.2.conditions.0.all.0", {})),
        "statements[2].conditions[0].all[0]: wanted exactly one of `topic` "
        "with `options`, `proposal`, or `text`",
    ),
    "the whole topic demanded": (
        lambda: broken(("statements.0.says", {"*": "demand"})),
        "statements[0]: '*', the whole topic, can only be withdrawn",
    ),
    "claim without a claimant": (
        lambda: broken(("statements.0.attribution", "claimed")),
        "statements[0]: wanted `claimed_by` if the attribution is claimed, and only then",
    ),
    "attribution nearly right": (
        lambda: broken(("statements.0.attribution", "report")),
        "statements[0].attribution: wanted 'self', 'reported', 'leaked' or 'claimed', "
        "found 'report' (did you mean 'reported'?)",
    ),
    "nobody": (
        lambda: broken(("statements.0.parties", [])),
        "statements[0].parties: wanted at least 1, found none",
    ),
    "a number for text": (
        lambda: broken(("statements.0.summary", 5)),
        "statements[0].summary: wanted text, found 5",
    ),
    "text for a number": (
        lambda: broken(("parties.0.gw", "1")),
        "parties[0].gw: wanted a whole number, found '1'",
    ),
    "party named twice": (
        lambda: broken(("statements.0.parties", ["A", "A"])),
        "statements[0]: a party is named twice",
    ),
    "self-denial": (
        lambda: broken(("statements.0.denies", ["a.2000-01-01.land"])),
        "statements[0]: the statement denies itself",
    ),
    "no address of the web": (
        lambda: broken(("sources.0.url", "javascript:alert(1)")),
        "sources[0].url: wanted an address that begins with http:// or https://, "
        "found 'javascript:alert(1)'",
    ),
    "undated source": (
        lambda: broken(
            ("sources.1", {**document()["sources"][0], "id": "site", "published": None})
        ),
        "sources[1]: wanted `published` or, if it is undated, `retrieved`",
    ),
    "unknown field": (
        lambda: broken(("statements.0.sumary", "Said.")),
        "statements[0].sumary: is not a field of the format (did you mean 'summary'?)",
    ),
    "missing field": (
        lambda: {key: item for key, item in document().items() if key != "title"},
        "title: is missing",
    ),
    "newer format": (
        lambda: broken(("schema_version", "2.0")),
        "schema_version: wanted 1.x, found 2.0 (upgrade positions)",
    ),
    "older format": (
        lambda: broken(("schema_version", "0.9")),
        "schema_version: wanted 1.x, found 0.9 (convert the file to the current format)",
    ),
    "not a list": (
        lambda: broken(("statements", {})),
        "statements: wanted a list, found an object",
    ),
    "not a record": (
        lambda: broken(("events.0", "talks")),
        "events[0]: wanted an object, found 'talks'",
    ),
    "not an object": (lambda: [], "wanted an object at the top, found an empty list"),
    "not finite": (
        lambda: VALID.replace('"gw": 1', '"gw": NaN'),
        "wanted JSON; NaN is not a number in JSON",
    ),
    "repeated key": (
        lambda: VALID.replace('"gw": 1', '"gw": 1, "gw": 2'),
        "the object with id 'A' has the key 'gw' twice",
    ),
    "not UTF-8": (
        lambda: VALID.encode("utf-16"),
        "wanted UTF-8 text, found an invalid byte at position 0",
    ),
    "cut off": (
        lambda: VALID[: VALID.index("State A") + 3],
        "wanted JSON; Unterminated string at line 12, column 12 (is the file cut off?)",
    ),
    "nominal topic with one option": (
        lambda: broken(("topics.3.options", document()["topics"][3]["options"][:1])),
        "topics[3].options: wanted at least two options, found 1",
    ),
    "quantity without a unit": (
        lambda: broken(("topics.2.unit", None)),
        "topics[2].unit: a quantity topic needs the unit of its numbers",
    ),
    "unit without a quantity": (
        lambda: broken(("topics.0.unit", "soldiers")),
        "topics[0]: `unit` and `span` are only for quantity topics, not nominal ones",
    ),
    "places out of order": (
        lambda: broken(*((f"topics.1.options.{i}.at", float(5 - i)) for i in range(4))),
        "topics[1].options: wanted `at` to increase in the order of options, "
        "found [5.0, 4.0, 3.0, 2.0]",
    ),
    "a place on a nominal topic": (
        lambda: broken(("topics.0.options.0.at", 1.0)),
        "topics[0].options: wanted `at` on all options of an ordinal topic, or on none",
    ),
    "domain that is none": (
        lambda: broken(("topics.2.domain", "all")),
        "topics[2].domain: interval: wanted a number or a range such as ..85000, 30.. or "
        "20..50, got 'all'",
    ),
    "event without a date": (
        lambda: broken(("events.0.date", None)),
        "events[0]: wanted either `date`, or `start` with an optional `end`",
    ),
    "event that ends before it starts": (
        lambda: broken(
            ("events.0", {**document()["events"][0], "date": None, "start": "2000", "end": "1999"})
        ),
        "events[0]: `end` 1999 is before `start` 2000",
    ),
}
"""Files with one fault each, and the report on it."""


class TestFaults:
    """Each fault is reported with its path, what was wanted, what was found, and what to do."""

    @pytest.mark.parametrize("name", FAULTS)
    def test_fault(self, name: str) -> None:
        """A file with one fault gets a report of one line about it."""
        make, expected = FAULTS[name]
        assert report(make()) == f"data.json: 1 fault\n  {expected}"

    def test_deep_nesting(self) -> None:
        """Brackets that are nested too deeply are refused."""
        deep = report("[" * 200_000)
        wanted = "wanted lists and objects nested at most 900 levels deep"
        assert deep == f"data.json: 1 fault\n  {wanted}"

    def test_cycles_of_denials(self) -> None:
        """Statements whose denials form a cycle are reported, each with its path."""
        found = report(
            broken(
                ("statements.0.denies", ["b.2000-01-02.land"]),
                ("statements.1.denies", ["a.2000-01-01.land"]),
            )
        )
        assert found.splitlines()[1:] == [
            f"  statements[{number}].denies: the denials of {name!r} lead in a circle "
            "(remove one of them)"
            for number, name in enumerate(["a.2000-01-01.land", "b.2000-01-02.land"])
        ]

    def test_overlapping_conditions(self) -> None:
        """Conditional keys that overlap need the same groups of conditions."""
        statement = {
            **document()["statements"][3],
            "says": {"..10": "conditional", "5..": "conditional"},
            "conditions": [
                {"for": ["..10"], "all": [{"text": "in peace"}]},
                {"for": ["5.."], "all": [{"text": "in time"}]},
            ],
        }
        found = report(broken(("statements.3", statement)))
        wanted = "statements[3].conditions: ..10 and 5.. overlap, so they need the same groups"
        assert found == f"data.json: 1 fault\n  {wanted}"

    def test_ten_at_once(self) -> None:
        """All faults are reported together: those of single records, then those of references."""
        found = report(
            broken(
                ("data_version", 1),
                ("parties.1.kind", "stat"),
                ("topics.0.options.1.id", "no"),
                ("sources.0.url", "ftp://example.org"),
                ("statements.0.date", "yesterday"),
                ("statements.1.says", {"yes": "rejects"}),
                ("statements.2.parties", ["B", "D"]),
                ("statements.3.says", {"a lot": "demand"}),
                ("proposals.0.terms.0.topic", "lnad"),
                ("events.0.sources", ["nowhere"]),
            )
        )
        assert found == SEEN_TEN.strip("\n")

    def test_only_the_first_are_listed(self) -> None:
        """Of very many faults the first are listed, and the others counted."""
        many = broken(("statements", [{"id": f"s{number}"} for number in range(9)]))
        assert report(many).splitlines()[-1].startswith("  … and ")

    def test_consequences_are_not_reported(self) -> None:
        """A reference to a record that has a fault is not a further fault."""
        found = report(broken(("sources.0.kind", "rumour")))
        assert len(found.splitlines()) == 2
        found = report(broken(("topics.0.about", "peace")))
        assert len(found.splitlines()) == 2

    def test_records_made_in_python(self) -> None:
        """Records that are combined in Python are checked in the same way."""
        with pytest.raises(DataError) as caught:
            dataset(said("D", {"yes": "demand"}), said("A", {"maybe": "demand"}, topic="lend"))
        assert str(caught.value).splitlines() == [
            "the data set: 2 faults",
            "  statements[0].parties: 'D' is not among the parties",
            "  statements[1].topic: 'lend' is not among the topics (did you mean 'land'?)",
        ]
        with pytest.raises(DataError, match=r"statements\[7\]\.id: .*statements\[0\]"):
            one_of_each().add(said("A", {"yes": "demand"}))

    def test_faults_are_values(self) -> None:
        """The faults of an error can be iterated over."""
        with pytest.raises(DataError) as caught:
            parse_json("[]", origin="here")
        assert caught.value.origin == "here"
        assert [fault.path for fault in caught.value.faults] == [""]
        assert isinstance(caught.value, ValueError)
        assert isinstance(caught.value, pos.PositionsError)


SEEN_TEN = """
data.json: 10 faults
  data_version: wanted text, found 1
  parties[1].kind: wanted 'state', 'organisation', 'coalition' or 'non_state', found 'stat' (did you mean 'state'?)
  sources[0].url: wanted an address that begins with http:// or https://, found 'ftp://example.org'
  statements[0].date: date: wanted a date YYYY, YYYY-MM or YYYY-MM-DD, followed by ?, ~ or % if in doubt, got 'yesterday'; for example 2025-06-02
  statements[1].says.yes: attitude: wanted one of demand, accept, conditional, reject, withdrawn, got 'rejects'
  topics[0].options: 2 options have the id 'no'
  statements[2].parties: 'D' is not among the parties
  statements[3].says.a lot: no option of army.size 'a lot'; there are 1: no_cap
  proposals[0].terms[0].topic: 'lnad' is not among the topics (did you mean 'land'?)
  events[0].sources: 'nowhere' is not among the sources
"""  # noqa: E501


class TestSize:
    """The size of a file is checked before it is read."""

    def test_huge_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file of 2 GB, though empty on disk, is refused without being read."""
        path = tmp_path / "huge.json"
        with path.open("wb") as file:
            file.truncate(2 * 1024**3)
        monkeypatch.setattr(files, "parse_json", None)
        with pytest.raises(DataError) as caught:
            read_json(path)
        assert str(caught.value) == (
            f"{path}: 1 fault\n  wanted at most 268,435,456 bytes, found 2,147,483,648 or more "
            "(raise max_bytes if you trust it)"
        )

    def test_own_limit(self, tmp_path: Path) -> None:
        """The limit can be set, and is exact to the byte."""
        path = written(tmp_path, one_of_each())
        size = path.stat().st_size
        assert read_json(path, max_bytes=size) == one_of_each()
        with pytest.raises(DataError, match="wanted at most"):
            read_json(path, max_bytes=size - 1)

    def test_endless_file(self) -> None:
        """A file without a size is read only up to the limit."""
        with pytest.raises(DataError, match="wanted at most 1,000 bytes"):
            read_json("/dev/zero", max_bytes=1000)

    def test_no_file(self, tmp_path: Path) -> None:
        """A file that does not exist raises the error of the operating system."""
        with pytest.raises(FileNotFoundError):
            read_json(tmp_path / "none.json")


class TestWriting:
    """A file is written completely or not at all."""

    def test_atomic(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A write that fails leaves the old file, and no temporary file."""
        path = written(tmp_path, "old")

        def fail(*_: object) -> None:
            raise OSError("disk full")

        for name in ("replace", "chmod"):
            with monkeypatch.context() as patched:
                patched.setattr(os, name, fail)
                with pytest.raises(OSError, match="disk full"):
                    write_json(one_of_each(), path)
            assert path.read_text() == "old"
            assert list(tmp_path.iterdir()) == [path]

    def test_no_folder(self, tmp_path: Path) -> None:
        """A folder that does not exist raises the error of the operating system."""
        with pytest.raises(FileNotFoundError):
            write_json(one_of_each(), tmp_path / "none" / "data.json")

    def test_mode(self, tmp_path: Path) -> None:
        """A written file can be read by others."""
        write_json(one_of_each(), tmp_path / "data.json")
        assert stat.S_IMODE((tmp_path / "data.json").stat().st_mode) == 0o644

    def test_letters(self, tmp_path: Path) -> None:
        """Letters of every script are written unescaped."""
        ds = dataset(said("A", {"yes": "demand"}, summary="Україна — «так»."))
        write_json(ds, tmp_path / "data.json")
        assert "Україна — «так»." in (tmp_path / "data.json").read_text(encoding="utf-8")


def test_schema() -> None:
    """The schema describes every field of the format, by the name it has in files."""
    found = schema()
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(found["properties"]) == list(document())
    assert found["additionalProperties"] is False
    statement = found["$defs"]["Statement"]
    assert set(document()["statements"][1]) <= set(statement["properties"])
    assert "from" in statement["properties"]
    assert "from_" not in statement["properties"]
    assert "for" in found["$defs"]["ConditionGroup"]["properties"]


def test_schema_accepts_data_files() -> None:
    """A validator of JSON Schema accepts a valid file, and refuses an invalid one."""
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(schema())
    validator.check_schema(schema())
    assert list(validator.iter_errors(document())) == []
    for path, value in (("statements.0.date", "soon"), ("parties.0.kind", "club"), ("x", 1)):
        assert list(validator.iter_errors(broken((path, value))))
