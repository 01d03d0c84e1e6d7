"""Whether there is a package that all could sign."""

from __future__ import annotations

from collections.abc import Iterable

from positions.catalogue import Topics
from positions.clashes import Conflict, conflict_of, stuck_in
from positions.deals import Unanswered, deal_of
from positions.records import Proposal
from positions.scores import TopicWeights, topic_weights
from positions.settlements import Ranking, Settlement
from positions.state import State


def settle(
    state: State,
    parties: Iterable[str],
    topics: Topics = None,
    *,
    weights: TopicWeights | None = None,
    unanswered: Unanswered = "refusal",
    fixed: Proposal | None = None,
) -> Settlement | Conflict:
    """Find the package that all could sign and that they affirm most, or what prevents one.

    A party can sign if it rejects none of the options, has left none unanswered, and
    for each that it accepts conditionally one group of conditions holds in the package.
    Where it is silent on a whole topic it is free, and its word is missing. Texts count
    as not contradicted: `hangs_on` lists them. A topic that only a condition names
    joins where the deal needs it. Of packages equally affirmed that with the fewest
    joined topics comes first, then the first in the order of the file.

    Arguments:
        state: the positions of a day.
        parties: the ids of two or more different parties.
        topics: an id, an area, or several; all on which two of them have spoken where None.
        weights: what topics count for, by id: numbers of 0 or more; 1 where not named.
        unanswered: whether an option left unanswered is refused, or free.
        fixed: a plan whose clauses must hold; its topics belong to the package.

    Returns:
        A `Settlement`, or the first `Conflict`; its `rest` settles what is not in conflict.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: an argument cannot be used.
        MissingLibraryError: python-sat is not installed.

    >>> from positions.bundled import load
    >>> ds = load()
    >>> [row.option for row in settle(ds.at("2025-03-22"), ["RUS", "UKR"], "ceasefire.energy")]
    ['halted']
    >>> settle(ds.at("2026-01-31"), ["RUS", "UKR"], "territory.crimea").parties
    ('RUS', 'UKR')
    """
    deal = deal_of(state, parties, topics, unanswered, fixed)
    counted = topic_weights("weight", weights, state.catalogue)
    stuck = stuck_in(deal)
    if not stuck:
        return Ranking(deal, counted, deal.components).best()
    component, packages = stuck[0]
    numbers = packages.conflict(range(len(component.vetoes)))
    return conflict_of(deal, component, numbers, [part for part, _ in stuck], counted)
