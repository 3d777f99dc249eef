"""Route slips: a page of each visit, with what is for whoever prints it, and the audit's line of it."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from pypdf import PdfReader

from chairside import reports
from tests.conftest import NOON

SEEING = {"scheduling.read", "patients.read", "clinic.read"}


def pages(pdf):
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.fixture
async def visit(north, given):
    """Of somebody whose guarantor pays, who owes something and comes again."""
    payer = await given.patient(north, first_name="Ion", last_name="Dinu")
    patient = await given.patient(
        north, first_name="Maria", last_name="O'Hara", preferred_name="Mia", note="Likes the window", guarantor_id=payer.id,
        contacts=[{"type": "mobile", "value": "0721 234 567", "is_primary": True}],
    )  # fmt: skip
    provider, service = await given.provider(north), await given.service(north)
    await given.charge(north, patient, 12_345)
    more = {"patient": patient, "provider": provider, "service": service}
    await given.appointment(north, starts_at=NOON + timedelta(days=9), **more)
    return await given.appointment(north, starts_at=NOON, notes="Bring the picture", **more)


async def drawn(clinic, *grants, **which):
    async with clinic.op(grants=frozenset(SEEING | set(grants))) as op:
        return pages((await reports.draw_route_slips(op, day=NOON.date(), **which)).pdf)


class TestRouteSlip:
    async def test_says_who_comes_for_what_with_whom_and_what_comes_next(self, north, visit):
        [page] = await drawn(north, "billing.read", "recalls.read", appointment_id=visit.id)
        for word in (
            "Maria O'Hara", "Mia", "Ion Dinu", "0721 234 567", "Likes the window", "Check-up", "Bring the picture", "123,45",
            "Dr. Ioana Marin", "14:00", "14:30", "10 martie 2027",
        ):  # fmt: skip
            assert word in page, word

    async def test_says_what_is_due_and_not_what_is_booked_already(self, north, visit):
        made = await north.ask("POST", "/recall-types", json={"name": "Hygiene", "interval": {"every": 6, "unit": "months"}})
        body = {"patient_id": str(visit.patient_id), "type_id": made.json()["id"], "due_on": "2027-02-01"}
        recall = (await north.ask("POST", "/recalls", json=body)).json()
        [page] = await drawn(north, "recalls.read", appointment_id=visit.id)
        assert "Hygiene" in page and "1 februarie 2027" in page
        assert "Hygiene" not in (await drawn(north, appointment_id=visit.id))[0], "not for who may not see recalls"
        closed = await north.ask("POST", f"/recalls/{recall['id']}/closure", json={"reason": "moved"}, version=recall["version"])
        assert closed.status_code == 201, closed.text
        assert "Hygiene" not in (await drawn(north, "recalls.read", appointment_id=visit.id))[0]

    async def test_has_no_money_for_those_who_may_not_see_it(self, north, visit):
        assert "123,45" not in (await drawn(north, appointment_id=visit.id))[0]

    async def test_of_a_day_is_a_page_of_each_and_none_of_a_cancelled_one(self, north, given, visit):
        other = await given.appointment(north, starts_at=NOON + timedelta(hours=1))
        gone = await given.appointment(north, starts_at=NOON + timedelta(hours=2))
        assert (await north.ask("POST", f"/appointments/{gone.id}/cancellation", json={"reason": "x"})).status_code == 201
        found = await drawn(north)
        assert len(found) == 2 and sum("Maria O'Hara" in page for page in found) == 1
        assert len(await drawn(north, appointment_id=other.id)) == 1

    async def test_of_an_empty_day_says_so(self, north):
        answer = await north.ask("GET", "/reports/route-slips?date=2031-01-06")
        assert answer.headers["content-type"] == "application/pdf"
        assert len(pages(answer.content)) == 1

    async def test_of_a_visit_that_is_not_there_is_refused(self, north, south, visit):
        for clinic, id in ((north, uuid4()), (south, visit.id)):
            answer = await clinic.ask("GET", f"/reports/route-slips?appointment_id={id}")
            assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchAppointment")

    async def test_is_written_down_as_read_and_as_taken_out(self, north, visit, root):
        await north.ask("GET", f"/reports/route-slips?appointment_id={visit.id}")
        rows = root.execute(
            "select action, entity_id, patient_ids from audit_event where clinic_id = %s and entity = 'route_slip' order by action",
            [north.id],
        ).fetchall()
        assert rows == [("export", visit.id, None), ("read", None, [visit.patient_id])]


async def test_a_balance_of_nothing_is_said(north, given):
    visit = await given.appointment(north, starts_at=NOON)
    [page] = await drawn(north, "billing.read", appointment_id=visit.id)
    assert "0,00" in page
