"""The audit, looked through from its first row: every row is there and as it was sealed, in its order, and every chain is the one
that was signed in the second place. Names the first bad row of each clinic; exit code 1 when there is one.

Needs the key of the checkpoints, or its public half (CHAIRSIDE_AUDIT_KEY_FILE, or --key), and the second place
(CHAIRSIDE_AUDIT_PLACE, or --place); in development both lie in the data folder. Changes nothing.
"""

import asyncio
from argparse import ArgumentParser, Namespace
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from chairside.cli import reach
from chairside.kernel import folder
from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop

if TYPE_CHECKING:
    from chairside.compliance.queries.chain import Verified
    from chairside.compliance.rules.checkpoints import Checkpoint, Ring
    from chairside.kernel.db import Db


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)
    parser.add_argument("--clinic", metavar="SLUG", help="only this one")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the key, or the public half of it")
    parser.add_argument("--letters", type=Path, metavar="FILE", help="checkpoints out of letters, one on a line: hold them, too")
    parser.add_argument("--place", metavar="PLACE", help="a folder, or s3://bucket/prefix")


def run(given: Namespace) -> int:
    with reach.app(given.data) as url:
        return asyncio.run(_verify(url, settings(given), given.clinic, given.letters))


def settings(given: Namespace) -> Settings:
    """Refuses Stop."""
    found = reach.audit(Settings.from_environment(), folder.private(given.data))
    if given.key:
        try:
            found = replace(found, audit_key=given.key.read_text())
        except OSError as error:
            raise Stop(f"{given.key} cannot be read: {error.strerror}.") from None
    return replace(found, audit_place=given.place or found.audit_place)


async def _verify(url: str, settings: Settings, slug: str | None, letters: Path | None) -> int:
    from chairside.compliance.actions.verifying import list_clinics
    from chairside.compliance.places import open_place
    from chairside.compliance.queries.chain import look_through
    from chairside.compliance.rules.checkpoints import Ring
    from chairside.kernel.db import Db
    from chairside.kernel.op import ACT, SYSTEM
    from chairside.kernel.pool import Pool

    ring, place, kept = Ring.read(settings.audit_key), open_place(settings), _read(letters)
    async with AsyncExitStack() as stack:
        pool = await stack.enter_async_context(Pool(url, size=1, prepare=settings.prepare))
        clinics = await list_clinics(pool)
        wanted = [one for one in clinics if slug in (None, one.slug)]
        if slug and not wanted:
            raise Stop(f"There is no clinic {slug}.")
        bad = 0
        for one in wanted:
            db = Db(pool)
            try:
                await db.run(ACT, clinic=one.clinic_id, actor=SYSTEM, behalf=None, kind="system", request="audit verify")
                found = await look_through(db, clinic_id=one.clinic_id, place=place, ring=ring)
                for line in kept:
                    bad += one.clinic_id == line.clinic_id and not await holds(db, line, ring)
            finally:
                await db.undo()
            bad += found.finding is not None
            print(f"{one.slug}: {said(found)}", flush=True)
        if slug is None:
            for lost in await asyncio.to_thread(place.clinics) - {one.clinic_id for one in clinics}:
                bad += 1
                print(f"{lost}: the clinic is missing, though its audit was signed for", flush=True)
    if not wanted and not bad:
        print("There is no clinic yet.")
    return 1 if bad else 0


def _read(letters: Path | None) -> "list[Checkpoint]":
    from chairside.compliance.rules.checkpoints import Checkpoint

    if letters is None:
        return []
    try:
        return [one for one in map(Checkpoint.read, letters.read_text().splitlines()) if one]
    except OSError as error:
        raise Stop(f"{letters} cannot be read: {error.strerror}.") from None


async def holds(db: "Db", line: "Checkpoint", ring: "Ring") -> bool:
    """Whether what a letter says was so is still so; says if it is not."""
    from chairside.compliance.actions.restoring import HASH_AT

    if ring.knows(line) and await db.value(HASH_AT, clinic=line.clinic_id, seq=line.seq) == line.hash:
        return True
    print(f"{line.clinic_id}: the letter of {line.at:%Y-%m-%d} says otherwise: row {line.seq} is not what was signed", flush=True)
    return False


def said(found: "Verified") -> str:
    """One line."""
    until = f"verified up to {found.seq}" + (f", of {found.at:%Y-%m-%d %H:%M:%S}Z" if found.at else "")
    until += f"; {found.checkpoints} checkpoints" + (f", {found.voided} void since a backup was restored" if found.voided else "")
    if not found.finding:
        return f"{until}; all is well"
    bad = found.finding
    row = f"row {bad.seq}" if bad.seq else "a row without a place"
    return f"{row}{f' ({bad.audit_id})' if bad.audit_id else ''}: {bad.sentence}. Before it: {until}."
