"""Bargaining domains with known solutions: one published, the others worked out below.

The worth of a package is a tuple with one number for each party, in order.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F

from positions import bargaining
from positions.deals.domain import Domain

# ---------------------------------------------------------------------------
# 1. Bill and Jack (Nash 1950, "The Bargaining Problem", Econometrica 18, pages 161 and 162)
#
# They barter without money. Each good is a topic: who gets it? By the table in the paper, the goods
# are worth to Bill and to Jack:
#
#   Bill's: book 2 4, whip 2 2, ball 2 1, bat 2 2, box 4 1
#   Jack's: pen 10 1, toy 4 1, knife 6 2, hat 2 2
#
# Without a deal Bill has 2+2+2+2+4 = 12 and Jack 1+1+2+2 = 6. Published: Bill gives book, whip,
# ball and bat, Jack gives pen, toy and knife. Then Bill has 4+10+4+6 = 24, a gain of 12, and Jack
# 4+2+1+2+2 = 11, a gain of 5; the product is 60.

GOODS = {
    "book": (2, 4),
    "whip": (2, 2),
    "ball": (2, 1),
    "bat": (2, 2),
    "box": (4, 1),
    "pen": (10, 1),
    "toy": (4, 1),
    "knife": (6, 2),
    "hat": (2, 2),
}
BARTER = Domain.of(
    weights={
        "Bill": {good: worth[0] for good, worth in GOODS.items()},
        "Jack": {good: worth[1] for good, worth in GOODS.items()},
    },
    scores={
        good: {"bill": {"Bill": 1, "Jack": 0}, "jack": {"Bill": 0, "Jack": 1}} for good in GOODS
    },
)
BARTER_DISAGREEMENT = {"Bill": 12, "Jack": 6}
BARTER_NASH = {
    **dict.fromkeys(("book", "whip", "ball", "bat", "hat"), "jack"),
    **dict.fromkeys(("box", "pen", "toy", "knife"), "bill"),
}
BARTER_WORTH = (F(24), F(11))

# ---------------------------------------------------------------------------
# 2. A mirror: one topic is to A what the other is to B
#
# Worth (A, B) of the options:   land: (3/4, 0) (3/8, 1/8) (0, 1/4)
#                                aid:  (1/4, 0) (1/8, 3/8) (0, 3/4)
#
#            aid a        aid split    aid b
# land a     (1, 0)       (7/8, 3/8)   (3/4, 3/4)
# land split (5/8, 1/8)   (1/2, 1/2)   (3/8, 7/8)
# land b     (1/4, 1/4)   (1/8, 5/8)   (0, 1)
#
# (3/4, 3/4) dominates four others; the remaining five are the frontier.
# Its product, 9/16 = 36/64, exceeds 7/8 x 3/8 = 21/64; its minimum, 3/4, exceeds 3/8; its sum, 3/2,
# exceeds 10/8; and the ideal of both is 1. So every solution is (3/4, 3/4).

HALVES = {
    "a": {"A": 1, "B": 0},
    "split": {"A": "1/2", "B": "1/2"},
    "b": {"A": 0, "B": 1},
}
MIRROR = Domain.of(
    weights={"A": {"land": "3/4", "aid": "1/4"}, "B": {"land": "1/4", "aid": "3/4"}},
    scores={"land": HALVES, "aid": HALVES},
)
MIRROR_FRONTIER = [
    (F(1), F(0)),
    (F(7, 8), F(3, 8)),
    (F(3, 4), F(3, 4)),
    (F(3, 8), F(7, 8)),
    (F(0), F(1)),
]

# ---------------------------------------------------------------------------
# 3. A river: four different solutions
#
# Worth (A, B) of the water, weights 10 and 8 times the scores below:
#   all (10, 1)   most (6, 3)   even (5, 7/2)   less (4, 4)   none (1/2, 8)
# A bridge is worth (1/3, 1/4), no bridge nothing, so all packages of the frontier include it:
#
#   all  (31/3, 5/4)   product 155/12   minimum 5/4    sum 139/12   shares 1       5/33
#   most (19/3, 13/4)  product 247/12   minimum 13/4   sum 115/12   shares 19/31   13/33
#   even (16/3, 15/4)  product 240/12   minimum 15/4   sum 109/12   shares 16/31   15/33
#   less (13/3, 17/4)  product 221/12   minimum 17/4   sum 103/12   shares 13/31   17/33
#   none (5/6, 33/4)   product  82.5/12 minimum 5/6    sum 109/12   shares 5/62    1
#
# The shares are of the ideal, (31/3, 33/4). Smallest share: all 5/33 = 0.15, most
# 13/33 = 0.394, even 15/33 = 0.455, less 13/31 = 0.419, none 5/62 = 0.08.
# Largest product: most. Largest smallest share: even. Largest minimum: less. Largest sum: all.

RIVER = Domain.of(
    weights={"A": {"water": 10, "bridge": "1/3"}, "B": {"water": 8, "bridge": "1/4"}},
    scores={
        "water": {
            "all": {"A": 1, "B": "1/8"},
            "most": {"A": "0.6", "B": "3/8"},
            "even": {"A": "0.5", "B": "7/16"},
            "less": {"A": "0.4", "B": "1/2"},
            "none": {"A": "0.05", "B": 1},
        },
        "bridge": {"no": {"A": 0, "B": 0}, "yes": {"A": 1, "B": 1}},
    },
)
RIVER_FRONTIER = [
    (F(31, 3), F(5, 4)),
    (F(19, 3), F(13, 4)),
    (F(16, 3), F(15, 4)),
    (F(13, 3), F(17, 4)),
    (F(5, 6), F(33, 4)),
]

# ---------------------------------------------------------------------------
# 4. A seat and its cost: three parties
#
# Worth (A, B, C):   seat  at_a (1/2, 0, 1/8)   at_b (0, 1/3, 1/8)   at_c (1/4, 1/6, 1/4)
#                    cost  low (1/2, 1/3, 0)    high (0, 1/3, 3/4)   waste (0, 1/6, 3/8)
#
# High dominates waste, and none of the six others dominates another:
#
#                low                high               product (low)  (high)
#   at_a   (1, 1/3, 1/8)     (1/2, 1/3, 7/8)        1/24           7/48
#   at_b   (1/2, 2/3, 1/8)   (0, 2/3, 7/8)          1/24           0
#   at_c   (3/4, 1/2, 1/4)   (1/4, 1/2, 1)          3/32           1/8
#
# Largest product: at_a with high, 7/48 = 0.146. Its minimum, 1/3, is the largest. Its shares of the
# ideal, (1, 2/3, 1), are 1/2, 1/2 and 7/8; the smallest share is 1/4 for at_c with high or low, and
# 1/8 or 0 for the others. Largest sum: at_c with high, 7/4, before at_a with high, 41/24.

SEAT = Domain.of(
    weights={
        "A": {"seat": "1/2", "cost": "1/2"},
        "B": {"seat": "1/3", "cost": "2/3"},
        "C": {"seat": "1/4", "cost": "3/4"},
    },
    scores={
        "seat": {
            "at_a": {"A": 1, "B": 0, "C": "1/2"},
            "at_b": {"A": 0, "B": 1, "C": "1/2"},
            "at_c": {"A": "1/2", "B": "1/2", "C": 1},
        },
        "cost": {
            "low": {"A": 1, "B": "1/2", "C": 0},
            "high": {"A": 0, "B": "1/2", "C": 1},
            "waste": {"A": 0, "B": "1/4", "C": "1/2"},
        },
    },
)
SEAT_FRONTIER = [
    (F(1), F(1, 3), F(1, 8)),
    (F(1, 2), F(1, 3), F(7, 8)),
    (F(1, 2), F(2, 3), F(1, 8)),
    (F(0), F(2, 3), F(7, 8)),
    (F(3, 4), F(1, 2), F(1, 4)),
    (F(1, 4), F(1, 2), F(1)),
]

# ---------------------------------------------------------------------------
# Results of solutions

Point = tuple[F, ...]
Solution = Callable[..., bargaining.Bargains]
SOLUTIONS: tuple[Solution, ...] = (
    bargaining.nash,
    bargaining.kalai_smorodinsky,
    bargaining.egalitarian,
    bargaining.utilitarian,
)


def worth(found: bargaining.Bargains) -> list[Point]:
    """Return the worth of each package of a result."""
    return [tuple(dict(row.utilities).values()) for row in found]
