"""The invented clinics: worth looking at, the same each time, never in production."""

from dataclasses import replace
from random import Random

import pytest

from chairside.demo import days, front, groups, people, seed, seeding
from chairside.kernel.op import begin
from chairside.kernel.stop import Stop
from tests.billing.books import wrong
from tests.conftest import NOON

COUNTS = """
    select (select count(*) from patient where clinic_id = %(id)s),
           (select count(*) from patient where clinic_id = %(id)s and guarantor_id is not null),
           (select count(*) from patient where clinic_id = %(id)s and archived_at is not null),
           (select count(*) from provider where clinic_id = %(id)s),
           (select count(distinct role_slug) from membership_role where clinic_id = %(id)s),
           (select count(*) from appointment where clinic_id = %(id)s and status = 'no_show'),
           (select count(*) from appointment_step where clinic_id = %(id)s and step = 'cancellation' and reason is not null),
           (select count(*) from appointment where clinic_id = %(id)s and status = 'completed'),
           (select count(*) from appointment where clinic_id = %(id)s and starts_at > %(now)s and status = 'confirmed'),
           (select count(distinct method) from credit where clinic_id = %(id)s and kind = 'payment'),
           (select count(*) from day_close where clinic_id = %(id)s),
           (select count(*) from credit where clinic_id = %(id)s and kind = 'payment' and on_day < %(now)s::date
               and not exists (select from day_close_item i where i.clinic_id = credit.clinic_id and i.payment_id = credit.id))
"""
CALLED_IN = """
    select (select count(*) from recall where clinic_id = %(id)s and due_on < %(now)s::date and appointment_id is null),
           (select count(*) from recall where clinic_id = %(id)s and due_on > %(now)s::date),
           (select count(*) from recall where clinic_id = %(id)s and previous_on is not null),
           (select count(*) from recall where clinic_id = %(id)s and appointment_id is not null),
           (select count(*) from recall_attempt where clinic_id = %(id)s),
           (select count(*) from waitlist_entry where clinic_id = %(id)s)
"""
MET = """
    select count(distinct seat.group_session_id), count(*)
      from appointment as seat
     where seat.clinic_id = %(id)s and seat.group_session_id is not null
"""
OPEN = """
    select page.open, (select count(*) from booking_service where clinic_id = %(id)s),
           (select count(*) from reminder_rule where clinic_id = %(id)s)
      from booking_page as page
     where page.clinic_id = %(id)s
"""
PLANNED = """
    select (select count(*) from treatment_item where clinic_id = %(id)s and status = 'proposed'),
           (select count(*) from treatment_item where clinic_id = %(id)s and status = 'accepted'),
           (select count(*) from lab_case where clinic_id = %(id)s and status = 'sent')
"""
PRINT = """
    select md5(string_agg(concat_ws('|', p.last_name, p.first_name, p.birth_date, p.archived_at is null, a.starts_at, a.status, a.notes,
                                    (select sum(amount) from ledger_posting l where l.patient_id = p.id)), ',' order by a.starts_at, p.register_number)),
           (select md5(string_agg(concat_ws('|', on_day, number, deposited_cash, difference_cash), ',' order by number))
              from day_close where clinic_id = %(id)s)
      from patient p join appointment a on a.patient_id = p.id
     where p.clinic_id = %(id)s
"""


def smaller(setting, mark):
    """The same practice for a test: fewer patients, addresses of its own."""
    other = {
        "members": tuple(replace(one, email=f"{mark}-{one.email}") for one in setting.members),
        "providers": tuple(replace(one, email=one.email and f"{mark}-{one.email}") for one in setting.providers),
        "owner": replace(setting.owner, email=f"{mark}-{setting.owner.email}"),
    }
    return replace(setting, slug=f"{setting.slug[:20]}-{mark}", patients=40, **other)


@pytest.fixture
def soon(monkeypatch):
    monkeypatch.setattr(days, "BEHIND", 9)
    monkeypatch.setattr(days, "AHEAD", 3)


async def planted(pool, setting):
    async with begin(pool, NOON) as op:
        await seeding.plant(op, setting, at=NOON)
        return op.clinic.id


class TestSeed:
    @pytest.mark.parametrize("setting", seeding.CLINICS, ids=lambda setting: setting.slug)
    async def test_makes_a_clinic_worth_looking_at_and_the_same_again(self, pool, root, soon, setting):
        first, second = [await planted(pool, smaller(setting, f"{mark}{id(root) % 10**6}")) for mark in "ab"]
        patients, dependents, archived, providers, roles, missed, cancelled, completed, coming, methods, closes, uncounted = (
            root.execute(COUNTS, {"id": first, "now": NOON}).fetchone()
        )
        assert (patients, providers, uncounted) == (40, len(setting.providers), 0)
        assert roles == len({setting.owner.role, *(one.role for one in setting.members)})
        assert min(dependents, archived, missed, cancelled, coming) > 0
        assert completed > 25
        assert methods == len(set(setting.methods))
        assert closes > 4
        assert min(root.execute(CALLED_IN, {"id": first, "now": NOON}).fetchone()) > 0
        sessions, seats = root.execute(MET, {"id": first}).fetchone()
        assert (sessions, seats) == (groups.TIMES, groups.TIMES * (setting.group.capacity // 2))
        assert root.execute(OPEN, {"id": first}).fetchone() == (True, front.OFFERED, len(front.CASCADE))
        assert min(root.execute(PLANNED, {"id": first}).fetchone()) > 0
        assert wrong(root, first) == {}
        assert root.execute(PRINT, {"id": first}).fetchone() == root.execute(PRINT, {"id": second}).fetchone()

    async def test_is_refused_outside_development(self, settings):
        with pytest.raises(Stop, match="development only"):
            await seed(replace(settings, environment="production", secret="x" * 32))

    def test_are_two_clinics_between_which_one_person_can_switch(self):
        harbor, portului = seeding.CLINICS
        assert harbor.owner.email == "demo@harbor-street.example"
        assert harbor.owner.email in {one.email for one in portului.also}
        assert sum(one.patients for one in seeding.CLINICS) == 600
        assert {one.role for one in harbor.members} | {harbor.owner.role} == set(seeding.tenancy.TEMPLATES)

    @pytest.mark.parametrize("setting", seeding.CLINICS, ids=lambda setting: setting.slug)
    def test_invents_its_people(self, setting):
        for family in people.families(Random(1), setting, today=NOON.date()):
            for facts in family:
                assert all(
                    c["value"].startswith(("+1 212 555 01", "+40 21 000 0")) or c["value"].endswith("example.test")
                    for c in facts["contacts"]
                )
