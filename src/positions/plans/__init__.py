"""Plans compared with positions: evaluation, verdicts, the nearest plans, the lineage of a plan.

May import `relations`, not `over_time`.
"""
