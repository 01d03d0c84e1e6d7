"""What was typed becomes what the library takes: data, what is supposed, a snapshot, a period.

The library is used here as its users do, so that each question imports no more than
it needs.
"""

from __future__ import annotations

import argparse
import codecs
import re
from collections.abc import Iterator
from pathlib import Path

import positions as pos
from positions.cli.streams import INPUT, STDIN, standard_input
from positions.errors import InvalidInputError
from positions.files.reader import read_bounded
from positions.records.attitudes import Attitude
from positions.records.dates import Date
from positions.records.dates import day_after as the_day_after
from positions.records.models import Condition
from positions.records.scales import scale_of
from positions.records.suppositions import ConditionFields
from positions.snapshots.dataset import Dataset, Day, ReadingOptions

FORM = "PARTY TOPIC OPTION=ATTITUDE … [if TOPIC=OPTION and … or if …]"
"""How words are supposed; a condition may name several options, `OPTION,OPTION`: any of them."""


class PeriodOptions(ReadingOptions):
    """The arguments of questions about a period."""

    since: Day | None
    until: Day | None


def data_of(options: argparse.Namespace) -> pos.Dataset:
    """Read the data asked about, with what is supposed from the day or the last day asked."""
    ds = pos.load() if options.data is None else parsed(bytes_of(options.data), options.data)
    for words in options.suppose:
        ds = suppose_line(ds, words, options.on or options.until)
    return ds


def bytes_of(path: Path) -> bytes:
    """Read what a data file holds."""
    if path == STDIN:
        return read_bounded(standard_input(), INPUT)
    with open(path, "rb") as file:
        return read_bounded(file, str(path))


def parsed(data: bytes, path: Path) -> pos.Dataset:
    """Parse a table of statements, or JSON.

    The name of a file tells which it is, by `.csv`. Standard input has no name: it is JSON
    if it begins with a brace or a bracket, as no header of a table does.
    """
    origin = INPUT if path == STDIN else str(path)
    text = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if path == STDIN and not text.startswith((b"{", b"[")):
        return pos.parse_csv(data, origin=origin)
    if path.suffix.lower() == ".csv":
        return pos.parse_csv(data, origin=origin, title=path.stem)
    return pos.parse_json(data, origin=origin)


def snapshot_of(ds: pos.Dataset, options: argparse.Namespace, day: str | None) -> pos.Snapshot:
    """Give the snapshot on a day, that of the end of the evidence where None."""
    return ds.at(day, **reading_of(options))


def reading_of(options: argparse.Namespace) -> ReadingOptions:
    """Give the arguments that say which statements count."""
    return {
        "known_by": options.known_by,
        "max_age": options.max_age,
        "attributions": options.attributions,
        "confidence": options.confidence,
        "inherited": not options.not_inherited,
        "dates": options.dates,
        "undated": options.undated,
    }


def period_of(options: argparse.Namespace) -> PeriodOptions:
    """Give the arguments that say which period is asked about, and which statements count."""
    return {"since": options.since, "until": options.until, **reading_of(options)}


def snapshot_asked(options: argparse.Namespace) -> pos.Snapshot:
    """Give the snapshot that is asked about."""
    return snapshot_of(data_of(options), options, options.on)


def snapshot_and_plan(options: argparse.Namespace) -> tuple[pos.Snapshot, pos.Proposal | None]:
    """Give the snapshot that is asked about, and the plan of `--fixed`."""
    ds = data_of(options)
    plan = None if options.fixed is None else ds.proposal(options.fixed)
    return snapshot_of(ds, options, options.on), plan


def day_after(date: Date) -> str:
    """Give the day after a date, as it could be typed."""
    return the_day_after(date).isoformat()


def suppose_line(ds: Dataset, line: str, on: str | None) -> Dataset:
    """Suppose what one line says: which attitude a party takes to options of a topic, and if.

    Conditions are those of every option that is `conditional`. What "and" joins must
    hold together; "or if" begins an alternative. Conditions in words, or on a plan, can
    be supposed in Python only.

    Arguments:
        ds: the data set.
        line: `PARTY TOPIC OPTION=ATTITUDE …`, then perhaps `if TOPIC=OPTION and … or if …`.
        on: the day from which it counts; the end of the evidence where None.

    Returns:
        A new data set, as `Dataset.suppose` gives it.

    Raises:
        InvalidInputError: the line is not in this form, or says what no statement can.
        UnknownNameError: there is no such party, topic or option.

    >>> from positions.files.bundled import load
    >>> line = "UKR nato.membership barred=conditional if guarantees.kind=article5_like"
    >>> position = suppose_line(load(), line, None).at("2030")["UKR", "nato.membership"]
    >>> str(position.cell("barred").conditions[0][0])
    'guarantees.kind: article5_like'
    """
    said, *conditions = re.split(r"\sif\s", line, maxsplit=1)
    words = said.split()
    says = dict(map(_equation, words[2:]))
    if not says or "" in (*says, *says.values()):
        raise InvalidInputError("--suppose", FORM, line)
    groups = [_group(ds, says, text) for part in conditions for text in _alternatives(part)]
    party, topic = words[:2]
    return ds.suppose(party, topic, says, on=on, conditions=groups)


def _equation(text: str) -> tuple[str, str]:
    """Take apart what stands on both sides of the last equals sign."""
    left, _, right = text.rpartition("=")
    return left, right


def _alternatives(text: str) -> list[str]:
    return re.split(r"\sor\s+if\s", text)


def _group(ds: Dataset, says: dict[str, str], text: str) -> ConditionFields:
    """Read conditions that must hold together, for all that is conditional."""
    bound = [option for option, attitude in says.items() if attitude == Attitude.CONDITIONAL]
    if not bound:
        wanted = "an option that is conditional, as conditions are given"
        raise InvalidInputError("--suppose", wanted, says)
    return {"for": bound, "all": list(_conditions(ds, text))}


def _conditions(ds: Dataset, text: str) -> Iterator[Condition]:
    for part in re.split(r"\sand\s", text):
        topic, options = _equation(part.strip())
        if not topic or not options or len(part.split()) > 1:
            wanted = "TOPIC=OPTION, joined by “and”; other conditions in Python, with ds.suppose"
            raise InvalidInputError("a condition of --suppose", wanted, part.strip())
        keys = tuple(options.split(","))
        scale = scale_of(ds.topic(topic), keys)
        for key in keys:
            scale.columns(key)
        yield Condition(topic=topic, options=keys)
