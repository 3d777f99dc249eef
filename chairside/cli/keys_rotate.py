"""Rotation. Without more: every data key is wrapped by the newest key of the keyring, or the first of CHAIRSIDE_KMS_KEY; what
lies encrypted is not touched, and the older key may go afterwards.

With --clinic ADDRESS, --all or --deployment: a new data key, under which everything is sealed from now on. The worker seals
what lies there, a few rows at a time, while everybody goes on working; `chairside keys status` tells how far it is.
"""

import asyncio
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from chairside.cli import reach
from chairside.kernel.stop import Stop

if TYPE_CHECKING:
    import psycopg

CLINIC_KEYS = "select clinic_id, version, kek, wrapped from clinic_key where wrapped is not null order by 1, 2"
DEPLOYMENT_KEYS = "select version, kek, wrapped from deployment_key where wrapped is not null order by 1"
WRAP = "update clinic_key set kek = %s, wrapped = %s where clinic_id = %s and version = %s and wrapped = %s"
WRAP_DEPLOYMENTS = "update deployment_key set kek = %s, wrapped = %s where version = %s and wrapped = %s"
CLINICS = "select clinic.id, clinic.slug from clinic where clinic.deleted_at is null and (%(all)s or clinic.slug = %(slug)s)"


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--clinic", metavar="ADDRESS", help="a new data key for this clinic")
    chosen.add_argument("--all", action="store_true", help="a new data key for every clinic")
    chosen.add_argument("--deployment", action="store_true", help="a new data key for what is people's and no clinic's")


def run(given: Namespace) -> None:
    import psycopg
    from psycopg.conninfo import make_conninfo

    with reach.administrator(given.data) as (admin, database):
        with reach.app(given.data) as url:
            settings = reach.settings(given.data, url)  # with the keys of this database, or it ends here
        with psycopg.connect(make_conninfo(admin, dbname=database)) as db:
            db.execute("set local role chairside_owner")
            if given.deployment:
                asyncio.run(_new_key(settings, None))
                print("The deployment has a new key; the worker seals what lies under the one before.")
            elif given.clinic or given.all:
                found = db.execute(CLINICS, {"all": given.all, "slug": given.clinic}).fetchall()
                if not found:
                    raise Stop(f"There is no clinic at {given.clinic}.")
                for clinic_id, slug in found:
                    version = asyncio.run(_new_key(settings, clinic_id))
                    print(f"{slug}: key {version}; the worker seals what lies under the one before.")
            else:
                print(f"{asyncio.run(_wrap_all(db))} data keys are wrapped by the newest key.")


async def _new_key(settings: Any, clinic_id: UUID | None) -> int:
    from chairside.kernel import clock, resealing
    from chairside.kernel.op import EVERYTHING, SYSTEM, begin
    from chairside.kernel.pool import Pool

    async with Pool(settings.app_url, size=1, prepare=settings.prepare) as pool, begin(pool, clock.now(), "keys rotate") as op:
        if clinic_id:
            await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
        return await resealing.rotate(op, ours=clinic_id is None)


async def _wrap_all(db: "psycopg.Connection") -> int:
    """Each in a statement of its own: broken off, what was wrapped is wrapped."""
    from chairside.kernel import vault
    from chairside.kernel.keys import Wrapped
    from chairside.kernel.keys.keeping import context

    port, done = vault.keeping().port, 0
    newest = await port.newest()
    for owner, version, kek, wrapped in db.execute(CLINIC_KEYS).fetchall():
        if kek != newest:
            again = await port.rewrap(Wrapped(kek, wrapped), context(owner, version))
            done += db.execute(WRAP, [again.kek, again.bytes, owner, version, wrapped]).rowcount
    for version, kek, wrapped in db.execute(DEPLOYMENT_KEYS).fetchall():
        if kek != newest:
            again = await port.rewrap(Wrapped(kek, wrapped), context(vault.DEPLOYMENT, version))
            done += db.execute(WRAP_DEPLOYMENTS, [again.kek, again.bytes, version, wrapped]).rowcount
    return done
