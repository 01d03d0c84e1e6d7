"""The codebook of a data set, written from the data: its questions, options and examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from positions.records.attitudes import Attitude
from positions.records.models import Option, Statement, Topic
from positions.snapshots.dataset import Dataset, without_suppositions
from positions.snapshots.wording import counted
from positions.tables.markdown import markdown_text

AFFIRMED = (Attitude.DEMAND, Attitude.ACCEPT, Attitude.CONDITIONAL)
"""Attitudes that make a statement an example of an option."""
CONFIDENCES = ("high", "medium", "low", None)
"""The confidence of examples, the most preferred first."""


def codebook(ds: Dataset, *, leave_out: Iterable[str] = ()) -> str:
    """Return the codebook of a data set in Markdown.

    It lists every topic with its question and note, and every option with its definition,
    an example, and a counter-example: a statement on the same topic that is coded
    differently, preferably with the nearest option. Statements with high confidence are
    preferred, then the party's own, then the earliest. Suppositions are never examples.

    Arguments:
        ds: the data set.
        leave_out: ids of statements not to use as examples, such as those that a
            second coder will code.

    >>> from positions import load
    >>> print(codebook(load()).splitlines()[0])
    # Codebook
    """
    ds = without_suppositions(ds)
    hidden = frozenset(leave_out)
    by_topic: dict[str, list[Statement]] = {topic.id: [] for topic in ds.topics}
    for statement in sorted(ds.statements, key=_preference):
        if statement.id not in hidden:
            by_topic[statement.topic].append(statement)
    lines = [*_head(ds)]
    for area in dict.fromkeys(topic.area for topic in ds.topics):
        lines += [f"## {area}", ""]
        for topic in ds.topics:
            if topic.area == area:
                lines += _topic_lines(topic, by_topic[topic.id])
    return "\n".join(lines)


def _preference(statement: Statement) -> tuple[int, bool, object, str]:
    """Return a sort key of examples: by confidence, own statements first, then by date."""
    own = statement.attribution == "self"
    return CONFIDENCES.index(statement.confidence), not own, statement.date.sort_key, statement.id


def _head(ds: Dataset) -> Iterator[str]:
    areas = len({topic.area for topic in ds.topics})
    options = sum(len(topic.options) for topic in ds.topics)
    yield from ("# Codebook", "")
    yield (
        f"{markdown_text(ds.document.title)}, version {markdown_text(ds.document.data_version)}: "
        f"{counted(len(ds.topics), 'topic')} in {counted(areas, 'area')}, "
        f"{counted(options, 'option')}. Written from the data file.{_authors(ds)}"
    )
    yield ""


def _authors(ds: Dataset) -> str:
    names = markdown_text(", ".join(ds.document.authors))
    return f" Authors: {names}." if names else ""


def _topic_lines(topic: Topic, statements: Sequence[Statement]) -> Iterator[str]:
    yield from (f"### `{topic.id}` {markdown_text(topic.name)}", "")
    yield from (f"**{markdown_text(topic.question)}**", "", _facts(topic), "")
    if topic.note is not None:
        yield from (markdown_text(topic.note), "")
    for option in topic.options:
        yield from _option_lines(topic, option, statements)
    if topic.kind == "quantity" and statements:
        yield f"- Example: {_example(statements[0])}"
    yield ""


def _facts(topic: Topic) -> str:
    """Return the kind of a topic and related facts, on one line."""
    kinds = {
        "nominal": "Options exclude one another",
        "ordinal": "Options stand in order",
        "quantity": f"A number ({topic.unit}, {topic.domain})",
    }
    pax = f"; PA-X: {', '.join(topic.pax)}" if topic.pax else ""
    return f"*{kinds[topic.kind]}; {topic.about}{pax}.*"


def _option_lines(topic: Topic, option: Option, statements: Sequence[Statement]) -> Iterator[str]:
    yield f"- `{option.id}` {markdown_text(option.name)}: {markdown_text(option.definition)}"
    example = next((s for s in statements if _affirms(s, option.id)), None)
    if example is not None:
        yield f"    - Example: {_example(example)}"
    counter = _counter_example(topic, option, statements)
    if counter is not None:
        yield f"    - Not this: {_example(counter)}"


def _affirms(statement: Statement, option: str) -> bool:
    return statement.says.get(option) in AFFIRMED


def _counter_example(
    topic: Topic, option: Option, statements: Sequence[Statement]
) -> Statement | None:
    """Find a statement that affirms the nearest other option, or one that rejects this one."""
    place = topic.options.index(option)
    others = sorted(
        (other for other in topic.options if other != option),
        key=lambda other: abs(topic.options.index(other) - place),
    )
    found = (
        s
        for other in others
        for s in statements
        if _affirms_only(s, other.id) and option.id not in s.says
    )
    rejecting = (s for s in statements if s.says.get(option.id) == Attitude.REJECT)
    return next(found, None) or next(rejecting, None)


def _affirms_only(statement: Statement, option: str) -> bool:
    """Whether a statement affirms this option and no other."""
    affirmed = [key for key, said in statement.says.items() if said in AFFIRMED]
    return affirmed == [option]


def _example(statement: Statement) -> str:
    """Return a statement on one line: its summary, its coding and its id."""
    coding = ", ".join(f"{said} `{key}`" for key, said in statement.says.items())
    return f"{markdown_text(statement.summary)} Coded: {coding} (`{statement.id}`)."
