"""`read_csv` makes a data set from a table of statements, and locates faults by cell."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import positions as pos
from csv_tables import ROW, table
from places import RIVER
from positions.cli import main as cli
from positions.records.attitudes import Attitude

OTHER = {**ROW, "party": "SOUTH", "option": "all"}
"""Another row, so that the question has two answers."""


def answer(id: str) -> dict[str, object]:
    """Return a row of a table of options: an answer to the question of `ROW`."""
    called = {"name": f"So much: {id}", "definition": "So much of the water."}
    return {"topic": "water.share", "id": id, **called, "at": ""}


def test_from_bytes(tmp_path: Path) -> None:
    """The bytes of a table produce the same data set, or the same faults, as its file."""
    path = table(tmp_path, ROW, OTHER)
    assert pos.parse_csv(path.read_bytes(), title="said") == pos.read_csv(path)
    assert pos.parse_csv(path.read_bytes(), origin="mine").document.title == "mine"
    until = pos.parse_csv(path.read_bytes(), evidence_until="2024-06").document.evidence_until
    assert str(until) == "2024-06"
    broken = table(tmp_path, {**ROW, "attitude": "rejects"}, name="broken.csv")
    with pytest.raises(pos.DataError) as caught:
        pos.parse_csv(broken.read_bytes(), origin=str(broken))
    assert str(caught.value).splitlines()[1:] == [f"  {fault}" for fault in faults(broken)]


def faults(path: Path, **tables: Path) -> list[str]:
    """Return the faults that are found, each as text."""
    with pytest.raises(pos.DataError) as caught:
        pos.read_csv(path, **tables)
    assert caught.value.origin == str(path)
    return [str(fault) for fault in caught.value.faults]


# ------------------------------------------------------------ records from rows


def test_ten_statements() -> None:
    """The example of the documentation has the statements of its eleven rows."""
    ds = pos.read_csv(RIVER)
    assert len(ds.statements) == 10
    assert [party.id for party in ds.parties] == ["HIGHMARK", "LOWMERE", "BASIN"]
    rows = {r.topic: r for r in pos.overlap(ds.at("2030-12-31"), ["HIGHMARK", "LOWMERE"])}
    assert rows["dam.filling"].agreed == ("7",)
    assert rows["water.release"].gap == 50
    assert rows["data.sharing"].relation == "deadlock"


def test_a_row_is_a_statement(tmp_path: Path) -> None:
    """A row without an id is one statement, whose id is made of party, date and topic."""
    ds = pos.read_csv(table(tmp_path, ROW, OTHER, OTHER))
    assert [said.id for said in ds.statements] == [
        "north.2024-05-02.water.share",
        "south.2024-05-02.water.share",
        "south.2024-05-02.water.share-2",
    ]
    assert ds.statements[0].says == {"half": Attitude.DEMAND}
    assert ds.document.title == "said"
    assert ds.document.evidence_until is None


def test_defaults(tmp_path: Path) -> None:
    """Empty cells have defaults: reported, press, nominal, no language, names made of ids."""
    ds = pos.read_csv(table(tmp_path, ROW, OTHER))
    assert ds.statements[0].attribution == "reported"
    assert (ds.sources[0].kind, ds.sources[0].language) == ("press", "und")
    assert (ds.topics[0].kind, ds.topics[0].name) == ("nominal", "Water share")
    assert [option.name for option in ds.topics[0].options] == ["Half", "All"]
    assert (ds.parties[0].name, ds.parties[0].kind) == ("NORTH", "organisation")


def test_rows_of_one_id_are_one_statement(tmp_path: Path) -> None:
    """Further rows of an id add options and sources; their other cells may be empty."""
    more = {"id": "s1", "option": "none; all", "attitude": "reject", "source_title": "Again"}
    source = {"source_publisher": "Weekly", "source_published": "2024-05-04"}
    ds = pos.read_csv(table(tmp_path, {"id": "s1", **ROW}, {**more, **source}))
    (said,) = ds.statements
    assert said.says == {
        "half": Attitude.DEMAND,
        "none": Attitude.REJECT,
        "all": Attitude.REJECT,
    }
    assert [ds.source(name).publisher for name in said.sources] == ["Daily", "Weekly"]


def test_conditions_of_rows(tmp_path: Path) -> None:
    """Conditions of one alternative must all hold; another alternative suffices by itself."""
    offer = {"id": "s1", **ROW, "attitude": "conditional"}
    rows = (
        {**offer, "condition": "a treaty", "alternative": "1"},
        {**offer, "condition_topic": "aid", "condition_options": "full", "alternative": "1"},
        {**offer, "condition": "a loan", "alternative": "2"},
        {**OTHER, "topic": "aid", "option": "none"},
        OTHER,
    )
    ds = pos.read_csv(table(tmp_path, *rows))
    alternatives = [[str(c) for c in group.all] for group in ds.statement("s1").conditions]
    assert alternatives == [["a treaty", "aid: full"], ["a loan"]]


def test_a_unit_makes_a_quantity(tmp_path: Path) -> None:
    """A topic with a unit is a quantity; words among its options are named options."""
    numbers = {**ROW, "unit": "per cent", "option": "..60"}
    ds = pos.read_csv(table(tmp_path, numbers, {**OTHER, "option": "no_limit"}))
    assert (ds.topics[0].kind, ds.topics[0].unit) == ("quantity", "per cent")
    assert [option.id for option in ds.topics[0].options] == ["no_limit"]


def test_the_same_description_is_the_same_source(tmp_path: Path) -> None:
    """Rows with equal descriptions share a source; any difference makes another source."""
    rows = (ROW, OTHER, {**ROW, "source_url": "https://example.org/a"})
    assert len(pos.read_csv(table(tmp_path, *rows)).sources) == 2


def test_several_parties_share_a_row(tmp_path: Path) -> None:
    """A joint statement names its parties in one cell, separated by commas or semicolons."""
    rows = ({**ROW, "party": "NORTH; SOUTH"}, {**OTHER, "party": "NORTH,EAST"})
    ds = pos.read_csv(table(tmp_path, *rows))
    assert [said.parties for said in ds.statements] == [("NORTH", "SOUTH"), ("NORTH", "EAST")]


def test_tables_of_their_own(tmp_path: Path) -> None:
    """Parties, topics, options and sources can be tables; `number` is the order of options."""
    party = {"id": "NORTH", "name": "Northland", "kind": "state", "members": ""}
    question = {"id": "water.share", "name": "Share", "question": "How much?", "kind": "ordinal"}
    answer = {"topic": "water.share", "name": "A share", "definition": "So much of it."}
    page = {
        "id": "p1",
        "title": "On water",
        "publisher": "Daily",
        "retrieved": "2024-06-01",
        "language": "en",
        "kind": "wire",
    }
    said = {name: cell for name, cell in ROW.items() if not name.startswith("source")}
    ds = pos.read_csv(
        table(tmp_path, {**said, "option": "half..", "source": "p1"}),
        parties=table(tmp_path, party, name="parties.csv"),
        topics=table(tmp_path, question, name="topics.csv"),
        options=table(
            tmp_path,
            *({**answer, "id": id, "number": n} for n, id in ((3, "all"), (1, "no"), (2, "half"))),
            name="options.csv",
        ),
        sources=table(tmp_path, page, name="sources.csv"),
        title="The river",
        evidence_until="2024-12",
    )
    assert ds.party("NORTH").name == "Northland"
    assert ds.at("2024-06-01")["NORTH", "water.share"].demands == ("half", "all")
    assert ds.statements[0].sources == ("p1",)
    assert (ds.document.title, str(ds.document.evidence_until)) == ("The river", "2024-12")


def test_options_alone(tmp_path: Path) -> None:
    """Options of a table come first, with their names; other options of rows follow."""
    options = table(tmp_path, answer("none"), answer("half"), name="options.csv")
    (topic,) = pos.read_csv(table(tmp_path, ROW, OTHER), options=options).topics
    assert [(option.id, option.name) for option in topic.options] == [
        ("none", "So much: none"),
        ("half", "So much: half"),
        ("all", "All"),
    ]


def test_named_options_of_a_quantity(tmp_path: Path) -> None:
    """A table of options can define a named option of a topic that rows make a quantity."""
    options = table(tmp_path, answer("no_limit"), name="options.csv")
    numbers = {**ROW, "unit": "per cent", "option": "..60; no_limit"}
    (topic,) = pos.read_csv(table(tmp_path, numbers), options=options).topics
    assert (topic.kind, topic.options[0].name) == ("quantity", "So much: no_limit")
    assert len(topic.options) == 1


def test_parties_may_be_listed_in_part(tmp_path: Path) -> None:
    """A party that its table does not list is made from the rows, after the listed ones."""
    parties = table(tmp_path, {"id": "SOUTH", "name": "Southland", "kind": "state"}, name="p.csv")
    rows = ({**ROW, "attribution": "claimed", "claimed_by": "EAST"}, OTHER)
    ds = pos.read_csv(table(tmp_path, *rows), parties=parties)
    assert [(party.id, party.name, party.kind) for party in ds.parties] == [
        ("SOUTH", "Southland", "state"),
        ("NORTH", "NORTH", "organisation"),
        ("EAST", "EAST", "organisation"),
    ]


def test_topics_may_be_listed_in_part(tmp_path: Path) -> None:
    """Topics and units that the table of topics leaves out are made from the rows."""
    listed = {"name": "Filling", "question": "In how many years?", "kind": "quantity"}
    topics = table(tmp_path, {"id": "dam.filling", **listed}, name="topics.csv")
    years = {**ROW, "topic": "dam.filling", "unit": "years", "option": "..7"}
    ds = pos.read_csv(table(tmp_path, ROW, OTHER, years), topics=topics)
    assert [(topic.id, topic.name, topic.unit) for topic in ds.topics] == [
        ("dam.filling", "Filling", "years"),
        ("water.share", "Water share", None),
    ]
    assert [option.id for option in ds.topic("water.share").options] == ["half", "all"]


def test_a_listed_topic_has_the_options_of_rows(tmp_path: Path) -> None:
    """Without a table of options, a listed nominal topic has the options that rows name."""
    topic = {"id": "water.share", "name": "Share", "question": "Whose?", "kind": "nominal"}
    topics = table(tmp_path, topic, name="topics.csv")
    ds = pos.read_csv(table(tmp_path, ROW, OTHER), topics=topics)
    assert ds.topics[0].question == "Whose?"
    assert [option.id for option in ds.topics[0].options] == ["half", "all"]


def test_sources_may_be_listed_in_part(tmp_path: Path) -> None:
    """Rows cite the sources of a table by id, and describe others themselves."""
    page = {"id": "source-1", "title": "On water", "publisher": "Daily", "published": "2024-06"}
    sources = table(tmp_path, {**page, "language": "en", "kind": "wire"}, name="sources.csv")
    ds = pos.read_csv(table(tmp_path, {**ROW, "source": "source-1"}, OTHER), sources=sources)
    assert [source.title for source in ds.sources] == ["On water", "Talks"]
    assert [said.sources for said in ds.statements] == [("source-1", "source-2"), ("source-2",)]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_dialects_of_spreadsheets(tmp_path: Path, sign: str) -> None:
    """All delimiters, a byte order mark, blanks and empty rows are accepted.

    The expected result is that of the plain file.
    """
    plain = table(tmp_path, ROW, OTHER)
    with plain.open(newline="") as file:
        lines = [sign.join(f" {cell} " for cell in row) for row in csv.reader(file)]
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "said.csv"
    empty = sign * len(ROW)
    other.write_text("\r\n".join([lines[0], empty, *lines[1:], "", ""]), encoding="utf-8-sig")
    assert pos.read_csv(other) == pos.read_csv(plain)


# ------------------------------------------------------------ faults


def test_every_fault_has_its_cell(tmp_path: Path) -> None:
    """All faults are reported at once, each with row and column, in the order of rows."""
    rows = (
        {**ROW, "party": "North"},
        {**OTHER, "attitude": "demands"},
        {**OTHER, "date": "02.05.2024", "summary": ""},
        {**OTHER, "attitude": "conditional"},
        {**OTHER, "source_published": ""},
    )
    found = faults(table(tmp_path, *rows))
    assert [fault.split(":")[0] for fault in found] == [
        "row 2, column party",
        "row 3, column attitude",
        "row 4, column summary",
        "row 5, column condition",
        "row 6, column source_published",
    ]
    assert "such as NORTH" in found[0]


def test_a_thousands_separator_is_a_fault(tmp_path: Path) -> None:
    """A number written as 85,000 is a fault, and is never read as 85 and 0."""
    numbers = {**ROW, "unit": "soldiers", "option": "85,000"}
    (fault,) = faults(table(tmp_path, numbers))
    assert fault.startswith("row 2, column option: interval: wanted a number")


def test_a_reformatted_date_is_a_fault(tmp_path: Path) -> None:
    """A date that a spreadsheet reformatted is refused with advice."""
    (fault,) = faults(table(tmp_path, {**ROW, "date": "5/2/2024"}, OTHER))
    assert fault.startswith("row 2, column date: ")
    assert "format the column as text" in fault


def test_a_topic_needs_two_options(tmp_path: Path) -> None:
    """The fault of a topic with one option suggests a row that corrects it."""
    said = table(tmp_path, ROW)
    (fault,) = faults(said)
    assert fault.startswith("row 2, column topic: water.share has only one option, 'half'; ")
    row = "water.share,other,Other,What it means"
    assert f"such as {row}; the header is topic,id,name,definition" in fault
    options = tmp_path / "options.csv"
    options.write_text(f"topic,id,name,definition\n{row}\n", encoding="utf-8")
    (topic,) = pos.read_csv(said, options=options).topics
    assert [option.id for option in topic.options] == ["other", "half"]


def test_the_order_of_options_is_never_guessed(tmp_path: Path) -> None:
    """An option of an ordinal topic that the table of options does not list is a fault."""
    topic = {"id": "water.share", "name": "Share", "question": "How much?", "kind": "ordinal"}
    topics = table(tmp_path, topic, name="topics.csv")
    options = table(tmp_path, answer("none"), answer("half"), name="options.csv")
    said = table(tmp_path, ROW, OTHER)
    (unlisted,) = faults(said, topics=topics, options=options)
    assert unlisted.startswith("row 3, column option: no option of water.share 'all'")
    (none_listed,) = faults(said, topics=topics)
    assert none_listed.startswith("topics, row 2: water.share has no option in the table of")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            {"date": "2024-06-02"},
            "row 3, column date: wanted '2024-05-02', as in row 2 of the same",
        ),
        ({"attitude": "reject"}, "row 3, column attitude: row 2 of the same statement differs on"),
    ],
)
def test_rows_of_one_id_agree(tmp_path: Path, change: dict[str, str], fault: str) -> None:
    """A cell that differs from an earlier row of the same statement is a fault."""
    rows = ({"id": "s1", **ROW}, {"id": "s1", **ROW, **change}, OTHER)
    (found,) = faults(table(tmp_path, *rows))
    assert found.startswith(fault)


def test_units_agree(tmp_path: Path) -> None:
    """A topic has one unit; the cell of a different one is a fault."""
    rows = ({**ROW, "unit": "litres", "option": "5"}, {**OTHER, "unit": "barrels", "option": "6"})
    (fault,) = faults(table(tmp_path, *rows))
    problem = "wanted the unit 'litres' of water.share elsewhere, found 'barrels'"
    assert fault == f"row 3, column unit: {problem}"


def test_units_agree_with_the_table_of_topics(tmp_path: Path) -> None:
    """A row may repeat the unit of its topic in the table of topics, but not change it."""
    topic = {"id": "water.share", "name": "Share", "question": "How much?", "kind": "quantity"}
    topics = table(tmp_path, {**topic, "unit": "litres"}, name="topics.csv")
    rows = ({**ROW, "unit": "litres", "option": "5"}, {**OTHER, "unit": "barrels", "option": "6"})
    (fault,) = faults(table(tmp_path, *rows), topics=topics)
    assert fault.startswith("row 3, column unit: wanted the unit 'litres' of water.share")


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ("Party,topic", "row 1: 'Party' is not a column of this table (did you mean 'party'?)"),
        ("party,party", "row 1: the column 'party' is repeated"),
        ("party,topic", "row 1: the column 'date' is missing"),
        ("", "wanted the names of the columns in the first row"),
    ],
)
def test_the_header_is_checked_first(tmp_path: Path, head: str, fault: str) -> None:
    """Columns that are unknown, missing or repeated are reported before any row is read."""
    path = tmp_path / "said.csv"
    path.write_text(f"{head}\nNORTH,water.share\n")
    assert fault in faults(path)


def test_a_cell_without_a_column(tmp_path: Path) -> None:
    """A comma without quotation marks makes a cell without a column, which is a fault."""
    path = table(tmp_path, ROW, OTHER)
    path.write_text(path.read_text().replace("North speaks.", "North, at last, speaks.", 1))
    assert any(fault.startswith("row 2: a cell has no column") for fault in faults(path))


def test_a_unit_needs_a_quantity(tmp_path: Path) -> None:
    """A unit on a topic that its table lists as nominal is a fault, and is never ignored."""
    topic = {"id": "water.share", "name": "Share", "question": "How much?", "kind": "nominal"}
    topics = table(tmp_path, topic, name="topics.csv")
    (fault,) = faults(table(tmp_path, {**ROW, "unit": "litres"}, OTHER), topics=topics)
    assert fault.startswith("row 2, column unit: water.share is nominal in the table of topics")


def test_a_quantity_needs_a_unit(tmp_path: Path) -> None:
    """A unit that neither the table of topics nor a row contains is missing in that table."""
    topic = {"id": "water.share", "name": "Share", "question": "How much?", "kind": "quantity"}
    topics = table(tmp_path, topic, name="topics.csv")
    (fault,) = faults(table(tmp_path, {**ROW, "option": "..60"}), topics=topics)
    assert fault.startswith("topics, row 2, column unit: a quantity topic needs the unit")


def test_the_sources_of_ids_are_listed(tmp_path: Path) -> None:
    """A source that a row cites by id must be in the table of sources."""
    page = {"id": "page-1", "title": "On water", "publisher": "Daily", "published": "2024-06"}
    sources = table(tmp_path, {**page, "language": "en", "kind": "wire"}, name="sources.csv")
    (fault,) = faults(table(tmp_path, {**ROW, "source": "page-2"}, OTHER), sources=sources)
    expected = "row 2, column source: 'page-2' is not among the sources"
    assert fault == f"{expected} (did you mean 'page-1'?)"


def test_faults_of_tables_name_them(tmp_path: Path) -> None:
    """A fault in a table other than that of statements is reported with its name."""
    parties = table(tmp_path, {"id": "NORTH", "name": "N", "kind": "country"}, name="p.csv")
    found = faults(table(tmp_path, ROW, {**OTHER, "party": "NORTH"}), parties=parties)
    assert found[0].startswith("parties, row 2, column kind: wanted 'state'")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            {"topic": "water.shore"},
            "options, row 3, column topic: 'water.shore' is not a topic of a statement or of the "
            "table of topics (did you mean 'water.share'?)",
        ),
        ({"topic": ""}, "options, row 3: an option needs the id of its topic"),
        ({"id": "none"}, "options, row 2: 2 options have the id 'none'"),
        ({"at": 3}, "options, row 2: wanted `at` on all options of an ordinal topic, or on none"),
    ],
)
def test_faults_of_options(tmp_path: Path, change: dict[str, object], fault: str) -> None:
    """Faults of a table of options are located in its rows, even without a table of topics."""
    options = table(tmp_path, answer("none"), {**answer("full"), **change}, name="options.csv")
    assert faults(table(tmp_path, ROW, OTHER), options=options) == [fault]


def test_a_lone_option_hides_no_other_fault(tmp_path: Path) -> None:
    """Other faults of the options of a topic with one option are reported too."""
    options = table(tmp_path, {**answer("half"), "at": 1}, name="options.csv")
    found = faults(table(tmp_path, ROW), options=options)
    assert [fault.split("; ")[0] for fault in found] == [
        "row 2, column topic: water.share has only one option, 'half'",
        "options, row 2: wanted `at` on all options of an ordinal topic, or on none",
    ]


@given(st.binary(max_size=80))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """On any bytes, reading raises `DataError` and nothing else."""
    path = tmp_path_factory.mktemp("bytes") / "said.csv"
    path.write_bytes(data)
    with pytest.raises(pos.DataError):
        pos.read_csv(path)


CELLS = st.sampled_from(["", "NORTH", "a", "..", "5", "2024", "demand", "conditional", "*", "\0;"])


@given(st.lists(st.dictionaries(st.sampled_from([*ROW, "id", "unit", "until"]), CELLS)))
def test_any_cells(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]) -> None:
    """On any cells, reading returns a data set or raises `DataError`, and nothing else."""
    path = table(tmp_path_factory.mktemp("cells"), ROW, OTHER, *rows)
    located: list[str] = []
    try:
        assert len(pos.read_csv(path).parties) >= 2
    except pos.DataError as error:
        located += [fault.path for fault in error.faults]
    assert all(path.startswith("row ") for path in located)


# ------------------------------------------------------------ at the command line


def test_commands_accept_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """`--data` and `check` accept a file that ends in .csv."""
    words = ["overlap", "HIGHMARK", "LOWMERE", "--data", str(RIVER), "--on", "2030-12-31"]
    assert cli.main(words) == 0
    assert "agreed: 7 years" in capsys.readouterr().out
    assert cli.main(["check", str(RIVER)]) == 0
