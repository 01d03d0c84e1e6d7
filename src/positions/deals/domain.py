"""Bargaining domains: topics, options, and their utilities for each party."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from positions.deals.weights import (
    EMPHASIS_NOTE,
    Exact,
    Weights,
    emphasis,
    exact,
    read_weights,
    terms,
)
from positions.errors import InvalidInputError, UnknownNameError
from positions.records.catalogue import Parties, Topics
from positions.snapshots.ledger import ACCEPT, CONDITIONAL, DEMAND, SILENT
from positions.snapshots.snapshot import Snapshot
from positions.snapshots.wording import counted

Scores = Mapping[str, Mapping[str, Mapping[str, Exact]]]
"""Scores of options: topic, then option, then party, then a number."""

SCORES = {DEMAND: Fraction(1), ACCEPT: Fraction(1), CONDITIONAL: Fraction(1, 2)}
"""Score of an option by a party's attitude to it; all other attitudes score 0."""
SCORES_NOTE = (
    "Scores: 1 for options that a party demands or accepts, 1/2 for those it accepts under "
    "conditions, 0 for all others."
)


@attrs.frozen
class DomainTopic:
    """One topic of a domain.

    Attributes:
        topic: its id.
        options: the ids of its options, in order.
        weights: the weight of the topic for each party.
        scores: for each option, its score for each party.
    """

    topic: str
    options: tuple[str, ...]
    weights: tuple[Fraction, ...]
    scores: tuple[tuple[Fraction, ...], ...]

    @property
    def worth(self) -> tuple[tuple[Fraction, ...], ...]:
        """Utility of each option for each party: weight times score."""
        return tuple(
            tuple(weight * score for weight, score in zip(self.weights, scores, strict=True))
            for scores in self.scores
        )


@attrs.frozen(repr=False)
class Domain:
    """Two or more parties and the topics they bargain over; made by `of` or `domain_from`.

    A package is one option of each topic. Its utility for a party is the sum of weights
    times scores (additive utilities: Keeney and Raiffa 1976). All numbers are exact.
    """

    parties: tuple[str, ...]
    topics: tuple[DomainTopic, ...]
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        sizes = counted(len(self.topics), "topic"), counted(self.packages, "package")
        return f"<Domain of {', '.join(self.parties)}: {', '.join(sizes)}>"

    @classmethod
    def of(cls, weights: Weights, scores: Scores) -> Domain:
        """Make a domain from numbers: ints, Fractions, Decimals, or text such as `3/4`.

        Arguments:
            weights: party, then topic, then a number of 0 or more. They are used as they
                are, and need not add up to 1.
            scores: topic, then option, then party, then a number.

        Raises:
            InvalidInputError: there are fewer than two parties, a topic has no options, or a
                number is missing or not exact.
            UnknownNameError: a weight or score is for an unknown party or topic.

        >>> Domain.of(
        ...     weights={"A": {"land": "3/4"}, "B": {"land": "1/4"}},
        ...     scores={"land": {"all": {"A": 1, "B": 0}, "half": {"A": "0.5", "B": "0.5"}}},
        ... )
        <Domain of A, B: 1 topic, 2 packages>
        """
        if len(weights) < 2:
            raise InvalidInputError("weights", "those of two or more parties", list(weights))
        parties = tuple(weights)
        read = read_weights(weights, parties, scores)
        topics = (_domain_topic(topic, scores[topic], read) for topic in scores)
        return cls(parties, tuple(topics))

    @property
    def packages(self) -> int:
        """Number of packages: the product of the numbers of options."""
        return math.prod(len(topic.options) for topic in self.topics)

    @functools.cached_property
    def denominator(self) -> int:
        """Least common denominator of the utilities of all options."""
        return math.lcm(*(v.denominator for t in self.topics for option in t.worth for v in option))

    def utilities(self, package: Mapping[str, str]) -> tuple[Fraction, ...]:
        """Return the utility of a package for each party, in the order of `parties`.

        Arguments:
            package: an option for each topic.

        Raises:
            InvalidInputError: a topic is missing.
            UnknownNameError: a topic or option is not in the domain.
        """
        for name in package:
            if name not in {topic.topic for topic in self.topics}:
                raise UnknownNameError("topic", name, (topic.topic for topic in self.topics))
        worth = [_worth_of(topic, package) for topic in self.topics]
        return tuple(sum((w[i] for w in worth), Fraction(0)) for i in range(len(self.parties)))


def _worth_of(topic: DomainTopic, package: Mapping[str, str]) -> tuple[Fraction, ...]:
    if topic.topic not in package:
        raise InvalidInputError("package", f"an option for {topic.topic}", dict(package))
    option = package[topic.topic]
    if option not in topic.options:
        raise UnknownNameError(f"option of {topic.topic}", option, topic.options)
    return topic.worth[topic.options.index(option)]


def _domain_topic(
    topic: str,
    scores: Mapping[str, Mapping[str, Exact]],
    weights: Mapping[str, Mapping[str, Fraction]],
) -> DomainTopic:
    """Make one topic from validated weights and from scores as given by users."""
    if not scores:
        raise InvalidInputError(f"scores of {topic}", "at least one option", scores)
    for party, given in weights.items():
        if topic not in given:
            raise InvalidInputError(f"weights of {party}", f"one for {topic}", sorted(given))
    return DomainTopic(
        topic,
        tuple(scores),
        tuple(given[topic] for given in weights.values()),
        tuple(_scores_of(topic, option, scores[option], tuple(weights)) for option in scores),
    )


def _scores_of(
    topic: str, option: str, scores: Mapping[str, Exact], parties: Sequence[str]
) -> tuple[Fraction, ...]:
    for party in scores:
        if party not in parties:
            raise UnknownNameError("party", party, parties)
    missing = [party for party in parties if party not in scores]
    if missing:
        what = f"scores of {option!r} on {topic}"
        raise InvalidInputError(what, f"one for each of {', '.join(parties)}", dict(scores))
    return tuple(exact(scores[p], f"score of {option!r} on {topic} for {p}") for p in parties)


def domain_from(
    snapshot: Snapshot,
    parties: Parties,
    weights: Weights | None = None,
    scores: Scores | None = None,
    topics: Topics = None,
) -> Domain:
    """Make a domain from the positions of a day.

    An option scores 1 for a party that demands or accepts it, 1/2 for one that accepts it
    under conditions, and 0 for all others. A refusal scores the same as silence, so a
    solution can contain an option that a party refuses. Numbers to which each party has
    the same attitude throughout are one option.

    Arguments:
        snapshot: the positions of a day.
        parties: the ids of two or more different parties.
        weights: party, then topic, then a number; if None, the emphasis: the share of the
            party's statements on terms that are on the topic.
        scores: topic, then option, then party, then a number, for topics on which they
            replace the scores of attitudes.
        topics: an id, an area, or several; if None, those with weights. Without weights,
            only terms on which two of the parties have spoken.

    Raises:
        UnknownNameError: a party, topic or option is not in the data set.
        InvalidInputError: there are fewer than two parties, or a number is missing or not
            exact.

    >>> from positions.files.bundled import load
    >>> domain_from(load().at("2022-04-15"), ["RUS", "UKR"], topics="neutrality")
    <Domain of RUS, UKR: 1 topic, 2 packages>
    """
    who = snapshot.catalogue.choose_parties(parties, least=2)
    read = None if weights is None else read_weights(weights, who, snapshot.topics)
    chosen = _chosen(snapshot, who, read, topics)
    known = read or {party: emphasis(snapshot, party) for party in who}
    given = _checked_scores(snapshot, scores or {}, chosen)
    made = tuple(_topic_from(snapshot, topic, given.get(topic), known, who) for topic in chosen)
    notes = (EMPHASIS_NOTE,) if weights is None else ()
    scored = () if set(chosen) <= set(given) else (SCORES_NOTE,)
    return Domain(who, made, (*snapshot.notes, *notes, *scored))


def _chosen(
    snapshot: Snapshot,
    parties: Sequence[str],
    weights: Mapping[str, Mapping[str, Fraction]] | None,
    topics: Topics,
) -> tuple[str, ...]:
    """Return the ids of the topics of a domain; see `domain_from`."""
    asked = snapshot.catalogue.choose_topics(topics)
    if weights is not None:
        weighed = {topic for given in weights.values() for topic in given}
        return asked if topics is not None else tuple(t for t in asked if t in weighed)
    return tuple(
        topic
        for topic in terms(snapshot)
        if topic in asked and (snapshot.codes_on(parties, topic) != SILENT).any(axis=1).sum() > 1
    )


def _checked_scores(snapshot: Snapshot, scores: Scores, chosen: Sequence[str]) -> Scores:
    for topic, options in scores.items():
        if topic not in chosen:
            raise UnknownNameError("topic", topic, chosen)
        for option in options:
            snapshot.catalogue.scales[topic].columns(option)
    return scores


def _topic_from(
    snapshot: Snapshot,
    topic: str,
    scores: Mapping[str, Mapping[str, Exact]] | None,
    weights: Mapping[str, Mapping[str, Fraction]],
    parties: Sequence[str],
) -> DomainTopic:
    if scores is not None:
        return _domain_topic(topic, scores, weights)
    return _domain_topic(topic, dict(_by_attitude(snapshot, topic, parties)), weights)


def _by_attitude(
    snapshot: Snapshot, topic: str, parties: Sequence[str]
) -> Iterator[tuple[str, dict[str, Exact]]]:
    """Yield the options of a topic with scores by attitude; equivalent numbers are one option."""
    codes = snapshot.codes_on(parties, topic).T.tolist()
    alike = [tuple(column) for column in codes]
    for key, run in snapshot.catalogue.scales[topic].spans(alike):
        worth = (SCORES.get(code, Fraction(0)) for code in alike[run[0]])
        yield key, dict(zip(parties, worth, strict=True))


def read_disagreement(
    domain: Domain, given: Mapping[str, Exact] | None
) -> tuple[tuple[Fraction, ...], str]:
    """Return the disagreement point and a note that states it; 0 for each party if None.

    Raises:
        UnknownNameError: a party is not in the domain.
        InvalidInputError: a party is missing, or a number is not exact.
    """
    if given is None:
        return (Fraction(0),) * len(domain.parties), "Disagreement point: 0 for each party."
    for party in given:
        if party not in domain.parties:
            raise UnknownNameError("party", party, domain.parties)
    if len(given) < len(domain.parties):
        wanted = f"a number for each of {', '.join(domain.parties)}"
        raise InvalidInputError("disagreement", wanted, dict(given))
    point = tuple(exact(given[party], f"disagreement of {party}") for party in domain.parties)
    values = ", ".join(f"{value} for {p}" for p, value in zip(domain.parties, point, strict=True))
    return point, f"Disagreement point: {values}."
