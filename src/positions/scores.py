"""What packages are ranked by: how much they affirm, topic by topic, with weights."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import lcm

from positions.catalogue import Catalogue
from positions.deals import Component, Issue
from positions.errors import InvalidInputError

TopicWeights = Mapping[str, int | float | Fraction | Decimal]
"""How much topics count, by id; 1 where a topic is not named."""

Score = tuple[Fraction, int, Fraction]
"""Affirmation on the topics asked; further topics, negative; affirmation on these."""


def topic_weights(
    what: str, weights: TopicWeights | None, catalogue: Catalogue
) -> dict[str, Fraction]:
    """Check weights and make them exact: a float counts as it is written.

    Raises:
        UnknownNameError: there is no such topic.
        InvalidInputError: a weight is no number of 0 or more.
    """
    made = {}
    for topic, weight in (weights or {}).items():
        name = catalogue.topic(topic).id
        try:
            made[name] = Fraction(str(weight))
        except ValueError:
            made[name] = Fraction(-1)
        if made[name] < 0:
            raise InvalidInputError(f"{what} of {topic}", "a number of 0 or more", weight)
    return made


def score_of(issue: Issue, option: int, weights: Mapping[str, Fraction]) -> Score:
    """Score one option of a topic."""
    value = Fraction(issue.halves[option], 2) * weights.get(issue.topic, 1)
    return (value, 0, Fraction(0)) if issue.asked else (Fraction(0), -1, value)


def whole_scores(
    component: Component, weights: Mapping[str, Fraction]
) -> dict[tuple[str, int], int]:
    """Score every option of a component as one whole number, in the order of the scores."""
    weighed = [weights.get(issue.topic, Fraction(1)) for issue in component.issues]
    unit = lcm(*(weight.denominator for weight in weighed))
    rates = [int(weight * unit) for weight in weighed]
    third = 1 + sum(
        rate * max(issue.halves[option] for option in issue.allowed)
        for rate, issue in zip(rates, component.issues, strict=True)
        if not issue.asked
    )
    second = third * (1 + len(component.issues))
    return {
        (issue.topic, option): value * second if issue.asked else value - third
        for rate, issue in zip(rates, component.issues, strict=True)
        for option in issue.allowed
        for value in [rate * issue.halves[option]]
    }
