"""A worker that can be killed, and time that passes faster."""

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import mkdtemp

import psycopg
from psycopg.conninfo import make_conninfo

from chairside.compliance.rules.checkpoints import new_key
from tests.operations import started

WORKER = """
import asyncio, json, sys
from chairside.kernel.settings import Settings
from chairside.worker import work
asyncio.run(work(Settings(**json.load(sys.stdin))))
"""
AUDIT: dict[str, str] = {}


def worker(conninfo: str, **more: str) -> "subprocess.Popen[bytes]":
    """The worker as a process, as `chairside worker` runs it, with the keys of the app that asked for the job."""
    if not AUDIT:
        AUDIT.update(audit_key=new_key(), audit_place=mkdtemp(prefix="chairside-"))
    running = subprocess.Popen([sys.executable, "-P", "-c", WORKER], stdin=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert running.stdin
    running.stdin.write(json.dumps({"app_url": conninfo, "keyring": started.keyring(), **AUDIT, **more}).encode())
    running.stdin.close()
    return running


async def until(done, seconds: float = 90):
    deadline = time.monotonic() + seconds
    while not (found := await done()):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)
    return found


def age_workers(admin: str) -> None:
    """One is known to be dead when its heart has not beaten for a while."""
    with psycopg.connect(make_conninfo(admin, dbname="chairside"), autocommit=True) as db:
        db.execute("update procrastinate_workers set last_heartbeat = last_heartbeat - interval '1 hour'")
