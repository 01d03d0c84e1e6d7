"""Possible agreements: settlements, conflicts, concessions, trades and bargaining solutions.

The only folder that imports python-sat. May import `relations`, but not `over_time` or `plans`.
"""
