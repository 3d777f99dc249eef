"""Chairside on this machine: PostgreSQL, the app and the worker, in one process tree, on http://localhost:PORT; for others
on --host over https. SIGUSR1 begins app and worker anew, also to read a renewed certificate: nobody is refused meanwhile.

The data folder keeps everything between starts. DATABASE_URL, an administrator's, takes the place of the embedded PostgreSQL.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace

from chairside.cli import reach, supervisor, tls
from chairside.kernel import addresses, folder
from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)
    tls.arguments(parser)
    parser.add_argument("--port", type=int, default=8000, help="(%(default)s)")
    content = parser.add_mutually_exclusive_group()
    content.add_argument("--demo", action="store_true", help="add the invented clinic when it is absent (development only)")
    content.add_argument("--empty", action="store_false", dest="demo", help="add nothing (the default); neither deletes")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")


def run(given: Namespace) -> None:
    settings = Settings.from_environment()
    if given.demo and not settings.development:
        raise Stop("The invented clinic is for development only: leave out --demo, or unset CHAIRSIDE_ENVIRONMENT.")
    tls.check(given, settings)
    data = folder.private(given.data)
    name = "localhost" if addresses.is_here(given.host) or given.host in ("0.0.0.0", "::") else given.host
    address = f"http{'s' if given.certificate else ''}://{f'[{name}]' if ':' in name else name}:{given.port}"
    secure = [f"--certificate={given.certificate.resolve()}", f"--key={given.key.resolve()}"] if given.certificate else []
    with folder.held(data, address), reach.listen(given.port, given.host) as listening:
        running = supervisor.Supervisor(data, listening, origin=address, secure=secure)
        running.run(demo=given.demo, ready=lambda: _open(address, browser=not given.no_browser))


def _open(address: str, *, browser: bool) -> None:
    print(f"Chairside is ready on {address} (Ctrl-C stops it)", flush=True)
    if browser and _has_screen():
        # In a process of its own: some browsers stay in the foreground.
        none = subprocess.DEVNULL
        opener = [sys.executable, "-m", "webbrowser", address]
        subprocess.Popen(opener, start_new_session=True, stdin=none, stdout=none, stderr=none)


def _has_screen() -> bool:
    if os.environ.get("CI"):
        return False
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
