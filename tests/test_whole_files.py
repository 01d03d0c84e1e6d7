"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from positions.whole_files import write_whole


def test_new(tmp_path: Path) -> None:
    """A new file holds what was written, and nothing else is left beside it."""
    write_whole(tmp_path / "new", b"data")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"data"]
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o644


def test_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where writing fails the old file stays, nothing is left beside it, and the error names it."""
    old = tmp_path / "old"
    old.write_bytes(b"before")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "another name")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space left") as caught:
        write_whole(old, b"after")
    assert caught.value.filename == str(old)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]


def test_no_folder(tmp_path: Path) -> None:
    """Where there is no such folder the error names the file that was asked for."""
    with pytest.raises(FileNotFoundError) as caught:
        write_whole(tmp_path / "none" / "new", b"data")
    assert caught.value.filename == str(tmp_path / "none" / "new")


def test_link(tmp_path: Path) -> None:
    """A link stays a link, and the file it leads to is replaced."""
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"before")
    link.symlink_to(target)
    write_whole(link, b"after")
    assert link.is_symlink()
    assert target.read_bytes() == b"after"


def test_pipe(tmp_path: Path) -> None:
    """A pipe is written to, and stays a pipe."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, b"data")
        assert os.read(reader, 10) == b"data"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
