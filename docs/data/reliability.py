"""The agreement of two independent codings: the numbers and tables of reliability.md."""

from __future__ import annotations

import csv
from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import krippendorff
import numpy as np

import positions as pos

HERE = Path(__file__).resolve().parent / "reliability"
DRAWS = 200
"""Number of bootstrap samples for an interval."""

Says = Mapping[str, str]
Coding = dict[str, Says]
"""One coder's coding of one record: attitudes by topic, the main topic first."""
Pair = tuple[Hashable, Hashable]


def codings(folder: Path, coder: str) -> dict[str, Coding]:
    """Read the coding of one coder: one entry per record, empty where it was left out."""
    found: dict[str, Coding] = {}
    with (folder / f"{coder}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            coding = found.setdefault(row["ref"], {})
            if row["topic"]:
                parts = (part.rpartition("=") for part in row["says"].split("; "))
                coding[row["topic"]] = {key: said for key, _, said in parts}
    return found


def alpha(pairs: Sequence[Pair]) -> float:
    """Return Krippendorff's alpha (2004) of two coders for a nominal variable."""
    values = {
        value: number for number, value in enumerate(dict.fromkeys(v for p in pairs for v in p))
    }
    table = np.array([[values[one], values[other]] for one, other in pairs]).T
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))


def alpha_of_sets(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> float:
    """Return Krippendorff's alpha of sets, with the Jaccard distance."""
    sets = list(dict.fromkeys(value for pair in pairs for value in pair))
    apart = np.array([[1 - len(a & b) / (len(a | b) or 1) for b in sets] for a in sets])
    np.fill_diagonal(apart, 0)
    table = np.array([[sets.index(one), sets.index(other)] for one, other in pairs]).T

    def distance(v1: Any, v2: Any, **_: Any) -> Any:
        return apart[np.asarray(v1, dtype=int), np.asarray(v2, dtype=int)]

    return float(krippendorff.alpha(reliability_data=table, level_of_measurement=distance))


def interval(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of alpha, with a fixed seed."""
    draw = Random(1)
    drawn = sorted(alpha(draw.choices(pairs, k=len(pairs))) for _ in range(DRAWS))
    return drawn[DRAWS // 40], drawn[-DRAWS // 40 - 1]


def topic_pairs(first: Mapping[str, Coding], second: Mapping[str, Coding]) -> list[Pair]:
    """Return the main topic that each coder assigned to a record; `none` where it was left out."""
    return [(next(iter(first[r]), "none"), next(iter(second[r]), "none")) for r in first]


def shared(
    first: Mapping[str, Coding], second: Mapping[str, Coding]
) -> Iterable[tuple[str, str, Says, Says]]:
    """Yield every record and topic that both coders coded, with the attitudes that each coded."""
    for ref, coding in first.items():
        for topic, says in coding.items():
            if topic in second[ref]:
                yield ref, topic, says, second[ref][topic]


AFFIRMED = ("demand", "accept", "conditional")


def main_options(ds: pos.Dataset, topic: str, says: Says) -> frozenset[int]:
    """Return the main options of a coding: those affirmed, else those rejected or withdrawn."""
    affirmed = [key for key, said in says.items() if said in AFFIRMED]
    return frozenset(
        column for key in affirmed or says for column in ds.catalogue.scale(topic).columns(key)
    )


def main_attitude(says: Says) -> str:
    """Return the attitude of a coding to its main options: its first in the order of attitudes."""
    order = (*AFFIRMED, "reject", "withdrawn")
    return min(says.values(), key=order.index)


def measured(ds: pos.Dataset, folder: Path) -> dict[str, list[Pair]]:
    """Return the pairs to compare: all main topics; options and attitudes on shared topics."""
    first, second = codings(folder, "first"), codings(folder, "second")
    both = list(shared(first, second))
    return {
        "topic": topic_pairs(first, second),
        "option": [
            ((topic, main_options(ds, topic, one)), (topic, main_options(ds, topic, other)))
            for _, topic, one, other in both
        ],
        "attitude": [(main_attitude(one), main_attitude(other)) for _, _, one, other in both],
    }


def page(ds: pos.Dataset) -> str:
    """Return the page with the numbers and all disagreements."""
    folder = HERE
    first, second = codings(folder, "first"), codings(folder, "second")
    sets = [(frozenset(first[ref]), frozenset(second[ref])) for ref in first]
    text = (HERE / "notes.md").read_text(encoding="utf-8")
    return text.format(
        records=len(first),
        figures=_figures(measured(ds, folder)),
        sets=f"{alpha_of_sets(sets):.3f}",
        disagreements=_disagreements(ds, first, second),
    )


def _figures(units: Mapping[str, Sequence[Pair]]) -> str:
    rows = []
    for name, pairs in units.items():
        equal = sum(one == other for one, other in pairs)
        low, high = interval(pairs)
        span = f"{low:.3f} to {high:.3f}"
        rows.append((name, len(pairs), f"{equal / len(pairs):.1%}", f"{alpha(pairs):.3f}", span))
    headers = ("variable", "units", "equal", "alpha", "95 % interval")
    return pos.Table("", headers, tuple(rows)).to("markdown").strip()


def _disagreements(
    ds: pos.Dataset, first: Mapping[str, Coding], second: Mapping[str, Coding]
) -> str:
    rows = [
        (ref, _coding_text(first[ref]), _coding_text(second[ref]))
        for ref in first
        if not _alike(ds, first[ref], second[ref])
    ]
    return (
        pos.Table("", ("ref", "first coding", "second coding"), tuple(rows)).to("markdown").strip()
    )


def _alike(ds: pos.Dataset, one: Coding, other: Coding) -> bool:
    """Whether two codings agree on the main topic, and on shared topics in options and attitude."""
    if next(iter(one), None) != next(iter(other), None):
        return False
    both = [topic for topic in one if topic in other]
    return all(
        main_options(ds, topic, one[topic]) == main_options(ds, topic, other[topic])
        and main_attitude(one[topic]) == main_attitude(other[topic])
        for topic in both
    )


def _coding_text(coding: Coding) -> str:
    """Return a coding in one line: topics with their attitudes."""
    said = ("; ".join(f"{k} {v}" for k, v in says.items()) for says in coding.values())
    return (
        " / ".join(f"{topic}: {text}" for topic, text in zip(coding, said, strict=True))
        or "left out"
    )
