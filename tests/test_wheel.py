"""The package as users get it: built, installed elsewhere, with one copy of the data."""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from places import DATA, ROOT

pytestmark = pytest.mark.installs


LOAD = """
import hashlib, importlib.resources, json, positions
data = importlib.resources.files("positions") / "data" / "positions.json"
print(json.dumps({
    "home": positions.__file__,
    "version": positions.__version__,
    "statements": len(positions.load().statements),
    "sha256": hashlib.sha256(data.read_bytes()).hexdigest(),
}))
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Return the output of a command; if it fails, the test fails with its messages."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=clean, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def fresh_environment(place: Path) -> Path:
    """Create a virtual environment with pip only, and return its folder of programs."""
    venv.create(place, with_pip=True)
    return place / ("Scripts" if sys.platform == "win32" else "bin")


def sha256(content: bytes) -> str:
    """Return the checksum of some bytes."""
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the source archive, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    return folder


def test_repository_holds_one_copy_of_the_data() -> None:
    """There is no second positions.json in src, where the loader would find it first."""
    assert list((ROOT / "src").rglob("positions.json")) == []


def test_source_archive_holds_data_tests_and_docs(built: Path) -> None:
    """The source archive contains the data unchanged, the tests and the docs."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2]: name for name in archive.getnames()}
        data = archive.extractfile(names["data/positions.json"])
        assert data is not None
        assert sha256(data.read()) == sha256(DATA.read_bytes())
    assert {"tests/test_wheel.py", "README.md", "LICENSE", "data/LICENSE"} <= names.keys()
    assert any(name.startswith("docs/") for name in names)


def test_wheel_holds_code_data_types_and_licences(built: Path) -> None:
    """The wheel contains the data once, py.typed and both licences, and no tests."""
    with ZipFile(next(built.glob("*.whl"))) as wheel:
        names = wheel.namelist()
        assert sha256(wheel.read("positions/data/positions.json")) == sha256(DATA.read_bytes())
        assert (
            wheel.read("positions/data/examples.txt") == DATA.with_name("examples.txt").read_bytes()
        )
    assert sum(name.endswith("positions.json") for name in names) == 1
    assert "positions/py.typed" in names
    assert sum("/licenses/" in name for name in names) == 2
    assert {name.split("/")[0].split("-")[0] for name in names} == {"positions"}


def test_installed_wheel_loads_its_own_data(built: Path, tmp_path: Path) -> None:
    """Installed without extras in an empty environment, the library loads and checks its data."""
    programs = fresh_environment(tmp_path / "env")
    wheel = next(built.glob("*.whl"))
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)

    loaded = json.loads(run(programs / "python", "-I", "-c", LOAD, cwd=tmp_path))

    assert Path(loaded["home"]).is_relative_to(tmp_path)
    assert loaded["version"] == wheel.name.split("-")[1]
    assert loaded["statements"] == len(json.loads(DATA.read_text(encoding="utf-8"))["statements"])
    assert loaded["sha256"] == sha256(DATA.read_bytes())
    run(programs / "positions", "check", DATA, cwd=tmp_path)


def test_editable_install_leaves_no_copy_of_the_data(tmp_path: Path) -> None:
    """An editable install makes no copy of the data, which could become outdated."""
    programs = fresh_environment(tmp_path / "env")
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--editable", ROOT]
    run(programs / "python", *install, cwd=tmp_path)

    assert list(tmp_path.rglob("positions.json")) == []
    assert [path for path in tmp_path.rglob("positions") if path.is_dir()] == []
