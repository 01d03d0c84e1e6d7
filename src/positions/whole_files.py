"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

Place = str | os.PathLike[str]
"""Where a file is."""


def write_whole(path: Place, data: bytes) -> None:
    """Write a file beside its place, and move it there when it is whole.

    Where a link leads, the file it leads to is replaced. A pipe or a device is written
    to directly, since nothing can take its place.

    Raises:
        OSError: the file cannot be written; what was there before stays.
    """
    target = Path(path).resolve()
    try:
        if target.exists() and not target.is_file():
            with open(path, "wb") as file:
                file.write(data)
        else:
            _replace(target, data)
    except OSError as error:
        if error.errno is not None:
            error.filename, error.filename2 = os.fspath(path), None
        raise


def _replace(target: Path, data: bytes) -> None:
    """Write a new file, which everybody may read, and put it in the place of the old one."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
