"""Positions on a day, derived from statements, and their description as text.

Holds `Dataset` and the base of every answer. May import `records` and `plots`.
"""
