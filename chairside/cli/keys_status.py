"""Which key-encryption keys wrap how many data keys, and which clinics have more than one data key: what lies there is being
sealed anew, or the key before is kept for an hour."""

from argparse import ArgumentParser, Namespace

from chairside.cli import reach

KEKS = """
    select kek, count(*) from (
        select kek from clinic_key where wrapped is not null union all
        select kek from deployment_key where wrapped is not null) as every
     group by kek order by 2 desc
"""
SEVERAL = """
    select clinic.slug, min(k.version), max(k.version),
           bool_and(k.retired_at is not null or k.version = newest.version)
      from clinic_key k
      join clinic on clinic.id = k.clinic_id
      join lateral (select max(n.version) as version from clinic_key n where n.clinic_id = k.clinic_id) as newest on true
     where k.wrapped is not null
     group by clinic.slug, clinic.id having count(*) > 1 order by 1
"""


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)


def run(given: Namespace) -> None:
    import psycopg
    from psycopg.conninfo import make_conninfo

    with reach.administrator(given.data) as (admin, database), psycopg.connect(make_conninfo(admin, dbname=database)) as db:
        db.execute("set local role chairside_owner")
        for kek, count in db.execute(KEKS):
            print(f"{kek} wraps {count} data keys")
        several = db.execute(SEVERAL).fetchall()
        for slug, oldest, newest, over in several:
            print(
                f"{slug}: key {newest}, {'and the one before for a while' if over else f'sealing what lies under key {oldest}'}"
            )
        if not several:
            print("No clinic is on its way to another key.")
