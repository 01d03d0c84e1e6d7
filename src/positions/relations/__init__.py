"""Comparisons of parties on one day or two: overlap, comparison, agreement, differences.

May import `snapshots`, not `files`.
"""
