"""Hypothesis profiles, the marker of the laws, and access to the bundled data.

The profile `dev` draws new examples in every run, `ci` always the same ones.
"""

import os

import pytest
from hypothesis import settings

import positions
from bundled_data import HERE, may_read, refused
from places import HARBOUR
from positions.files import bundled

collect_ignore = ["typing"]  # user code for the type checkers, not tests

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests in tests/laws as laws."""
    for item in items:
        if item.path.is_relative_to(HERE / "laws"):
            item.add_marker(pytest.mark.laws)


@pytest.fixture(scope="session")
def harbour() -> positions.Dataset:
    """Return the data set of a made-up labour dispute."""
    return positions.read_json(HARBOUR)


@pytest.fixture(autouse=True)
def _own_data_only(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make tests of the code fail if they load the bundled data."""
    if not may_read(request.path):
        # In this order, since `positions.load` is looked up in `bundled` on first use.
        monkeypatch.setattr(positions, "load", refused)
        monkeypatch.setattr(bundled, "load", refused)
