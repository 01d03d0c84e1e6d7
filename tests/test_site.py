"""The site describes every public name, its notebooks are clean, and it needs no other host."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from faces import EXPLAINED
from places import DOCS, script

NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.ipynb"))


def cells(notebook: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook."""
    found: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return found


@pytest.fixture(scope="module")
def offline() -> ModuleType:
    """Return the script that finds what a site loads from other hosts."""
    return script(DOCS / "offline.py")


def described() -> list[tuple[str, str]]:
    """Return the names described on the API pages, with their namespaces."""
    found, face = [], ""
    for page in sorted((DOCS / "api").glob("*.rst")):
        for line in page.read_text(encoding="utf-8").splitlines():
            if match := re.match(r"\.\. currentmodule:: (\S+)", line):
                face = match[1]
            if match := re.match(r"\.\. auto(?:class|function|exception):: (\w+)$", line):
                found.append((face, match[1]))
    return found


def test_every_public_name_is_described_once() -> None:
    """Each public name is described once in docs/api, and nothing else is."""
    assert sorted(described()) == sorted(EXPLAINED)


def test_there_are_notebooks() -> None:
    """There are at least two notebooks, and the index links to each."""
    listed = (DOCS / "notebooks" / "index.md").read_text(encoding="utf-8")
    assert len(NOTEBOOKS) >= 2
    assert all(f"({notebook.name})" in listed for notebook in NOTEBOOKS)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_clean(notebook: Path) -> None:
    """A notebook has no outputs and no execution counts, so that diffs show only real changes."""
    code = [cell for cell in cells(notebook) if cell["cell_type"] == "code"]
    assert code
    assert [cell["outputs"] for cell in code] == [[]] * len(code)
    assert {cell["execution_count"] for cell in code} == {None}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_begin_with_a_title(notebook: Path) -> None:
    """A notebook begins with a title, before any code."""
    first = cells(notebook)[0]
    assert first["cell_type"] == "markdown"
    assert "".join(first["source"]).startswith("# ")


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://cdn.example/a.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/a.css">',
        '<img src="http://example.org/a.png">',
        '<img srcset="https://example.org/a.png 2x">',
        "<style>@font-face { src: url('https://example.org/a.woff') }</style>",
        '<style>@import "https://example.org/a.css"</style>',
        '<p style="background: url(https://example.org/a.png)">',
    ],
)
def test_what_is_loaded_from_elsewhere_is_found(
    offline: ModuleType, tmp_path: Path, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page that loads a script, style, image or font from another host is reported."""
    (tmp_path / "index.html").write_text(page)
    assert offline.main(tmp_path) == 1
    assert "index.html: loads" in capsys.readouterr().err


def test_links_and_own_files_are_no_fault(offline: ModuleType, tmp_path: Path) -> None:
    """Links, the site's own files and embedded images are not reported."""
    page = (
        '<a href="https://example.org">there</a><img src="data:image/png;base64,AA==">'
        '<link rel="canonical" href="https://example.org"><script src="own.js"></script>'
    )
    (tmp_path / "index.html").write_text(page)
    (tmp_path / "own.css").write_text("a { background: url('own.png') }")
    assert offline.main(tmp_path) == 0


def test_a_missing_site_is_a_fault(offline: ModuleType, tmp_path: Path) -> None:
    """The check fails if no site was built."""
    assert offline.main(tmp_path) == 1
