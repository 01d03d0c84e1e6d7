"""Packages that all parties could sign: settlement, conflicts, concessions, trades, bargaining.

The only folder that imports python-sat. May import `relations`, neither `over_time` nor `plans`.
"""
