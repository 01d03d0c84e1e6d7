"""What is supposed at the command line: what one party says, in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from positions.errors import InvalidInputError
from positions.records.attitudes import Attitude
from positions.records.models import Condition
from positions.records.scales import scale_of
from positions.records.suppositions import ConditionFields
from positions.snapshots.dataset import Dataset

FORM = "PARTY TOPIC OPTION=ATTITUDE … [if TOPIC=OPTION and … or if …]"
"""How words are supposed; a condition may name several options, `OPTION,OPTION`: any of them."""


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
