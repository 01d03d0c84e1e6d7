"""Hypothesis strategies for records and whole data sets, published as `positions.testing`.

May import `snapshots` and what stands below.
"""
