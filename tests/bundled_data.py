"""Which tests may read the bundled data; to all others they are refused.

Records of the bundled data are corrected now and then. Such a correction may break a test
that states what the data say, and no test of code.
"""

from pathlib import Path

HERE = Path(__file__).parent
READERS = {
    "data": "state facts of the bundled data",
    "cli/test_guide.py": "run the examples that come with the data",
    "test_docs.py": "run the examples of the documentation",
    "test_wheel.py": "open the file that the wheel carries",
    "browser": "show what readers of the documentation see",
    "programs": "open what readers of the documentation export",
    "typing": "are code of users, and not run",
}
"""Folders and modules that may read the bundled data, and what for."""


def may_read(path: Path) -> bool:
    """Whether tests of a module may read the bundled data."""
    return any(path.is_relative_to(HERE / place) for place in READERS)


def refused() -> None:
    """Take the place of `load` for all other tests."""
    raise AssertionError("tests of the code read no bundled data: use small data, or tests/data")
