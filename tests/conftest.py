"""Hypothesis profiles, the mark of the laws, and who may read the bundled data.

The profile `dev` looks for new examples every time, `ci` repeats the same ones.
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
    """Mark whatever lies in tests/laws as a law."""
    for item in items:
        if item.path.is_relative_to(HERE / "laws"):
            item.add_marker(pytest.mark.laws)


@pytest.fixture(scope="session")
def harbour() -> positions.Dataset:
    """A made-up labour dispute."""
    return positions.read_json(HARBOUR)


@pytest.fixture(autouse=True)
def _own_data_only(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse the bundled data to tests of the code."""
    if not may_read(request.path):
        # In this order: what `positions` offers is looked up where it is defined, at first use.
        monkeypatch.setattr(positions, "load", refused)
        monkeypatch.setattr(bundled, "load", refused)
