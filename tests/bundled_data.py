"""The tests that may read the bundled data; any other test that does so fails.

Records of the bundled data are corrected from time to time. Such a correction may break a
test that states facts of the data, but no test of the code.
"""

from pathlib import Path

HERE = Path(__file__).parent
READERS = {
    "data": "state facts of the bundled data",
    "cli/test_guide.py": "run the examples that come with the data",
    "test_docs.py": "run the examples of the documentation",
    "test_wheel.py": "open the data file in the wheel",
    "browser": "render what readers of the documentation see",
    "programs": "open what readers of the documentation export",
    "typing": "are user code for type checkers, and not run",
}
"""Folders and modules that may read the bundled data, and for what purpose."""


def may_read(path: Path) -> bool:
    """Whether tests of a module may read the bundled data."""
    return any(path.is_relative_to(HERE / place) for place in READERS)


def refused() -> None:
    """Replace `load` in all other tests."""
    raise AssertionError("tests of code do not read the bundled data: use small data or tests/data")
