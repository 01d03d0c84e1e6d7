"""The bundled data, about which the tests in this folder state facts."""

import pytest

import positions as pos


@pytest.fixture(scope="session")
def ds() -> pos.Dataset:
    """Return the bundled data."""
    return pos.load()
