"""From statements to who stands where on a day, and how a position is put into words.

Holds `Dataset` and the base of every answer. May import `records` and `plots`.
"""
