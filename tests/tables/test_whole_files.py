"""Files are written whole or not at all."""

from __future__ import annotations

import ast
import errno
import os
import stat
from pathlib import Path

import pytest

from places import CODE
from positions.tables.whole_files import write_whole


def test_new(tmp_path: Path) -> None:
    """A new file contains what was written, and no temporary file is left."""
    write_whole(tmp_path / "new", b"data")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"data"]


@pytest.mark.skipif(os.name == "nt", reason="needs the modes of Unix")
class TestMode:
    """File modes."""

    @pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
    def test_new(self, tmp_path: Path, umask: int, mode: int) -> None:
        """A new file has the default mode under the umask."""
        former = os.umask(umask)
        try:
            write_whole(tmp_path / "new", b"data")
        finally:
            os.umask(former)
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == mode

    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755])
    def test_replaced(self, tmp_path: Path, mode: int) -> None:
        """A replaced file keeps its mode, also when written through a link."""
        target, link = tmp_path / "target", tmp_path / "link"
        target.touch()
        target.chmod(mode)
        link.symlink_to(target)
        for path in (target, link):
            write_whole(path, b"data")
            assert stat.S_IMODE(target.stat().st_mode) == mode


def test_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If writing fails, the old file stays, no temporary file is left, and the error names it."""
    old = tmp_path / "old"
    old.write_bytes(b"before")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "another name")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space left") as caught:
        write_whole(old, b"after")
    assert str(caught.value) == f"[Errno 28] No space left on device: '{old}'"
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]


def test_no_folder(tmp_path: Path) -> None:
    """If the folder does not exist, the error names the given file."""
    with pytest.raises(FileNotFoundError) as caught:
        write_whole(tmp_path / "none" / "new", b"data")
    assert caught.value.filename == str(tmp_path / "none" / "new")


def test_link(tmp_path: Path) -> None:
    """A link stays a link, and the file it refers to is replaced."""
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"before")
    link.symlink_to(target)
    write_whole(link, b"after")
    assert link.is_symlink()
    assert target.read_bytes() == b"after"


def test_link_to_nothing(tmp_path: Path) -> None:
    """Writing through a dangling link creates its file, and the link stays a link."""
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    write_whole(link, b"after")
    assert link.is_symlink()
    assert target.read_bytes() == b"after"


def test_loop(tmp_path: Path) -> None:
    """A loop of links is an `OSError` that names the path; the links stay."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.symlink_to(there)
    there.symlink_to(here)
    with pytest.raises(OSError, match="symbolic links") as caught:
        write_whole(here, b"data")
    assert (caught.value.errno, caught.value.filename) == (errno.ELOOP, str(here))
    assert set(tmp_path.iterdir()) == {here, there}
    assert here.is_symlink()


def test_long_name(tmp_path: Path) -> None:
    """A file whose name is as long as the system allows can be written."""
    path = tmp_path / ("n" * 255)
    write_whole(path, b"data")
    assert path.read_bytes() == b"data"


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


def writes(call: ast.Call) -> bool:
    """Whether a call writes a file by its path, as `write_text` and `savefig` do."""
    name = ast.unparse(call.func).rpartition(".")[2]
    if name == "open":
        modes = [text.value for text in ast.walk(call) if isinstance(text, ast.Constant)]
        return any(isinstance(mode, str) and set(mode) & set("wax+") for mode in modes)
    return name in {"write_text", "write_bytes", "savefig"}


def test_only_writer() -> None:
    """No other module writes files, since only this one keeps an old file if writing fails."""
    found = {
        path.relative_to(CODE).as_posix()
        for path in CODE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and writes(node)
    }
    assert found == {"tables/whole_files.py"}
