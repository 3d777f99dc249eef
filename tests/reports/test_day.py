"""A day in figures: the same to the cent as the ledger, from one midnight of the clinic to the next."""

import csv
import io
import secrets
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st
from pypdf import PdfReader

from chairside import billing, reports, scheduling
from chairside.kernel.money import Money
from chairside.reports.rules import COLLECTED, harmless
from tests.conftest import NOON, OWNER

DAY = NOON.date()


async def figures(clinic, day=DAY):
    answer = await clinic.ask("GET", f"/reports/day?date={day}")
    assert answer.status_code == 200, answer.text
    return {one["figure"]: (one["count"], one["amount"] and one["amount"]["amount"]) for one in answer.json()["figures"]}


async def lines(clinic, *names, day=DAY):
    answer = await clinic.ask("GET", "/reports/day/lines", params={"date": str(day), "figure": names})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


class TestDay:
    async def test_says_what_was_done_paid_given_back_and_corrected(self, north, south, given):
        service = await given.service(north, price=25_000)
        patient = await given.patient(north, "Maria", "Dinu")
        visit = await given.appointment(north, patient=patient, service=service, starts_at=NOON)
        missed = await given.appointment(north, service=service, starts_at=NOON + timedelta(hours=2))
        await given.appointment(south, starts_at=NOON)
        async with north.op() as op:
            await scheduling.complete(op, appointment_id=visit.id, items=[scheduling.Done(service.id)])
            await scheduling.miss(op, appointment_id=missed.id)
            paid = await billing.collect(op, patient_id=patient.id, amount=Money(20_000, "RON"), method="card")
            await billing.refund(op, payment_id=paid, amount=Money(1_500, "RON"), reason="price")
            await billing.adjust(op, patient_id=patient.id, amount=Money(-700, "RON"), reason="goodwill")
        found = await figures(north)
        assert {name: found[name] for name in ("produced", "collected_card", "refunded", "adjusted", "unbilled")} == {
            "produced": (1, 25_000), "collected_card": (1, 20_000), "refunded": (1, -1_500), "adjusted": (1, -700),
            "unbilled": (1, 25_000),
        }  # fmt: skip
        assert (found["completed"], found["no_show"], found["scheduled"], found["collected_cash"]) == (
            (1, None), (1, None), (0, None), (0, 0),
        )  # fmt: skip
        [line] = await lines(north, "produced")
        assert (line["patient_name"], line["amount"]["amount"], line["opens"], line["opens_id"]) == (
            "Maria Dinu", 25_000, "appointment", str(visit.id),
        )  # fmt: skip

    async def test_lists_who_is_worth_a_call_once_a_family_with_the_number(self, north, given):
        contacts = [{"type": "mobile", "value": "+40 721 234 567", "is_primary": True, "safe_for_voicemail": True}]
        head = await given.patient(north, "Maria", "Dinu", contacts=contacts)
        child = await given.patient(north, "Ana", "Dinu", guarantor_id=head.id)
        for who, amount in ((head, 100), (child, 250)):
            await given.invoice(north, who, amount, due_on=date(2026, 1, 10))
        answer = await north.ask("GET", "/reports/day/lines?figure=overdue")
        [line] = answer.json()["items"]
        assert (line["patient_name"], line["amount"]["amount"], line["phone"], line["safe_for_voicemail"], line["on"]) == (
            "Maria Dinu", 350, "+40 721 234 567", True, "2026-01-10",
        )  # fmt: skip

    async def test_counts_those_who_were_registered_on_the_day(self, north, given):
        await given.patient(north)
        today = datetime.now(ZoneInfo("Europe/Bucharest")).date()
        assert (await figures(north, today))["new_patients"] == (1, None)
        assert (await figures(north, today - timedelta(days=1)))["new_patients"] == (0, None)

    async def test_shows_each_only_what_their_role_may_see(self, north, given):
        await given.payment(north, await given.patient(north), 100)
        async with north.op(grants=frozenset({"reports.day", "scheduling.read"})) as op:
            report = await reports.get_day(op, day=DAY)
            assert {one.figure for one in report.figures} == {
                "requested", "scheduled", "confirmed", "arrived", "in_chair", "completed", "no_show", "cancelled",
            }  # fmt: skip
            assert await reports.list_day_lines(op, day=DAY, figures=["collected_cash"]) == []

    async def test_names_everyone_it_showed_in_the_audit(self, north, given, root):
        visit = await given.appointment(north, starts_at=NOON)
        await lines(north, "scheduled")
        await north.ask("GET", f"/reports/day-sheet?date={DAY}&money=false")
        rows = root.execute(
            "select entity, patient_ids from audit_event where clinic_id = %s and action = 'read' and entity like 'day_%%' order by 1",
            [north.id],
        ).fetchall()
        assert rows == [("day_report", [visit.patient_id]), ("day_sheet", [visit.patient_id])]

    @pytest.mark.parametrize("query", ["date=tomorrow", "date=0001-01-01", "date=9999-12-31"])
    async def test_refuses_a_day_that_is_none(self, north, query):
        for path in ("day", "day.csv", "day-sheet", "day/lines", "route-slips"):
            assert (await north.ask("GET", f"/reports/{path}?{query}&figure=produced")).status_code == 422


class TestMidnight:
    @pytest.mark.parametrize(
        "zone, day, hours",
        [
            ("America/New_York", date(2026, 3, 8), 23),
            ("America/New_York", date(2026, 11, 1), 25),
            ("Asia/Kathmandu", date(2027, 1, 1), 24),
        ],
    )
    async def test_visits_belong_to_the_day_on_which_they_begin_in_the_clinic(self, open_clinic, given, zone, day, hours):
        clinic = await open_clinic("edge", timezone=zone)
        starts_at, ends_at = scheduling.day_interval(day, ZoneInfo(zone))
        assert ends_at - starts_at == timedelta(hours=hours)
        second = timedelta(minutes=5)
        reason = {"overbooking_reason": "on call"}
        for at in (starts_at - second, starts_at, ends_at - second, ends_at):
            await given.appointment(clinic, starts_at=at, **reason)
        assert [(await figures(clinic, day + timedelta(days=n)))["scheduled"][0] for n in (-1, 0, 1)] == [1, 2, 1]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["charge", "pay", "refund", "adjust", "reverse"]),
        st.integers(1, 900),
        st.sampled_from(["cash", "card", "check", "transfer"]),
        # Around the midnights of the night in which the clocks go back.
        st.integers(-40 * 60, 40 * 60),
    ),
    max_size=12,
)
CHANGE = datetime(2026, 11, 1, 6, tzinfo=UTC)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@examples(ACTS)
async def test_the_figures_are_those_of_a_slow_model_and_of_the_ledger(pool, root, acts):
    from chairside import patients, tenancy
    from chairside.kernel.op import begin

    zone = ZoneInfo("America/New_York")
    slug = f"model-{secrets.token_hex(6)}"
    expected, payments, charges = Counter(), [], []
    async with begin(pool, CHANGE, "a test") as op:
        clinic, owner = await tenancy.sign_up(
            op, name="x", slug=slug, timezone=str(zone), locale="en", currency="USD", owner_name="x",
            email=f"{slug}@x.test", password="correct horse battery",
        )  # fmt: skip
        await op.act_for(clinic.id, actor_id=owner, grants=OWNER)
        patient = await patients.register(op, first_name="A", last_name="B", birth_date=None)
        for act, amount, method, minutes in acts:
            op.now = CHANGE + timedelta(minutes=minutes)
            day = op.now.astimezone(zone).date()
            money = Money(amount, "USD")
            if act == "charge":
                charges.append(await billing.charge(op, patient_id=patient.id, description="x", price=money))
                expected[day, "produced"] += amount
            elif act == "pay":
                id = await billing.collect(op, patient_id=patient.id, amount=money, method=method, parts=[])
                payments.append((id, amount))
                expected[day, f"collected_{method}"] += amount
            elif act == "refund" and payments:
                id, left = payments.pop()
                await billing.refund(op, payment_id=id, amount=Money(min(left, amount), "USD"), reason="x")
                expected[day, "refunded"] -= min(left, amount)
            elif act == "adjust":
                await billing.adjust(op, patient_id=patient.id, amount=Money(amount - 450 or 1, "USD"), reason="x")
                expected[day, "adjusted"] += amount - 450 or 1
            elif act == "reverse" and charges:
                gone = charges.pop()
                await billing.reverse_charge(op, charge_id=gone.id, patient_id=patient.id, reason="x")
                expected[day, "produced"] -= gone.amount
    async with begin(pool, CHANGE, "a test") as op:
        await op.act_for(clinic.id, actor_id=owner, grants=OWNER)
        named = ("produced", *COLLECTED, "refunded", "adjusted")
        for offset in range(-3, 4):
            day = date(2026, 11, 1) + timedelta(days=offset)
            report = {one.figure: one for one in (await reports.get_day(op, day=day)).figures}
            assert {name: report[name].amount for name in named} == {name: expected[day, name] for name in named}
            shown = await reports.list_day_lines(op, day=day, figures=list(named))
            assert Counter(line.figure for line in shown) == Counter(
                {name: report[name].many for name in named if report[name].many}
            )
            assert sum(line.amount for line in shown) == sum(expected[day, name] for name in named)


class TestCsv:
    async def test_has_every_line_in_the_words_of_the_clinic(self, north, given):
        patient = await given.patient(north, "=Ștefan", "Țurcanu")
        async with north.op() as op:
            await billing.collect(op, patient_id=patient.id, amount=Money(20_050, "RON"), method="cash")
        answer = await north.ask("GET", f"/reports/day.csv?date={DAY}")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        [row] = [row for row in table if row["Indicator"] == "Încasat: numerar"]
        assert (row["Pacient"], row["Valoare"], row["Moneda"]) == ("'=Ștefan Țurcanu", "200.50", "RON")

    @pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1"])
    def test_leaves_no_formula(self, cell):
        assert harmless(cell) == f"'{cell}"


class TestDaySheet:
    async def test_has_everyone_with_what_one_needs_to_know_and_the_money(self, north, given):
        contacts = [{"type": "mobile", "value": "+40 721 234 567", "is_primary": True, "safe_for_voicemail": False}]
        patient = await given.patient(north, "Ștefania", "Țurcanu", contacts=contacts)
        await given.appointment(north, patient=patient, starts_at=NOON, notes="Aduce radiografia")
        async with north.op() as op:
            await billing.collect(op, patient_id=patient.id, amount=Money(12_345, "RON"), method="cash")
        answer = await north.ask("GET", f"/reports/day-sheet?date={DAY}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        pages = [page.extract_text().replace("\xa0", " ") for page in PdfReader(io.BytesIO(answer.content)).pages]
        for words in (
            "Fișa zilei",
            "Dr. Ioana Marin",
            "14:00",
            "Ștefania Țurcanu",
            "46",
            "Check-up",
            "+40 721 234 567",
            "fără mesaj vocal",
            "Aduce radiografia",
            "-123,45",
        ):
            assert words in pages[0], words
        assert "Banii zilei" in pages[1]
        assert "123,45 RON" in pages[1]
        without = await north.ask("GET", f"/reports/day-sheet?date={DAY}&money=false&by=operatory")
        assert len(PdfReader(io.BytesIO(without.content)).pages) == 1

    async def test_of_an_empty_day_says_so_in_arabic(self, open_clinic):
        clinic = await open_clinic("arabic", locale="ar", currency="AED", timezone="Asia/Dubai")
        answer = await clinic.ask("GET", f"/reports/day-sheet?date={DAY}")
        assert answer.status_code == 200
        assert len(PdfReader(io.BytesIO(answer.content)).pages) == 2
