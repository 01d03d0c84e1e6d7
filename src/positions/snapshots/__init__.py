"""From statements to the positions of a day, and the text of positions.

Contains `Dataset` and the base class of results. May import `records` and `plots`.
"""
