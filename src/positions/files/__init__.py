"""Reading, writing and describing a data set: JSON, CSV, Data Package, references, codebook, audit.

May import `snapshots`, not `relations`.
"""
