"""Parties beside one another on a day or two: overlap, comparison, agreement, differences.

May import `snapshots`, not `files`.
"""
