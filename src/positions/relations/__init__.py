"""Relations between parties on one or two days: overlap, comparison, agreement, differences.

May import `snapshots`, not `files`.
"""
