"""The page for contributors describes the layout of the code correctly."""

import ast
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from test_layers import BELOW, PACKAGE, allowed

ROOT = PACKAGE.parents[1]
PAGE = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
DRAWING = ROOT / "docs" / "_static" / "folders.svg"

FOLDERS = [path.parent.name for path in sorted(PACKAGE.glob("*/__init__.py"))]


def section(title: str) -> str:
    """Return a section of the page."""
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def order_line() -> list[list[str]]:
    """Return the folders and modules of the order line, grouped, from left to right."""
    found = re.search(r"```text\n(.*?)```", section("The order of folders"), re.DOTALL)
    assert found is not None
    return [re.split(r"\s*\|\s*", group.strip()) for group in found[1].split("<")]


def rows_of(title: str) -> list[list[str]]:
    """Return the rows of the table in a section, without its header."""
    lines = [line for line in section(title).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def paths_in(text: str) -> list[str]:
    """Return the files and folders that a text names."""
    named = re.findall(r"`([^`\s]+)`", text)
    return [name for name in named if "/" in name or name.endswith((".py", ".pyi", ".md", ".toml"))]


def exists(path: str) -> bool:
    """Whether a file or folder exists in the repository or in the package."""
    return (ROOT / path).exists() or (PACKAGE / path).exists()


def drawn() -> dict[str, float]:
    """Return the vertical coordinate of each folder or module in the drawing."""
    texts = ElementTree.parse(DRAWING).iter("{http://www.w3.org/2000/svg}text")
    places = (text for text in texts if text.get("class") == "place")
    return {str(place.text): float(place.get("y", "")) for place in places}


def test_order_line_names_every_place_once() -> None:
    """The order line names each folder and each top-level module once."""
    assert sorted(place for group in order_line() for place in group) == sorted(BELOW)


def test_order_line_goes_one_way() -> None:
    """What a folder may import is to its left in the line, and not in its own group."""
    left = set[str]()
    for group in order_line():
        for place in group:
            assert allowed(place) <= left
        left |= set(group)


def test_order_line_has_no_needless_step() -> None:
    """In each group, something imports directly from the group before."""
    for before, after in pairwise(order_line()):
        assert any(BELOW[place] & set(before) for place in after)


def test_list_of_folders_quotes_their_docstrings() -> None:
    """The list gives the beginning of each folder's docstring, in the order of the line."""
    listed = [(name.strip("`"), about) for name, about in rows_of("The order of folders")]
    ordered = [place for group in order_line() for place in group if place in FOLDERS]
    assert [name for name, _ in listed] == ordered
    for name, about in listed:
        source = (PACKAGE / name / "__init__.py").read_text(encoding="utf-8")
        docstring = ast.get_docstring(ast.parse(source)) or ""
        assert " ".join(docstring.split()).startswith(about), name


def test_drawing_shows_every_folder() -> None:
    """The drawing has a box for each folder, and for nothing that does not exist."""
    assert set(FOLDERS) <= drawn().keys() <= BELOW.keys()


@pytest.mark.parametrize("place", drawn())
def test_drawing_goes_one_way(place: str) -> None:
    """What a folder may import is further down in the drawing."""
    down = drawn()
    assert all(down[place] < down[below] for below in allowed(place) if below in down)


@pytest.mark.parametrize("title", ["The path of one statement", "I want to …"])
def test_rows_name_files_that_exist(title: str) -> None:
    """Each row of the tables names at least one file, and all files that it names exist."""
    rows = rows_of(title)
    assert len(rows) > 6
    for row in rows:
        assert paths_in(row[1]), row
        assert [path for cell in row for path in paths_in(cell) if not exists(path)] == []


@pytest.mark.parametrize("path", ["records/models.py", "docs/format.md", "nowhere.py"])
def test_missing_files_are_found(path: str) -> None:
    """Paths are relative to the repository or to the package; missing files are detected."""
    assert exists(path) == (path != "nowhere.py")


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "README.md", "docs/index.md"])
def test_page_is_linked(page: str) -> None:
    """The pages where contributors look first link to the page."""
    text = Path(ROOT, page).read_text(encoding="utf-8")
    assert re.search(r"\]\((docs/)?contributing\.md\)", text)
