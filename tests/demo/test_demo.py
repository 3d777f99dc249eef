"""The invented clinic: worth looking at, the same each time, never in production."""

from dataclasses import replace

import pytest

from chairside.demo import days, people, seed, seeding
from chairside.kernel.op import begin
from chairside.kernel.stop import Stop
from tests.conftest import NOON

COUNTS = """
    select (select count(*) from patient where clinic_id = %(id)s),
           (select count(*) from patient where clinic_id = %(id)s and guarantor_id is not null),
           (select count(*) from provider where clinic_id = %(id)s),
           (select count(*) from operatory where clinic_id = %(id)s),
           (select count(*) from appointment where clinic_id = %(id)s and status = 'no_show'),
           (select count(*) from appointment where clinic_id = %(id)s and status = 'completed'),
           (select count(*) from appointment where clinic_id = %(id)s and starts_at > %(now)s and status = 'confirmed'),
           (select count(*) from invoice where clinic_id = %(id)s and due_on < %(now)s::date and status in ('issued', 'partially_paid')),
           (select coalesce(sum(amount), 0) from ledger_posting where clinic_id = %(id)s)
"""
PRINT = """
    select md5(string_agg(concat_ws('|', p.last_name, p.first_name, p.birth_date, a.starts_at, a.status,
                                    (select sum(amount) from ledger_posting l where l.patient_id = p.id)), ',' order by a.starts_at, a.id))
      from patient p join appointment a on a.patient_id = p.id
     where p.clinic_id = %(id)s
"""


@pytest.fixture
async def planted(pool, root, monkeypatch):
    """Two of them, made apart: only the address and the e-mail differ."""
    monkeypatch.setattr(seeding, "PATIENTS", 200)
    monkeypatch.setattr(days, "BEHIND", 24)
    monkeypatch.setattr(days, "AHEAD", 3)
    ids = []
    for number in (1, 2):
        monkeypatch.setattr(seeding, "SLUG", f"demo-{number}-{id(root)}")
        monkeypatch.setattr(seeding, "EMAIL", f"demo-{number}-{id(root)}@example.test")
        async with begin(pool, NOON) as op:
            await seeding.plant(op, at=NOON)
            ids.append(op.clinic.id)
    return ids


class TestSeed:
    async def test_makes_a_clinic_worth_looking_at_and_the_same_again(self, planted, root):
        first, second = planted
        patients, dependents, providers, rooms, missed, completed, coming, overdue, sum_ = root.execute(
            COUNTS, {"id": first, "now": NOON}
        ).fetchone()
        assert (patients, providers, rooms, sum_) == (200, 4, 4, 0)
        assert min(dependents, missed, overdue) > 1
        assert min(completed, coming) > 30
        assert root.execute(PRINT, {"id": first}).fetchone() == root.execute(PRINT, {"id": second}).fetchone()

    async def test_is_refused_outside_development(self, settings):
        with pytest.raises(Stop, match="development only"):
            await seed(replace(settings, environment="production", secret="x" * 32))

    def test_invents_its_people(self):
        from random import Random

        for family in people.families(Random(1), patients=50, today=NOON.date()):
            for facts in family:
                assert all("555 01" in c["value"] or c["value"].endswith("example.test") for c in facts["contacts"])
