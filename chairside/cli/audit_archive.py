"""Months of the audit that are older than CHAIRSIDE_AUDIT_YEARS (6), put into files in the second place, one for each clinic and
month, and then dropped here: only what is sealed, signed for, and still what was sealed. `audit verify` looks for the files.

Events go into the files; what was before and after each change goes for good.
"""

import asyncio
from argparse import ArgumentParser, Namespace
from datetime import UTC, date, datetime

from chairside.cli import audit_verify, reach
from chairside.kernel.settings import Settings

LEFT = """
    select count(*)
      from {part} e
     where not exists (select from public.audit_archive a where a.clinic_id = e.clinic_id and a.month = %(month)s)
        or date_trunc('month', e.at at time zone 'UTC') <> %(month)s
"""


def arguments(parser: ArgumentParser) -> None:
    audit_verify.arguments(parser)
    parser.add_argument("--dry-run", action="store_true", help="say which months, and do nothing")


def run(given: Namespace) -> None:
    settings = audit_verify.settings(given)
    with reach.administrator(given.data) as (admin, database):
        from psycopg.conninfo import make_conninfo

        url = make_conninfo(admin, dbname=database)
        months = old(url, until(datetime.now(UTC).date(), settings.audit_years))
        for month in months:
            if not given.dry_run:
                asyncio.run(_archive(url, month, settings))
                drop(url, month)
            print(f"{month:%Y-%m} {'would go' if given.dry_run else 'went'} to the archive", flush=True)
        if not months:
            print(f"No month is older than {settings.audit_years} years.")


def until(today: date, years: int) -> date:
    """The first month that stays."""
    return date(today.year - years, today.month, 1)


def old(url: str, before: date) -> list[date]:
    import psycopg

    from chairside.compliance.actions.archiving import MONTHS

    with psycopg.connect(url) as db:
        months = [date(int(text[:4]), int(text[5:]), 1) for (text,) in db.execute(MONTHS)]
    return [month for month in months if month < before]


async def _archive(url: str, month: date, settings: Settings) -> None:
    from chairside.compliance.actions.archiving import archive_month
    from chairside.compliance.places import open_place
    from chairside.compliance.rules.checkpoints import Ring
    from chairside.kernel import clock
    from chairside.kernel.pool import Pool

    async with Pool(url, size=1) as pool:
        ring, place = Ring.read(settings.audit_key), open_place(settings)
        await archive_month(pool, month=month, place=place, ring=ring, now=clock.now())


def drop(url: str, month: date) -> None:
    """The month's tables, when every event in them lies in an archive. Refuses Stop."""
    import psycopg
    from psycopg import sql

    from chairside.kernel.stop import Stop

    names = [sql.Identifier("public", f"{parent}_{month:%Y_%m}") for parent in ("audit_event", "audit_value")]
    with psycopg.connect(url) as db:
        db.execute("set local lock_timeout = '5s'")
        db.execute(sql.SQL("lock table {} in share row exclusive mode").format(names[0]))
        left = db.execute(sql.SQL(LEFT).format(part=names[0]), {"month": month}).fetchone()
        if left != (0,):
            raise Stop(f"{month:%Y-%m} stays: {left[0] if left else '?'} events are in no archive.")
        for name in names:
            db.execute(sql.SQL("drop table if exists {}").format(name))
