"""The JSON Schema: committed as generated, and consistent with the models on structure."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from makers import broken, document
from places import ROOT
from positions.files.json_files import schema
from positions.records.models import SCHEMA_VERSION, Document
from rubbish import RUBBISH, mutate, places

jsonschema = pytest.importorskip("jsonschema")

FOLDER = ROOT / "data" / "schema"
COMMITTED = FOLDER / f"positions-{SCHEMA_VERSION}.schema.json"
PUBLISHED = {
    "1.0": "ca9abd87571d02b607520e183c399b5660eccd8203c3e9d4676f9d158bfc2928",
    "1.1": "52a68e5a4499be4d0076b2692d1fdbf81ee01a54029406ae1acd12784d7db022",
}
"""The checksums of published schemas; a change of the format gets a new version and a new line."""
VALIDATOR = jsonschema.Draft202012Validator(schema())


def faults_of(value: Any) -> set[str]:
    """Return the kinds of fault that the models find in a JSON value.

    A list only seems too short where its items have faults themselves.
    """
    try:
        Document.model_validate(value, by_alias=True, by_name=False)
    except ValidationError as error:
        found = error.errors()
        return {f["type"] for f in found if f["type"] != "too_short" or not f["input"]}
    return set()


def beyond_structure(kinds: set[str]) -> bool:
    """Whether no schema can find the faults; in JSON Schema 1.0 is a whole number."""
    return kinds <= {"value_error", "int_type"}


def test_committed_schema_is_up_to_date() -> None:
    """The committed schema is what `make schema` writes."""
    text = COMMITTED.read_text(encoding="utf-8")
    assert text == f"{json.dumps(schema(), ensure_ascii=False, indent=2)}\n"


def test_schema_names_its_version() -> None:
    """The `$id` and the title contain the version of the format."""
    assert schema()["$id"] == f"urn:positions:schema:{SCHEMA_VERSION}"
    assert SCHEMA_VERSION in schema()["title"]
    VALIDATOR.check_schema(schema())


def test_published_schemas_never_change() -> None:
    """Each committed schema has the checksum with which it was published, and none is missing."""
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.iterdir()}
    named = {f"positions-{version}.schema.json": sha for version, sha in PUBLISHED.items()}
    assert found == named


def test_former_schemas_stay() -> None:
    """The name of every committed schema contains the version in its `$id`."""
    for path in FOLDER.iterdir():
        version = json.loads(path.read_text(encoding="utf-8"))["$id"].rpartition(":")[2]
        assert path.name == f"positions-{version}.schema.json"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title", None),
        ("schema_version", 1.0),
        ("colour", "red"),
        ("parties", {}),
        ("parties.0.kind", "club"),
        ("parties.0.id", "lower"),
        ("parties.0.name", ""),
        ("parties.0.gw", "365"),
        ("topics.0.id", "Upper"),
        ("topics.0.options", "yes"),
        ("sources.0.url", 7),
        ("sources.0.title", "t" * 301),
        ("statements.0.date", "soon"),
        ("statements.0.says", {}),
        ("statements.0.says", {"yes": "silent"}),
        ("statements.0.parties", []),
        ("statements.0.attribution", "rumour"),
        ("statements.0.from_", "2000"),
        ("statements.2.conditions.0.all", []),
        ("proposals.0.terms", []),
        ("events.0.outcome", 3),
    ],
)
def test_what_both_refuse(path: str, value: object) -> None:
    """A value that breaks the structure is refused by the schema and by the models."""
    file = broken((path, value))
    assert faults_of(file)
    assert not VALIDATOR.is_valid(file)


@settings(max_examples=150)
@given(st.data())
def test_any_mutation(data: st.DataObject) -> None:
    """The schema accepts all that the models accept, and refuses all faults of structure.

    Other faults (dates of the calendar, clean text, rules between fields) are found
    only by the models: they are `value_error`.
    """
    value = document()
    place, key = data.draw(st.sampled_from(places(value)))
    change = data.draw(st.sampled_from(["replace", "delete", "repeat", "rename"]))
    mutate(place, key, change, data.draw(RUBBISH))
    kinds = faults_of(value)
    assert VALIDATOR.is_valid(value) or kinds
    assert not VALIDATOR.is_valid(value) or beyond_structure(kinds)
