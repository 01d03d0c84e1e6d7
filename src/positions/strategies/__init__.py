"""Hypothesis strategies for records and whole data sets; `positions.testing` is their face.

May import `snapshots` and what stands below.
"""
