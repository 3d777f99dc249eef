"""Adds the columns that docs/data-classification.toml does not know yet, each as UNKNOWN: a person decides.

python -m tools.classify CONNINFO
"""

import sys
import tomllib
from pathlib import Path

import psycopg

HOME = Path(__file__).parents[1] / "docs/data-classification.toml"
MARK = "# Tables\n"
PLAIN = {
    "clinic_id", "id", "created_at", "created_by", "updated_at", "updated_by", "version", "active", "position", "location_id",
}  # fmt: skip
COLUMNS = """
    select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped and c.relname not like 'procrastinate%' and c.relname <> 'alembic_version'
     order by 1, a.attnum
"""


def main(conninfo: str) -> None:
    text = HOME.read_text()
    known = tomllib.loads(text)["tables"]
    tables: dict[str, dict[str, str]] = {}
    with psycopg.connect(conninfo) as db:
        for table, column in db.execute(COLUMNS):
            plain = column in PLAIN or column.endswith("_id")
            kind = known.get(table, {}).get(column, "system_metadata" if plain else "UNKNOWN")
            tables.setdefault(table, {})[column] = kind
    body = "\n".join(
        f"[tables.{table}]\n" + "".join(f'{column} = "{kind}"\n' for column, kind in columns.items())
        for table, columns in tables.items()
    )
    HOME.write_text(text.split(MARK)[0] + MARK + body)


if __name__ == "__main__":
    main(sys.argv[1])
