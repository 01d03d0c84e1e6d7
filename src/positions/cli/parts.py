"""The parts of the command line that import libraries, each loaded on first use.

They are listed in `parts.pyi`, as public names are in `positions/__init__.pyi`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub("positions.cli", __file__)
