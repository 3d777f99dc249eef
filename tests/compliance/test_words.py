"""The audit's screen has words for everything that can stand in it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "web/apps/staff/src/features/compliance/model.ts"
AUDITED = """
    select c.relname
      from pg_trigger t
      join pg_proc p on p.oid = t.tgfoid and p.proname = 'audit'
      join pg_class c on c.oid = t.tgrelid
     where not t.tgisinternal and not c.relispartition and c.relnamespace = 'public'::regnamespace
"""
SAID = re.compile(r'\baction="([a-z_]+)"')


def listed(name: str) -> set[str]:
    [words] = re.findall(rf"export const {name} = \[(.*?)\] as const", MODEL.read_text(), re.DOTALL)
    return set(re.findall(r"'(\w+)'", words))


def test_every_audited_table_has_a_word(root):
    assert {table for (table,) in root.execute(AUDITED)} - listed("ENTITIES") == set()


def test_every_act_of_signing_in_has_a_sentence():
    acts = {act for path in (ROOT / "chairside/identity").rglob("*.py") for act in SAID.findall(path.read_text())}
    assert len(acts) > 5 and acts - listed("ACTS") == set()
