"""The code knows nothing of the bundled data, and tests of code do not read them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import positions as pos
from bundled_data import HERE, READERS, may_read
from places import CODE


def constants(path: Path) -> Iterator[str]:
    """Yield the strings in a module's code, except its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    bare = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in docstrings | bare:
            yield text


@pytest.mark.parametrize(
    "path", sorted(CODE.rglob("*.py")), ids=lambda path: str(path.relative_to(CODE))
)
def test_the_code_knows_no_negotiation(path: Path) -> None:
    """No string in the code names a party, topic, plan, person or day of the bundled data."""
    ds = pos.load()
    names = {p.id for p in ds.parties} | {p.name for p in ds.parties if p.kind == "state"}
    names |= {t.id for t in ds.topics} | {p.id for p in ds.proposals}
    names |= {s.speaker.split()[-1] for s in ds.statements if s.speaker}
    days = re.compile(r"\b20[12]\d-\d\d")
    words = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names)))
    for text in constants(path):
        assert not words.search(text), text
        assert not days.search(text) or "json-schema.org" in text or "for example" in text, text


OTHERS = [path for path in sorted(HERE.rglob("*.py")) if not may_read(path)]
"""The modules of tests of the code, and their helpers."""


def test_readers_exist() -> None:
    """Every module that may read the bundled data exists, and many others do."""
    assert all((HERE / place).exists() for place in READERS)
    assert len(OTHERS) > 50


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: str(path.relative_to(HERE)))
def test_tests_of_the_code_read_no_bundled_data(path: Path) -> None:
    """A test of the code neither loads the bundled data nor names a record of them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not names & {"load", "bundled_file"}
    ds = pos.load()
    kinds = (ds.parties, ds.topics, ds.proposals, ds.statements, ds.events)
    ids = {record.id for kind in kinds for record in kind}
    texts = [str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    for text in texts:
        assert "load()" not in text, text
        assert not ids & set(re.findall(r"[\w.-]+", text)), text
