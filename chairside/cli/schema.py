"""The database brought to this release: its schema, and the product's own roles in every clinic."""

from collections.abc import Callable

import psycopg
from psycopg.conninfo import make_conninfo

from chairside.kernel import migrate
from chairside.kernel.op import SYSTEM
from chairside.tenancy.permissions import TEMPLATES

RELEASED = """
    select slug, name, grants
      from unnest(%(slugs)s::text[], %(names)s::text[], %(grants)s::text[]) as template (slug, name, grants)
"""
# A clinic's own role is never among them: its slug has a hyphen, and it has no template.
BEHIND = f"""
    with template as ({RELEASED})
    select clinic.id
      from clinic
     where exists (select
                     from template
                     left join role on role.clinic_id = clinic.id and role.slug = template.slug
                    where role.slug is null
                       or (role.name, role.grants) is distinct from (template.name, template.grants))
     order by clinic.id
"""
FOLLOW = f"""
    with template as ({RELEASED})
    insert into role as kept (slug, name, template, grants)
    select slug, name, slug, grants from template
    on conflict (clinic_id, slug) do update
       set name = excluded.name, grants = excluded.grants,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = kept.version + 1
     where (kept.name, kept.grants) is distinct from (excluded.name, excluded.grants)
"""
ACT = "select app.act(%s, %s, null, 'system', 'a release')"


def bring(admin: str, database: str, *, report: Callable[[str], None] | None = None) -> None:
    """Safe to repeat; costs one question when there is nothing to do. Refuses Stop."""
    migrate.migrate(admin, database, report=report)
    follow_templates(make_conninfo(admin, dbname=database))


def follow_templates(conninfo: str) -> int:
    """Every clinic's rows of the product's own roles say what this release's say, on record as the system's doing; answers in how
    many clinics they did not. One short transaction for each clinic, so that nobody at work waits. An app of the release before
    this one goes on: it does not know the names that are new."""
    released = {
        "slugs": list(TEMPLATES), "names": [name for name, _ in TEMPLATES.values()],
        "grants": [" ".join(grants) for _, grants in TEMPLATES.values()],
    }  # fmt: skip
    with psycopg.connect(conninfo, autocommit=True) as db:
        db.execute(migrate.GUARDS)
        behind = [id for (id,) in db.execute(BEHIND, released)]
        for clinic_id in behind:
            with db.transaction():
                db.execute(ACT, [clinic_id, SYSTEM])
                db.execute(FOLLOW, released)
    return len(behind)
