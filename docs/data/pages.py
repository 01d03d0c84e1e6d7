"""Write the pages of this folder that are generated from the data: `make pages`.

A test compares the pages with the output of this script.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

import reliability

import positions as pos
from positions import quality

HERE = Path(__file__).resolve().parent
EVIDENCE = HERE / "evidence.csv"


def codebook_page(ds: pos.Dataset) -> str:
    """Return the codebook, with a link to the coding rules."""
    title, rest = quality.codebook(ds).split("\n", 1)
    way = (
        "The [coding rules](rules.md) explain how to choose topic, option and attitude. Codes "
        "after “PA-X” are the variables of the Peace Agreements Database (Bell and Badanjak 2019, "
        "data of version 6) to which a topic belongs; they are broader than the topic."
    )
    return f"{title}\n\n{way}\n{rest}\n"


def coverage_page(ds: pos.Dataset) -> str:
    """Return the counts of statements by party, area and time, and by kind of source."""
    covered = quality.coverage(ds)
    kinds = Counter(source.kind for source in ds.sources)
    undated = sum(source.published is None for source in ds.sources)
    named = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    sources = f"Of {len(ds.sources)} sources, {undated} are undated. By kind: {named}."
    parts = (
        "# Coverage",
        INTRODUCTION,
        *(_markdown(t) for t in (covered.sourcing(), covered.table())),
    )
    return "\n\n".join((*parts, sources)) + "\n"


INTRODUCTION = (
    "This page shows what the bundled data contain. If a cell has few statements, few were found "
    "in the evidence; it does not follow that the party said little. “corroborated” statements "
    "rest on pages of two or more publishers; the kinds of source count the best source of each "
    "statement."
)


def _markdown(table: pos.Table) -> str:
    return table.to("markdown").strip()


def left_out_page() -> str:
    """Return every piece of evidence that was left out, with the reason."""
    with EVIDENCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    left = [row for row in rows if row["left_out"]]
    share = 100 * len(left) / len(rows)
    head = (
        f"Of {len(rows):,} pieces of evidence, {len(rows) - len(left):,} are coded as statements, "
        f"events or proposals, and {len(left)} ({share:.1f} %) are left out. "
        "[evidence.csv](evidence.csv) links each piece to its records."
    )
    table = pos.Table(
        "", ("ref", "reason"), tuple((row["ref"], row["left_out"]) for row in left)
    ).to("markdown")
    return f"# Left out\n\n{head}\n\n{table.strip()}\n"


def pages() -> dict[Path, str]:
    """Return all pages by path."""
    ds = pos.load()
    return {
        HERE / "codebook.md": codebook_page(ds),
        HERE / "coverage.md": coverage_page(ds),
        HERE / "left-out.md": left_out_page(),
        HERE / "reliability.md": reliability.page(ds),
    }


def main() -> int:
    """Write all pages."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
