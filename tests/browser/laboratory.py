"""Run JupyterLab, open a notebook in it, and run its cells."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from playwright.sync_api import Page

STARTING = 60
"""Time limit for the start of a server, in seconds."""

LAB = (
    "--allow-root",
    "--no-browser",
    "--expose-app-in-browser",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port=0",
    "--IdentityProvider.token=",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
"""Command that starts JupyterLab on a free port, without a token, news or updates."""

SETTINGS = {
    "apputils-extension/themes": {"adaptive-theme": True},
    "apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false"},
    "notebook-extension/tracker": {"windowingMode": "none"},
}
"""Settings: follow the theme of the page, open no dialog at start, and render every cell."""


@attrs.frozen
class Server:
    """A local server, with the folder that it serves."""

    url: str
    folder: Path


@contextmanager
def jupyterlab_in(home: Path) -> Iterator[Server]:
    """Run JupyterLab with only these settings; it serves the folder `notebooks`."""
    for name, value in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")
    folder = home / "notebooks"
    folder.mkdir()
    command = [sys.executable, "-m", "jupyterlab", *LAB, f"--ServerApp.root_dir={folder}"]
    with running(command, home) as process:
        yield Server(_address(home, process), folder)


@contextmanager
def running(command: list[str], home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server with a separate home folder, and end it afterwards."""
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=home, env=environment(home), stdout=log, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Terminate a server, and kill it if that does not suffice."""
    process.terminate()
    try:
        process.wait(STARTING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def environment(home: Path) -> dict[str, str]:
    """Return environment variables that hide the settings of the user who runs the tests."""
    folders = {
        "HOME": "home",
        "IPYTHONDIR": "ipython",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    }
    return {**os.environ, **{name: str(home / folder) for name, folder in folders.items()}}


MARIMO = """
import marimo

app = marimo.App()


@app.cell
def _():
    import positions as pos

    {shown}
"""
"""A marimo notebook that shows one value."""


@contextmanager
def marimo_in(home: Path, shown: str) -> Iterator[str]:
    """Run marimo as an app that shows the value of an expression; yield its address."""
    (home / "shown.py").write_text(MARIMO.format(shown=shown), encoding="utf-8")
    port = free_port()
    options = ["--headless", "--no-token", "--host", "127.0.0.1", "--port", str(port)]
    command = [sys.executable, "-m", "marimo", "run", "shown.py", *options]
    with running(command, home) as process:
        _wait_for(port, home, process)
        yield f"http://127.0.0.1:{port}/"


def free_port() -> int:
    """Return a port that is not in use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, home: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until a port accepts connections."""
    for _ in range(10 * STARTING):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError((home / "log").read_text(encoding="utf-8"))


def _address(home: Path, process: subprocess.Popen[bytes]) -> str:
    """Wait until JupyterLab has written its address, and return it."""
    for _ in range(10 * STARTING):
        for path in (home / "runtime").glob("jpserver-*.json"):
            return str(json.loads(path.read_text(encoding="utf-8"))["url"])
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError((home / "log").read_text(encoding="utf-8"))


def run_notebook(page: Page, server: Server, name: str) -> None:
    """Open a notebook from the server's folder and run all its cells; check that none fails."""
    page.goto(f"{server.url}lab/tree/{name}?reset")
    page.wait_for_function("() => window.jupyterapp?.shell.currentWidget?.content?.widgets")
    page.evaluate("() => jupyterapp.shell.currentWidget.context.sessionContext.ready")
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    errors = page.locator("[data-mime-type$='error'], [data-mime-type$='stderr']")
    assert errors.count() == 0, "\n".join(errors.all_inner_texts())
    assert page.get_by_text("[ ]:", exact=True).count() == 0, "a cell has not run"
