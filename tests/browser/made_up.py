"""Notebooks with made-up data: names that attack the page, and names in other scripts."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

HOSTILE = (
    "</td><script>window.attacked = alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b>bold</b> &amp; &#124;",
    "$x^2$ \\(y\\) $$z$$",
    "`code` **bold** | bar",
    "javascript:alert(1) [1]",
)
"""Valid names of records that a page must show unchanged."""

BROKEN = "first\nsecond \u202eeman \x1b[31mred"
"""A text allowed in a table but not in a record: line break, change of direction, control."""

CYRILLIC = ("Україна, Київ", "Россия, Ёлкино", "Її ґанок")
"""Names in Cyrillic, with letters that only one of the languages has."""

MADE_UP = """
import positions as pos

def made_up(names):
    parties = [pos.Party(id=f"P{n}", name=name, kind="state") for n, name in enumerate(names)]
    options = [pos.Option(id=f"o{n}", name=name, definition=name) for n, name in enumerate(names)]
    topic = pos.Topic(id="land", name=names[0], question=names[1], kind="nominal", options=options)
    source = pos.Source(id="press", title=names[2], publisher=names[0], kind="press",
                        published="2000-01-01", language="en", url="https://example.org/?a=1&b=2")
    statements = [
        pos.Statement(id=f"s{n}", parties=[party.id], topic="land", date="2000-01-01",
                      says={f"o{n}": "demand"}, summary=name, attribution="self",
                      sources=["press"])
        for n, (party, name) in enumerate(zip(parties, names))
    ]
    return pos.Dataset.of(parties=parties, topics=[topic], sources=[source],
                          statements=statements, title=names[1], evidence_until="2000-12-31")
"""
"""Source of a function that makes a data set whose records all have one of the given names."""


def write_notebook(path: Path, *cells: str) -> None:
    """Write a notebook of code cells, without outputs."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=list(map(new_code_cell, cells)), metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)


def hostile_cells() -> tuple[str, ...]:
    """Return cells with every display of a data set whose names attack the page."""
    names = f"names = {HOSTILE!r}\nds = made_up(names)\nsnapshot = ds.at('2000-06')"
    shown = (
        "ds",
        "ds.statements",
        "ds.topics[0]",
        "snapshot",
        "pos.compare(snapshot, [party.id for party in ds.parties])",
        "pos.deadlocks(snapshot, ['P0', 'P1'])",
        f"pos.Table({BROKEN!r}, ('a', {BROKEN!r}), (({BROKEN!r}, '$x$'),))",
    )
    return MADE_UP, names, *shown


def cyrillic_cells() -> tuple[str, ...]:
    """Return cells with a table of a data set with Cyrillic names."""
    return (
        MADE_UP,
        f"ds = made_up({CYRILLIC!r})",
        "pos.compare(ds.at('2000-06'), ['P0', 'P1', 'P2'])",
    )
