"""Invalid values for data files, and functions that put them into a document."""

from __future__ import annotations

import copy
import json
from typing import Any

import hypothesis.strategies as st

from positions.errors import DataError
from positions.files.json_files import parse_json, to_json

WORDS = st.sampled_from(
    ["A", "land", "yes", "press", "demand", "..", "1..0", "*", "2000-13", "9" * 40, "a\u202eb", "x"]
)

RUBBISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
"""JSON values of any kind, some of them similar to valid ones."""


def places(value: Any) -> list[tuple[Any, Any]]:
    """List every place inside a JSON value: its container, and its key or index there."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, item in items:
        found.append((value, key))
        if isinstance(item, dict | list):
            found += places(item)
    return found


def mutate(place: Any, key: Any, change: str, value: Any) -> None:
    """Change one value of a JSON document in place."""
    if change == "delete":
        del place[key]
    elif change == "repeat" and isinstance(place, list):
        place.append(copy.deepcopy(place[key]))
    elif change == "rename" and isinstance(place, dict):
        place[f"{key}x"] = place.pop(key)
    else:
        place[key] = value


def refused_or_read(value: Any) -> None:
    """Check that reading a value raises `DataError`, or gives a data set that can be used."""
    try:
        ds = parse_json(json.dumps(value))
    except DataError as error:
        text = str(error)
    else:
        text = repr(ds.at("2000-06"))
        assert parse_json(to_json(ds)) == ds
    assert 0 < len(text) < 100_000
