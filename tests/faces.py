"""The namespaces that users import from, and the public names of each."""

import importlib
from types import ModuleType

FACES: dict[str, ModuleType] = {
    name: importlib.import_module(name)
    for name in ("positions", "positions.bargaining", "positions.quality", "positions.results")
}
PUBLIC = [(face, name) for face, module in FACES.items() for name in module.__all__]
"""Every public name, with the namespace that offers it."""
EXPLAINED = [(face, name) for face, name in PUBLIC if name != "__version__"]
"""Those that are classes and functions."""
