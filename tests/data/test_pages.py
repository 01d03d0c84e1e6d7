"""The generated pages about the data are up to date, and no evidence is lost."""

from __future__ import annotations

import csv
import json
import sys
from types import ModuleType

import pytest

import positions as pos
from places import DOCS, ROOT, script

PAGES = DOCS / "data"
EVIDENCE = ROOT.parent / "shared" / "evidence"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """Return the script that writes the pages."""
    if str(PAGES) not in sys.path:
        sys.path.insert(0, str(PAGES))
    return script(PAGES / "pages.py")


def traced() -> list[dict[str, str]]:
    """Return each piece of evidence with the records based on it."""
    with (PAGES / "evidence.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_pages_are_up_to_date(maker: ModuleType) -> None:
    """Every generated page is identical to what `make pages` writes."""
    for path, text in maker.pages().items():
        assert path.read_text(encoding="utf-8") == text, f"run make pages: {path.name} is old"


def test_every_piece_is_carried_or_left_out() -> None:
    """Each piece of evidence has either records, which exist, or a reason for leaving it out."""
    ds = pos.load()
    known = {r.id for kind in (ds.statements, ds.proposals, ds.events) for r in kind}
    for row in traced():
        records = row["records"].split()
        assert set(records) <= known, row["ref"]
        assert bool(records) != bool(row["left_out"]), row["ref"]


def test_little_is_left_out() -> None:
    """Less than one piece of evidence in twenty is left out."""
    rows = traced()
    assert sum(bool(row["left_out"]) for row in rows) < len(rows) / 20


def test_every_statement_leads_back() -> None:
    """All but a few statements are based on a listed piece; the others are based on its events."""
    carried = {name for row in traced() for name in row["records"].split()}
    loose = [s.id for s in pos.load().statements if s.id not in carried]
    assert len(loose) <= 20, loose


def test_no_evidence_is_forgotten() -> None:
    """Every statement and event of the evidence has a row."""
    if not EVIDENCE.is_dir():
        pytest.skip("the evidence is not beside the project")
    refs: set[str] = set()
    for name, key in (("statements", "ref"), ("events", "id")):
        with (EVIDENCE / f"{name}.jsonl").open(encoding="utf-8") as file:
            refs |= {json.loads(line)[key] for line in file}
    assert {row["ref"] for row in traced()} == refs


def test_the_codings_agree_well() -> None:
    """Two codings of at least 150 pieces agree: alpha is at least 0.8 for each variable."""
    sys.path.insert(0, str(PAGES))
    import reliability

    found = reliability.measured(pos.load(), reliability.HERE)
    assert len(found["topic"]) >= 150
    assert all(reliability.alpha(pairs) >= 0.8 for pairs in found.values())


def test_alpha_by_hand() -> None:
    """The worked example of Krippendorff (2011) for two coders and ten binary units gives 0.095."""
    sys.path.insert(0, str(PAGES))
    import reliability

    one, other = "0100000000", "1110010001"
    assert reliability.alpha(list(zip(one, other, strict=True))) == pytest.approx(0.095, abs=5e-4)


def test_agreements_are_listed_with_their_statements() -> None:
    """Every topic that Russia and Ukraine agree on at the end of the evidence is explained."""
    ds = pos.load()
    snapshot = ds.at(ds.document.evidence_until)
    rows = [row for row in pos.overlap(snapshot, ["RUS", "UKR"]) if row.relation == "agreed"]
    text = (PAGES / "agreed.md").read_text(encoding="utf-8")
    listed = [line.split(" | ") for line in text.splitlines() if line.startswith("| `")]
    assert [line[0].strip("| `") for line in listed] == [row.topic for row in rows]
    for line, row in zip(listed, rows, strict=True):
        assert tuple(part.strip("`") for part in line[1].split(", ")) == row.agreed
        cells = [
            c
            for p in ("RUS", "UKR")
            for c in snapshot[p, row.topic].cells
            if c.option in row.agreed
        ]
        words = dict.fromkeys(name for cell in cells for name in cell.statements)
        assert line[2].replace("`", "").split(", ") == list(words)
        ages = [str((snapshot.date - cell.said).days) for cell in cells if cell.said is not None]
        assert all(age in line[3] for age in ages), (row.topic, ages)
