"""The codebook: every question and option, with matching examples."""

from __future__ import annotations

import re

import positions as pos
from makers import dataset, said, topic
from positions.files.codebook import codebook


def test_one_topic_by_hand() -> None:
    """The example affirms the option, the counter-example the nearest other option."""
    ds = dataset(
        said("A", {"some": "demand"}, topic="rank"),
        said("B", {"all": "demand"}, topic="rank"),
        topics=[topic("rank", "none", "some", "most", "all", kind="ordinal", note="Of the army.")],
    )
    assert codebook(ds).splitlines()[6:] == [
        "### `rank` Rank",
        "",
        "**What of rank?**",
        "",
        "*Options stand in order; term.*",
        "",
        "Of the army.",
        "",
        "- `none` None: It is none.",
        "    - Not this: A spoke of rank. Coded: demand `some` (`a.2000-01-01.rank`).",
        "- `some` Some: It is some.",
        "    - Example: A spoke of rank. Coded: demand `some` (`a.2000-01-01.rank`).",
        "    - Not this: B spoke of rank. Coded: demand `all` (`b.2000-01-01.rank`).",
        "- `most` Most: It is most.",
        "    - Not this: A spoke of rank. Coded: demand `some` (`a.2000-01-01.rank`).",
        "- `all` All: It is all.",
        "    - Example: B spoke of rank. Coded: demand `all` (`b.2000-01-01.rank`).",
        "    - Not this: A spoke of rank. Coded: demand `some` (`a.2000-01-01.rank`).",
    ]


def test_left_out_statements_are_not_examples(harbour: pos.Dataset) -> None:
    """Statements reserved for a second coder are not in the codebook."""
    hidden = {s.id for s in harbour.statements[::2]}
    text = codebook(harbour, leave_out=hidden)
    assert hidden < {s.id for s in harbour.statements}
    assert not hidden & set(re.findall(r"`([^`\s]+)`", text))
