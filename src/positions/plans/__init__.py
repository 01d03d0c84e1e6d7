"""Plans held against positions: evaluation, verdicts, the nearest plans, what became of a plan.

May import `relations`, not `over_time`.
"""
