"""Positions and demands of parties over time, and where they converge or deadlock.

Every answer rests on dated, sourced statements:

    import positions as pos

    ds = pos.load()
    snapshot = ds.at("2025-06-02")
    pos.compare(snapshot, ["RUS", "UKR"])
    pos.deadlocks(snapshot, ["RUS", "UKR"])
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
