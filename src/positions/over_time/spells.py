"""Spells: unbroken runs of one relation, for many groups of parties at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs
import numpy as np

from positions.relations.measures import days_and_codes, relation_codes
from positions.snapshots.ledger import SILENT, Codes, Ints
from positions.snapshots.snapshot import Snapshot
from positions.snapshots.tracks import Track


@attrs.frozen(eq=False)
class Spells:
    """A row for each spell: a run of days on which the relation of a group is the same.

    Rows are sorted by group, then by day; those of a group cover every day of the period.

    Attributes:
        group: the number of the group.
        relation: the number of the relation in `RELATIONS`.
        first: the first day, as a proleptic ordinal; `last` the last day.
    """

    group: Ints
    relation: Ints
    first: Ints
    last: Ints

    def __len__(self) -> int:
        return len(self.group)


def spells(
    snapshot: Snapshot, parties: Sequence[str], groups: Ints, topics: Iterable[str], first: int
) -> dict[str, Spells]:
    """Return the spells of each group on each topic, from a day to that of the snapshot.

    Every track is replayed once, regardless of the number of groups a party is in, and
    the relations of all groups are computed in one reduction.

    Arguments:
        snapshot: the snapshot of the last day.
        parties: the ids of all parties that are in a group.
        groups: a row for each group: the indices of its members in `parties`.
        topics: the ids of the topics.
        first: the first day, as a proleptic ordinal.

    Returns:
        The spells by topic; topics on which none of the parties ever spoke are left out.
    """
    what = tuple(topics)
    known = snapshot.tracks(parties, what)
    last = snapshot.date.toordinal()
    found = {topic: [known[party, topic] for party in parties] for topic in what}
    return {
        topic: spells_of(tracks, snapshot.catalogue.scales[topic].width, groups, (first, last))
        for topic, tracks in found.items()
        if any(track is not None for track in tracks)
    }


def spells_of(
    known: Sequence[Track | None], width: int, groups: Ints, period: tuple[int, int]
) -> Spells:
    """Return the spells of each group on one topic.

    Arguments:
        known: a track for each party; None if it never spoke.
        width: the number of columns of the topic.
        groups: a row for each group: the indices of its members in `known`.
        period: the first and the last day, as proleptic ordinals.
    """
    days, codes = _cut_before(period[0], *days_and_codes(known, width, period[1]))
    relation = relation_codes(codes[:, groups])
    begins = np.ones(relation.shape, bool)
    begins[1:] = relation[1:] != relation[:-1]
    group, row = np.nonzero(begins.T)
    firsts = days[row]
    lasts = np.append(firsts[1:] - 1, period[1])
    lasts[np.append(group[1:] != group[:-1], True)] = period[1]
    return Spells(group, relation[row, group], firsts, lasts)


def _cut_before(first: int, days: Ints, codes: Codes) -> tuple[Ints, Codes]:
    """Cut days and attitudes to begin on a day, with the attitudes that hold on it."""
    later = int(np.searchsorted(days, first, side="right"))
    silence = np.full((1, *codes.shape[1:]), SILENT, np.int8)
    now = codes[later - 1 : later] if later else silence
    return np.append(first, days[later:]), np.concatenate([now, codes[later:]])
