"""``bpcourse lab``: bring the workspace up to date and open JupyterLab in it."""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from .. import workspace as ws
from .copies import say_delivery
from .places import notebooks_of, workspace_for
from .words import Problem

PATIENCE = 60  # seconds until JupyterLab answers; a slow disk needs 20
CONFIG = Path(__file__).parent / "jupyter"
ROOT = (
    "You are root, so JupyterLab is started with --allow-root: code in a notebook may then change\n"
    "anything on this machine. In a container that is usual; elsewhere, use an account of your own."
)


def lab(args: argparse.Namespace) -> int:
    """Deliver the course and open JupyterLab on its start page."""
    if find_spec("jupyterlab") is None:
        raise Problem(f"JupyterLab is not installed beside {sys.executable}; see `bpcourse doctor`")
    if args.port is not None:
        _demand_free(args.port)
    workspace = workspace_for(args.workspace)
    say_delivery(workspace, ws.deliver(workspace))
    root, browser = is_root(), not args.no_browser and has_browser()
    if root:
        print(ROOT, file=sys.stderr)
    if not browser and not args.no_browser:
        print("There is no browser here: open the address below in one.")
    page = start_page(workspace)
    command = lab_command(workspace, page, browser=browser, port=args.port, root=root)
    return _serve([*command, *args.jupyter], workspace, page)


def start_page(workspace: Path) -> str:
    """Address of lesson 00 below the server's, that of the file browser if there is no lesson."""
    found = notebooks_of(workspace / "notebooks", "00") or notebooks_of(workspace / "notebooks")
    return f"lab/tree/{quote(found[0].relative_to(workspace).as_posix())}" if found else "lab"


def lab_command(workspace: Path, page: str, *, browser: bool, port: int | None, root: bool) -> list[str]:
    """The program and the arguments that start JupyterLab in the workspace."""
    return [
        sys.executable, "-m", "jupyterlab", "--log-level=WARN",
        f"--ServerApp.root_dir={workspace}", f"--LabApp.default_url=/{page}",
        "--LabApp.extension_manager=readonly",
        *([] if port is None else [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]),
        *([] if browser else ["--no-browser"]),
        *(["--allow-root"] if root else []),
    ]


def is_root() -> bool:
    """Whether JupyterLab would refuse to start for this user."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_browser() -> bool:
    """Whether a browser with windows can be opened from here."""
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "BROWSER")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in displays):
        return False
    try:
        return bool(webbrowser.get())
    except webbrowser.Error:
        return False


def _demand_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as problem:
            said = getattr(problem, "strerror", None) or problem
            raise Problem(f"port {port} cannot be used ({said}); leave --port out for a free one") from None


def _environment() -> dict[str, str]:
    """Settings for this JupyterLab alone: no question about news, and the kernel of this environment."""
    paths = [str(CONFIG), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(paths), "JUPYTER_PREFER_ENV_PATH": "1"}


def _serve(command: list[str], workspace: Path, page: str) -> int:
    """Run JupyterLab until it ends, and say at which address it is."""
    before = {path for path, _ in _servers(workspace)}
    process = subprocess.Popen(command, env=_environment(), cwd=workspace)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    server = _started(process, workspace, before)
    if server:
        token = f"?token={server['token']}" if server.get("token") else ""
        print(f"\nJupyterLab is at  {server['url']}{page}{token}\nCtrl+C ends it.\n", flush=True)
    code = _wait(process)
    if not server and code:
        raise Problem(f"JupyterLab ended before it answered (exit code {code}); what it said stands above")
    return max(code, 0)


def _started(process: subprocess.Popen, workspace: Path, before: set[Path]) -> dict | None:
    """What the new server says of itself, None if it ends or does not answer."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        for path, server in _servers(workspace):
            if path not in before:
                return server
        try:
            time.sleep(0.1)
        except KeyboardInterrupt:
            continue  # JupyterLab got it too
    return None


def _servers(workspace: Path) -> Iterator[tuple[Path, dict]]:
    """Files in which running servers describe themselves, of those that serve this workspace."""
    from jupyter_core.paths import jupyter_runtime_dir

    for path in Path(jupyter_runtime_dir()).glob("jpserver-*.json"):
        try:
            server = json.loads(path.read_bytes())
            if os.path.realpath(server["root_dir"]) == str(workspace):
                yield path, server
        except (OSError, ValueError, LookupError, TypeError):
            continue  # a file that is being written, or another program's


def _wait(process: subprocess.Popen) -> int:
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # JupyterLab got it too, and asks whether to end
