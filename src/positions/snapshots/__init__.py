"""Positions on a day, derived from statements, and their description as text.

Contains `Dataset` and the base class of results. May import `records` and `plots`.
"""
