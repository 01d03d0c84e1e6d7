"""A data set with names that look like markup."""

from __future__ import annotations

from pydantic import ValidationError

from hostile_tables import HOSTILE
from makers import clause, dataset, party, plan, said, source
from positions.records.models import Topic
from positions.snapshots.dataset import Dataset


def hostile() -> tuple[Dataset, list[str]]:
    """Return a data set with names that look like markup, and the list of these names."""
    names = [name for name in HOSTILE if _is_valid_name(name)]
    options = [{"id": f"o{n}", "name": name, "definition": name} for n, name in enumerate(names)]
    about = Topic(id="land", name=names[0], question=names[1], kind="nominal", options=options)
    made = dataset(
        said("A", {"o0": "demand"}, summary=names[0], speaker=names[1]),
        said("B", {"o1": "demand", "o2": "reject"}, "2000-02-01", summary=names[2]),
        said("C", {f"o{n}": "accept" for n in range(len(names))}, "2000-03-01"),
        parties=[party(id, name=name) for id, name in zip("ABC", names, strict=False)],
        topics=[about],
        sources=[source(title=names[3], publisher=names[4], url="https://example.org/'&amp;a")],
        proposals=[plan("p", clause("land", "o0"), name=names[5], date="2000-04-01")],
        title=names[0],
    )
    return made, names


def _is_valid_name(name: str) -> bool:
    """Whether a record may have this name."""
    try:
        party("A", name=name)
    except ValidationError:
        return False
    return True
