"""Arguments of the library from those typed: data, suppositions, a snapshot, a period.

The library is used through its public names, so that each question imports no more
than it needs.
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

SUPPOSITION_FORM = "PARTY TOPIC OPTION=ATTITUDE … [if TOPIC=OPTION and … or if …]"
"""Form of a supposition; a condition can name alternative options, as in `OPTION,OPTION`."""


class PeriodOptions(ReadingOptions):
    """Keyword arguments of questions about a period."""

    since: Day | None
    until: Day | None


def data_of(options: argparse.Namespace) -> pos.Dataset:
    """Read the data set, with the suppositions from the day or the last day of the question."""
    ds = pos.load() if options.data is None else parse(read_data(options.data), options.data)
    for line in options.suppose:
        ds = suppose_line(ds, line, options.on or options.until)
    return ds


def read_data(path: Path) -> bytes:
    """Read the bytes of a data file or of standard input."""
    if path == STDIN:
        return read_bounded(standard_input(), INPUT)
    with open(path, "rb") as file:
        return read_bounded(file, str(path))


def parse(data: bytes, path: Path) -> pos.Dataset:
    """Parse a table of statements, or JSON.

    A file is a table if its name ends in `.csv`. Standard input has no name: it is JSON if
    it begins with a brace or a bracket, unlike the header of any table.
    """
    origin = INPUT if path == STDIN else str(path)
    text = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if path == STDIN and not text.startswith((b"{", b"[")):
        return pos.parse_csv(data, origin=origin)
    if path.suffix.lower() == ".csv":
        return pos.parse_csv(data, origin=origin, title=path.stem)
    return pos.parse_json(data, origin=origin)


def snapshot_of(ds: pos.Dataset, options: argparse.Namespace, day: str | None) -> pos.Snapshot:
    """Return the snapshot on a day, or at the end of the evidence if None."""
    return ds.at(day, **reading_of(options))


def reading_of(options: argparse.Namespace) -> ReadingOptions:
    """Return the keyword arguments that select statements."""
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
    """Return the keyword arguments of the period and of the selection of statements."""
    return {"since": options.since, "until": options.until, **reading_of(options)}


def snapshot_asked(options: argparse.Namespace) -> pos.Snapshot:
    """Return the snapshot that the question is about."""
    return snapshot_of(data_of(options), options, options.on)


def snapshot_and_plan(options: argparse.Namespace) -> tuple[pos.Snapshot, pos.Proposal | None]:
    """Return the snapshot that the question is about, and the plan of `--fixed`."""
    ds = data_of(options)
    plan = None if options.fixed is None else ds.proposal(options.fixed)
    return snapshot_of(ds, options, options.on), plan


def day_after(date: Date) -> str:
    """Return the day after a date, in ISO format."""
    return the_day_after(date).isoformat()


def suppose_line(ds: Dataset, line: str, on: str | None) -> Dataset:
    """Suppose that a party takes the position written in a line.

    The conditions apply to every option that is `conditional`. All conditions joined by
    "and" must hold; "or if" begins an alternative. Conditions in words or on a plan are
    possible in Python only.

    Arguments:
        ds: the data set.
        line: `PARTY TOPIC OPTION=ATTITUDE …`, optionally with `if TOPIC=OPTION and … or if …`.
        on: the day from which it counts; the end of the evidence if None.

    Returns:
        A new data set, as from `Dataset.suppose`.

    Raises:
        InvalidInputError: the line does not have this form, or no statement can say this.
        UnknownNameError: there is no such party, topic or option.

    >>> from positions.files.bundled import load
    >>> line = "UKR nato.membership barred=conditional if guarantees.kind=article5_like"
    >>> position = suppose_line(load(), line, None).at("2030")["UKR", "nato.membership"]
    >>> str(position.cell("barred").conditions[0][0])
    'guarantees.kind: article5_like'
    """
    position, *conditions = re.split(r"\sif\s", line, maxsplit=1)
    words = position.split()
    says = dict(map(_split_equation, words[2:]))
    if not says or "" in (*says, *says.values()):
        raise InvalidInputError("--suppose", SUPPOSITION_FORM, line)
    groups = [_group(ds, says, text) for part in conditions for text in _alternatives(part)]
    party, topic = words[:2]
    return ds.suppose(party, topic, says, on=on, conditions=groups)


def _split_equation(text: str) -> tuple[str, str]:
    """Return the texts to the left and right of the last equals sign."""
    left, _, right = text.rpartition("=")
    return left, right


def _alternatives(text: str) -> list[str]:
    return re.split(r"\sor\s+if\s", text)


def _group(ds: Dataset, says: dict[str, str], text: str) -> ConditionFields:
    """Parse a group of conditions that must all hold, for every conditional option."""
    options = [option for option, attitude in says.items() if attitude == Attitude.CONDITIONAL]
    if not options:
        wanted = "a conditional option for the conditions, OPTION=conditional"
        raise InvalidInputError("--suppose", wanted, says)
    return {"for": options, "all": list(_conditions(ds, text))}


def _conditions(ds: Dataset, text: str) -> Iterator[Condition]:
    for part in re.split(r"\sand\s", text):
        topic, options = _split_equation(part.strip())
        if not topic or not options or len(part.split()) > 1:
            wanted = "TOPIC=OPTION, joined by “and” (for other conditions use Python: ds.suppose)"
            raise InvalidInputError("a condition of --suppose", wanted, part.strip())
        keys = tuple(options.split(","))
        scale = scale_of(ds.topic(topic), keys)
        for key in keys:
            scale.columns(key)
        yield Condition(topic=topic, options=keys)
