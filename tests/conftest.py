"""Hypothesis profiles: `dev` looks for new examples every time, `ci` repeats the same ones."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

collect_ignore = ["typing"]  # user code for the type checkers, not tests

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

LAWS = Path(__file__).with_name("laws")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever lies in tests/laws as a law."""
    for item in items:
        if item.path.is_relative_to(LAWS):
            item.add_marker(pytest.mark.laws)
