"""Every column has a class: what is not classified cannot be guarded on its way out."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
CLASSES = {
    "public", "org_internal", "pii_basic", "pii_regulated", "clinical", "clinical_sensitive", "auth_secret", "audit_only",
    "system_metadata",
}  # fmt: skip
LIBRARY = {"alembic_version": "the migrations' own", "procrastinate": "the job library's own: names and ids"}
COLUMNS = """
    select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped
"""


def classified() -> dict[str, str]:
    tables = tomllib.loads((ROOT / "docs/data-classification.toml").read_text())["tables"]
    return {f"{table}.{column}": kind for table, columns in tables.items() for column, kind in columns.items()}


def ours(column: str) -> bool:
    return not column.startswith(tuple(LIBRARY))


def unclassified(db) -> set[str]:
    there = {column for (column,) in db.execute(COLUMNS) if ours(column)}
    return there ^ set(classified())


def test_every_column_is_classified_and_nothing_else_is(root):
    assert unclassified(root) == set()


def test_every_class_is_one_of_ours():
    assert {column: kind for column, kind in classified().items() if kind not in CLASSES} == {}


def test_a_column_that_nobody_classified_is_noticed(root):
    root.execute("alter table patient add column shoe_size int")
    assert unclassified(root) == {"patient.shoe_size"}
