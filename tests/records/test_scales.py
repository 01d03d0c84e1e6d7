"""The options of a topic, as named by keys and in results."""

from __future__ import annotations

import pytest

from makers import TOPICS, topic
from positions.errors import InvalidInputError, UnknownNameError
from positions.records.attitudes import Attitude
from positions.records.scales import Scale, scale_of

LAND, RANK, ARMY, _ = TOPICS


def army(*keys: str) -> Scale:
    """Return the scale of the quantity topic, divided by some keys."""
    return scale_of(ARMY, keys)


def named(scale: Scale, *keys: str) -> list[str]:
    """Return the options that keys name, with adjacent numbers merged."""
    inside = [column in scale.columns_of(keys) for column in range(scale.width)]
    return [key for key, run in scale.spans(inside) if inside[run[0]]]


@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("some", ["some"]),
        ("some..most", ["some", "most"]),
        ("..some", ["none", "some"]),
        ("most..", ["most", "all"]),
        ("..", ["none", "some", "most", "all"]),
        ("*", ["none", "some", "most", "all"]),
    ],
)
def test_ordinal_keys(key: str, options: list[str]) -> None:
    """A range names the options from one to the other, in the order of the file."""
    assert named(Scale(RANK), key) == options


@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("..85", ["..85"]),
        ("85", ["85"]),
        ("0", ["0"]),
        ("20<..<85", ["20<..<85"]),
        ("0..", [".."]),
        ("no_cap", ["no_cap"]),
        ("*", ["..", "no_cap"]),
    ],
)
def test_quantity_keys(key: str, options: list[str]) -> None:
    """Intervals name numbers and never named options, and are shown as one interval."""
    assert named(army("..85", "20", key), key) == options


def test_names_do_not_depend_on_other_keys() -> None:
    """The same numbers are shown in the same way, however finely the domain is divided."""
    for keys in (["..85"], ["..85", "40"], ["..85", "1..2", "3", "84"]):
        assert named(army(*keys), "..85") == ["..85"]
        assert named(army(*keys), "0..85", "85..") == [".."]


@pytest.mark.parametrize(
    ("scale", "key", "error", "message"),
    [
        (Scale(LAND), "yess", UnknownNameError, "no option of land 'yess'; did you mean 'yes'"),
        (Scale(LAND), "no..yes", UnknownNameError, "no option of land 'no..yes'"),
        (Scale(RANK), "some..mst", UnknownNameError, "did you mean 'most'"),
        (Scale(RANK), "all..none", InvalidInputError, "wanted ends in the order none, some"),
        (army(), "cap", UnknownNameError, "did you mean 'no_cap'"),
        (army(), "-1", InvalidInputError, "wanted a number within 0.., got '-1'"),
        (army(), "..-1", InvalidInputError, "wanted a number within 0.."),
    ],
)
def test_unknown_keys(scale: Scale, key: str, error: type[Exception], message: str) -> None:
    """A key that is invalid on the topic raises an error with the reason."""
    with pytest.raises(error, match=message):
        scale.columns(key)


def test_inner_keys_win() -> None:
    """A key inside another takes precedence, whatever the order of keys."""
    says = {"..": Attitude.REJECT, "some..most": Attitude.ACCEPT, "most": Attitude.DEMAND}
    for order in (says, dict(reversed(says.items()))):
        deciding = Scale(RANK).resolve(order)
        assert [deciding[column] for column in range(4)] == [
            ("..",),
            ("some..most",),
            ("most",),
            ("..",),
        ]


def test_crossing_keys_must_agree() -> None:
    """Keys that overlap only partly must have the same attitude."""
    same = {"..some": Attitude.ACCEPT, "some..most": Attitude.ACCEPT}
    assert Scale(RANK).resolve(same)[1] == ("..some", "some..most")
    with pytest.raises(InvalidInputError, match="rank"):
        Scale(RANK).resolve({**same, "..some": Attitude.REJECT})


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("..85000", "at most 85,000 soldiers"),
        ("85000..", "at least 85,000 soldiers"),
        ("..<85000", "less than 85,000 soldiers"),
        ("85000<..", "more than 85,000 soldiers"),
        ("20..50", "20 to 50 soldiers"),
        ("20<..<50", "above 20 to below 50 soldiers"),
        ("600000", "600,000 soldiers"),
        ("..", "any number of soldiers"),
    ],
)
def test_numbers_in_words(key: str, words: str) -> None:
    """Tables show an interval in words, with its unit."""
    assert army(key).show(key).strip("“”") == words


def test_distances() -> None:
    """Options are 1 apart on nominal topics, their coordinates on ordinal, the unit on others."""
    assert Scale(LAND).distance(0, 2) == 1
    assert Scale(RANK).distance(0, 3) == 1
    assert Scale(RANK).distance(2, 2) == 0
    assert Scale(RANK).distance(0, 2) == Scale(RANK).distance(1, 3)
    numbers = army("10", "30")
    places = [numbers.columns(key)[0] for key in ("10", "30", "no_cap")]
    assert numbers.distance(places[0], places[1]) == 20
    assert numbers.distance(places[0], places[2]) is None


def test_one_option_has_a_place() -> None:
    """The coordinates of a single option are defined."""
    assert Scale(topic("one", "only", kind="ordinal")).coordinates == (0.0,)
