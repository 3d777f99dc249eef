"""Canaries in every column of a clinic that can hold words: whatever sings elsewhere came out of it."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from uuid import UUID

import psycopg
from psycopg import sql

COLUMNS = """
    select c.relname, a.attname, format_type(a.atttypid, null)
      from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       and exists (select from pg_attribute k where k.attrelid = c.oid and k.attname = 'clinic_id' or c.relname = 'clinic')
       and format_type(a.atttypid, null) in ('text', 'text[]', 'jsonb', 'bytea', 'character varying')
     order by 1, 2
"""
WORD = "({canary} || left(md5(random()::text), 6))"
WORDS = {
    "text": (WORD, WORD + " || '@example.test'"),
    "character varying": (WORD,),
    "text[]": (f"array[{WORD}]",),
    "bytea": (f"convert_to({WORD}, 'utf8')",),
    "jsonb": ("jsonb_build_object({canary}, {canary})", "jsonb_build_array({canary})"),
}
PEOPLE = """
    update principal
       set name = %(canary)s || left(md5(random()::text), 6)
     where id in (select principal_id from membership where clinic_id = %(clinic)s)
"""


@dataclass(frozen=True)
class Planted:
    canary: str
    mute: set[str]
    """Columns without one: a constraint keeps it out, or there is no row."""


def plant(db: psycopg.Connection, clinic_id: UUID, *, only: Callable[[str, str], bool] = lambda table, column: True) -> Planted:
    """Triggers and links are out of the way, constraints are not. `only` says in which columns, people's names apart."""
    canary = f"canary{secrets.token_hex(5)}"
    mute = set()
    with db.transaction():
        db.execute("set local session_replication_role = replica")
        for table, column, kind in db.execute(COLUMNS).fetchall():
            if not only(table, column):
                continue
            values = {
                "table": sql.Identifier(table), "column": sql.Identifier(column), "canary": sql.Literal(canary),
                "key": sql.Identifier("id" if table == "clinic" else "clinic_id"), "clinic": sql.Literal(clinic_id),
            }  # fmt: skip
            for words, rows in product(WORDS[kind], ("", " and {column} is not null")):
                with suppress(psycopg.Error), db.transaction():
                    change = sql.SQL("update {table} set {column} = " + words + " where {key} = {clinic}" + rows)
                    if db.execute(change.format(**values)).rowcount:
                        break
            else:
                mute.add(f"{table}.{column}")
        db.execute(PEOPLE, {"canary": canary, "clinic": clinic_id})
    return Planted(canary, mute)
