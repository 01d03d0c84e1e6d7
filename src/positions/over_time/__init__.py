"""Positions and relations over time: timeline, history, convergence, the numbers that were named.

May import `relations`.
"""
