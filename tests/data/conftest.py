"""The bundled data, of which the tests of this folder state facts."""

import pytest

import positions as pos


@pytest.fixture(scope="session")
def ds() -> pos.Dataset:
    """The bundled data."""
    return pos.load()
