"""Positions and relations over time: timeline, history, convergence, and the numbers named.

May import `relations`.
"""
