"""What draws charts, imported when something is drawn, as most results never are.

It is listed in `drawing.pyi`, as the public names are in `positions/__init__.pyi`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub("positions.plots", __file__)
