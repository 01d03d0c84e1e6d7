"""The bundled data as files: they follow the rules, and can be written in every format."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from pathlib import Path

import attrs
import openpyxl
import pytest

import positions as pos
from csv_tables import without_plans, written
from packages import descriptor_of, faults
from places import ROOT
from positions import quality
from positions.cli.main import main
from positions.files.audit import audit
from positions.files.bundled import bundled_file
from positions.files.data_package import package_files
from positions.files.json_files import schema
from positions.records.models import KINDS
from table_readers import html_cells


def test_the_bundled_data_follow_every_rule() -> None:
    """No record of the bundled data breaks a rule."""
    found = audit(pos.load())
    assert not found.rows, found.table()
    assert attrs.evolve(found) == found
    assert isinstance(pos.load().document.evidence_until.latest, dt.date)


def test_data_info() -> None:
    """By default `data_info` describes the bundled data, with the checksum of their file."""
    info = quality.data_info()
    assert info == quality.data_info(pos.load())
    assert info.sha256 == hashlib.sha256(bundled_file().read_bytes()).hexdigest()
    assert (info.library_version, info.licence) == (pos.__version__, "CC-BY-4.0")
    assert info.data_version in info.cite
    assert info.cite.startswith(f"The positions authors: {info.title}. ")


def test_authors_are_those_of_the_citation_file() -> None:
    """The bundled data name the same authors as CITATION.cff."""
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert set(re.findall(r"- name: (.+)", text)) == set(pos.load().document.authors)


def test_version_of_the_data_is_in_the_changelog() -> None:
    """The changelog of the data has an entry for the version of the bundled data."""
    text = (ROOT / "data" / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## ([0-9.]+)$", text, re.MULTILINE)
    assert quality.data_info().data_version in versions
    numbers = [tuple(map(int, version.split("."))) for version in versions]
    assert numbers == sorted(numbers, reverse=True)


def test_round_trip_of_the_bundled_data(tmp_path: Path) -> None:
    """The bundled statements are the same after writing and reading tables."""
    ds = without_plans(pos.load())
    back = pos.read_csv(
        tmp_path / "said.csv", **written(tmp_path, ds), evidence_until=ds.document.evidence_until
    )
    assert back.statements == ds.statements
    assert back.topics == ds.topics


def test_bundled_sources(ds: pos.Dataset) -> None:
    """All bundled sources are written in order, with their ids."""
    sources = list(ds.sources)
    ids = [about.id for about in sources]
    assert [item["id"] for item in json.loads(quality.to_csl_json(sources))] == ids
    assert re.findall(r"^@\w+\{(.+),$", quality.to_biblatex(sources), re.MULTILINE) == ids


def test_head_of_the_data_package() -> None:
    """The descriptor of a data package has the title, version and licence of the data set."""
    found = descriptor_of(package_files(pos.load()))
    document = pos.load().document
    assert found["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (found["title"], found["version"]) == (document.title, document.data_version)
    assert found["name"].startswith("positions-on-ending-the-war")
    assert found["licenses"] == [
        {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    ]
    assert len(found["sources"]) == len(pos.load().sources)
    assert found["contributors"] == [{"title": "The positions authors", "roles": ["author"]}]


def test_file_is_valid_by_the_schema() -> None:
    """The bundled file is valid by the published schema."""
    value = json.loads(bundled_file().read_text(encoding="utf-8"))
    jsonschema = pytest.importorskip("jsonschema")
    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(value)) == []


def test_citation_in_a_workbook(ds: pos.Dataset, tmp_path: Path) -> None:
    """In a workbook the bundled data are cited with their authors, version and licence."""
    found = pos.deadlocks(ds.at("2025-06-02"), ["RUS", "UKR"], "nato")
    found.to_excel(tmp_path / "found.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "found.xlsx")["about"].values
    cited = quality.data_info().cite.split(", sha256")[0]
    assert ("data", f"{cited}.") in rows


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_is_shown(ds: pos.Dataset, kind: str) -> None:
    """Every record of the bundled data is shown with its id, inside its cells."""
    for record in getattr(ds, kind)[:40]:
        cells = html_cells(record._repr_html_())
        assert cells[2:4] == ["id", record.id]
        assert len(cells) % 2 == 0


def test_data_package_is_valid(ds: pos.Dataset, tmp_path: Path) -> None:
    """A validator finds no fault in the data package of the bundled data."""
    assert faults(ds, tmp_path / "package") == []


def test_information_at_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file, `positions info` describes the bundled data."""
    assert main(["info", "--format", "csv"]) == 0
    assert quality.data_info().sha256 in capsys.readouterr().out
