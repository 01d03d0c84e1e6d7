"""Functions that make small data sets, with parties A, B and C and four topics."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from positions.files.json_files import to_json
from positions.records.attitudes import Attitude, Says
from positions.records.models import (
    Condition,
    ConditionGroup,
    Event,
    Mandate,
    Option,
    Party,
    Proposal,
    Source,
    Statement,
    Term,
    Topic,
)
from positions.snapshots.dataset import Dataset


def party(id: str, **more: Any) -> Party:
    """Make a party."""
    return Party(**{"id": id, "name": f"State {id}", "kind": "state", **more})


def topic(id: str, *options: str, **more: Any) -> Topic:
    """Make a topic; the name of each option is its id, capitalized."""
    made = [Option(id=o, name=o.capitalize(), definition=f"It is {o}.") for o in options]
    about = {"name": id.capitalize(), "question": f"What of {id}?", "kind": "nominal"}
    return Topic(**{"id": id, **about, "options": tuple(made), **more})


def source(id: str = "press", **more: Any) -> Source:
    """Make a source, published on 1 January 2000 unless `retrieved` is given."""
    about = {"title": f"On {id}", "publisher": "Press", "language": "en", "kind": "press"}
    dated = {} if "retrieved" in more else {"published": "2000-01-01"}
    return Source(**{"id": id, **about, **dated, **more})


def said(
    who: str, says: Mapping[str, str], on: str = "2000-01-01", topic: str = "land", **more: Any
) -> Statement:
    """Make a statement of one party, or of several separated by spaces.

    Its id consists of the parties, the date and the topic, as in `a.2000-01-01.land`.
    """
    parties = tuple(who.split())
    until, begins = more.pop("until", None), more.pop("from_", None)
    written = Says({key: Attitude(attitude) for key, attitude in says.items()})
    record = {
        "id": f"{'-'.join(parties)}.{on.strip('?~%')}.{topic}".lower(),
        "parties": parties,
        "topic": topic,
        "date": on,
        "from_": begins,
        "until": until,
        "says": written,
        "summary": f"{' and '.join(parties)} spoke of {topic}.",
        "attribution": "self",
        "sources": ("press",),
    }
    return Statement(**{**record, **more})


def only_if(*conditions: Condition, options: Iterable[str] = ("yes",)) -> ConditionGroup:
    """Make one group of conditions, by default for the option `yes`."""
    return ConditionGroup(for_=tuple(options), all=conditions)


def settled(topic: str, *options: str) -> Condition:
    """Make the condition that a topic is settled with one of these options."""
    return Condition(topic=topic, options=options)


def plan(id: str, *terms: Term, **more: Any) -> Proposal:
    """Make a proposal of party A."""
    about = {"name": f"Plan {id}", "date": "2000-01-01", "sponsors": ("A",), "sources": ("press",)}
    return Proposal(**{"id": id, "terms": terms, **about, **more})


def clause(topic: str, *options: str, **more: Any) -> Term:
    """Make a clause of a proposal that names these options."""
    return Term(topic=topic, options=options, **more)


TOPICS = (
    topic("land", "no", "yes", "shared"),
    topic("rank", "none", "some", "most", "all", kind="ordinal"),
    topic("army.size", "no_cap", kind="quantity", unit="soldiers", name="Army"),
    topic("talks.place", "here", "there", about="process", name="Talks"),
)
"""A nominal, an ordinal and a quantity topic, and one of the area talks."""


def dataset(*statements: Statement, **more: Any) -> Dataset:
    """Make a data set of parties A, B and C; other records are given by kind."""
    records = {
        "parties": [party(name) for name in "ABC"],
        "topics": TOPICS,
        "sources": [source()],
        "title": "Small",
        "evidence_until": "2000-12-31",
    }
    return Dataset.of(statements=statements, **{**records, **more})


def one_of_each() -> Dataset:
    """Make a data set with every kind of record and nearly every field."""
    return dataset(
        said("A", {"yes": "demand"}, confidence="high", context="At talks.", speaker="Minister"),
        said("B", {"yes": "reject"}, "2000-01-02", until="2000-03"),
        said(
            "B C",
            {"yes": "conditional"},
            "2000-02-01",
            conditions=(only_if(settled("army.size", "..85")), only_if(Condition(proposal="p1"))),
        ),
        said("A", {"100": "demand"}, topic="army.size"),
        said("B", {"..85": "demand"}, "2000-01?", topic="army.size", from_="2000-02"),
        said("C", {"some..": "accept"}, topic="rank", attribution="claimed", claimed_by="A"),
        said("C", {"*": "withdrawn"}, "2000-04-01", topic="rank", denies=("c.2000-01-01.rank",)),
        parties=[
            party("A", mandates=(Mandate(from_="2000-03-01", name="Second government"),), gw=1),
            party("B", wikidata="Q2"),
            party("C", kind="coalition", members=("A", "B")),
        ],
        sources=[source(url="https://example.org/a"), source("site", retrieved="2000-05-01")],
        proposals=[
            plan("p1", clause("land", "yes"), clause("army.size", "..90", by="B")),
            plan("p2", clause("land", "no"), clause("army.size", "..60")),
        ],
        authors=["Ann Coder"],
        events=[
            Event(id="e1", date="2000-01-05", kind="talks", outcome="Nothing.", sources=("press",))
        ],
    )


def document(dataset: Dataset | None = None) -> dict[str, Any]:
    """Return a data set, by default `one_of_each`, as the JSON value of its file."""
    found: dict[str, Any] = json.loads(to_json(dataset or one_of_each()))
    return found


def broken(*changes: tuple[str, Any]) -> dict[str, Any]:
    """Return the JSON value of `one_of_each` with values set at paths, `statements.0.topic`."""
    made = copy.deepcopy(document())
    for path, value in changes:
        *way, last = (int(part) if part.isdigit() else part for part in path.split("."))
        place: Any = made
        for part in way:
            place = place[part]
        place[last] = value
    return made


def written(folder: Path, value: object, name: str = "data.json") -> Path:
    """Write a data set, text, bytes or any JSON value to a file."""
    path = folder / name
    if isinstance(value, Dataset):
        value = to_json(value)
    elif not isinstance(value, bytes | str):
        value = json.dumps(value)
    path.write_bytes(value if isinstance(value, bytes) else value.encode())
    return path
