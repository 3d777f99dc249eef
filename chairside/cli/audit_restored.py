"""A backup took the database's place, and rows that were signed for are gone: says so, signed, in the second place. From then on
`audit verify` counts the checkpoints of the time that is gone as void and shows how many; until then nothing new is signed.

Run it once after `chairside restore`, with the same key and place as the worker."""

import asyncio
from argparse import ArgumentParser, Namespace

from chairside.cli import audit_verify, reach
from chairside.kernel.settings import Settings


def arguments(parser: ArgumentParser) -> None:
    audit_verify.arguments(parser)


def run(given: Namespace) -> None:
    with reach.administrator(given.data) as (admin, database):
        asyncio.run(_say(admin, database, audit_verify.settings(given), given.clinic))


async def _say(admin: str, database: str, settings: Settings, slug: str | None) -> None:
    from psycopg.conninfo import make_conninfo

    from chairside.compliance.actions.restoring import say_restored
    from chairside.compliance.actions.verifying import list_clinics
    from chairside.compliance.places import open_place
    from chairside.compliance.rules.checkpoints import Ring
    from chairside.kernel import clock
    from chairside.kernel.pool import Pool

    ring, place = Ring.read(settings.audit_key), open_place(settings)
    async with Pool(make_conninfo(admin, dbname=database), size=1) as pool:
        for one in await list_clinics(pool):
            if slug in (None, one.slug):
                void = await say_restored(pool, clinic_id=one.clinic_id, place=place, ring=ring, now=clock.now())
                print(f"{one.slug}: {f'{void} checkpoints are void' if void else 'nothing is missing'}", flush=True)
