"""What somebody did, or what was done with something rare, is found without reading what everybody else did since."""

from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.compliance.queries import events
from chairside.kernel.op import ACT

OTHERS = 20_000
# A microsecond apart: of one instant all would have to be sorted, whichever index is walked.
MANY = """
    insert into audit_event (clinic_id, at, actor_id, actor_type, action, entity, patient_id)
    select %(clinic)s, transaction_timestamp() + nth * interval '1 microsecond', %(actor)s, 'human', 'read', 'patient',
           gen_random_uuid()
      from generate_series(1, %(many)s) as nth
"""
ONE = """
    insert into audit_event (clinic_id, actor_id, on_behalf_of, actor_type, action, entity)
    values (%(clinic)s, %(actor)s, %(behalf)s, 'human', 'update', 'heirloom')
"""
MONTHS = "select inhrelid::regclass::text from pg_inherits where inhparent = 'audit_event'::regclass"


@pytest.fixture
async def busy(admin, north):
    """A clinic in which one person did much, and another a little before; undone."""
    with psycopg.connect(make_conninfo(admin, dbname="chairside")) as db:
        left, somebody = uuid4(), uuid4()
        db.execute(ONE, {"clinic": north.id, "actor": left, "behalf": None})
        db.execute(ONE, {"clinic": north.id, "actor": somebody, "behalf": left})
        db.execute(MANY, {"clinic": north.id, "actor": somebody, "many": OTHERS})
        # Of what other tests leave behind, hundreds of clinics with a row or two, PostgreSQL would learn that a clinic has next to nothing.
        for (month,) in db.execute(MONTHS).fetchall():
            db.execute(f"alter table {month} alter column clinic_id set (n_distinct = 3)")
        db.execute("analyze audit_event")
        db.execute("set local role chairside_app")
        db.execute(ACT, {"clinic": north.id, "actor": north.owner_id, "behalf": None, "kind": "human", "request": "x"})
        db.execute(events.PLAN)
        yield db, left
        db.rollback()


def looked_at(db, query, **given):
    """Rows of the audit that were read for the list, whether they were shown or not."""
    asked = {"patient": None, "actor": None, "entity": None, "action": None, "outcome": None, "since": events.BEGINNING,
             "until": events.LATEST[0], "at": events.LATEST[0], "id": events.LATEST[1], "limit": 50, "reading": "read", **given}  # fmt: skip
    [[[plan]]] = db.execute(f"explain (analyze, format json) {query}", asked).fetchall()[0:1]
    return sum(_rows(plan["Plan"]))


def _rows(node):
    if node.get("Relation Name", "").startswith("audit_event") and node["Node Type"] != "ModifyTable":
        removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
        yield (node["Actual Rows"] + removed) * node["Actual Loops"]
    for child in node.get("Plans", ()):
        yield from _rows(child)


class TestListEvents:
    @pytest.mark.parametrize("query", [events.LIST_BY, events.LIST_NAMED_BY])
    async def test_of_one_person_reads_nobody_elses(self, busy, query):
        db, left = busy
        assert 2 <= looked_at(db, query, actor=left) < 20
        assert looked_at(db, query, actor=uuid4()) < 20

    @pytest.mark.parametrize("query", [events.LIST, events.LIST_NAMED])
    async def test_of_a_rare_thing_reads_nothing_else(self, busy, query):
        db, _ = busy
        assert 2 <= looked_at(db, query, entity="heirloom") < 20

    async def test_of_a_frequent_thing_reads_one_page(self, busy):
        db, _ = busy
        assert looked_at(db, events.LIST, entity="patient") < 200

    async def test_finds_what_was_done_on_behalf_of_somebody_once(self, north, given):
        await given.patient(north)
        answer = await north.ask("GET", "/audit-events", params={"actor_id": str(north.owner_id), "limit": 200})
        found = [one["id"] for one in answer.json()["items"]]
        assert len(found) == len(set(found)) > 0
