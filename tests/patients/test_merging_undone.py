"""Whatever was done with two records, merged and taken apart again every row of the clinic is what it was."""

import json
import secrets
from collections import Counter
from contextlib import asynccontextmanager
from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
from anyio.from_thread import start_blocking_portal
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from psycopg.conninfo import make_conninfo

from chairside import billing, catalog, merging, messaging, patients, scheduling, tenancy
from chairside.kernel import clock, keys, vault
from chairside.kernel.money import Money
from chairside.kernel.op import begin
from chairside.kernel.pool import Pool
from chairside.kernel.refusals import Conflict
from tests.billing.books import wrong
from tests.conftest import DATABASE, OWNER, PASSWORD
from tests.walls.test_merging import MOVED

WHERE = SimpleNamespace()
TABLES = """
    select c.relname from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'clinic_id')
     order by 1
"""
NOT_ROWS_OF_THEIRS = {
    "patient_merge": "says that it was", "patient_merge_move": "says what went along",
    "audit_event": "remembers both acts", "audit_value": "remembers both acts", "audit_seal": "follows the audit",
    "event": "tells both acts", "answer": "what was answered",
}  # fmt: skip
COUNTED_UP = {"version", "updated_at", "updated_by"}
"""Of the patients' own rows: somebody did change them, twice."""
AT = clock.now().replace(microsecond=0, second=0, minute=0)
ACTS = [
    "visit", "past", "complete", "cancel", "overbook", "charge", "free", "draft", "bill", "void", "pay", "keep", "apply", "refund",
    "reverse", "adjust", "forward", "name", "depend", "letter", "note", "gather", "finish", "shift", "treat",
]  # fmt: skip


class Two:
    """A clinic with two records of one person, a relative who pays and whoever works there."""

    async def open(self):
        async with begin(WHERE.pool, clock.now(), "a test") as op:
            slug = f"merging-{secrets.token_hex(6)}"
            clinic, self.owner = await tenancy.sign_up(
                op, name="x", slug=slug, timezone="UTC", locale="en", currency="USD", owner_name="x", email=f"{slug}@x.test",
                password=PASSWORD,
            )  # fmt: skip
        self.clinic, self.turn, self.seen = clinic.id, 0, []
        async with self.op() as op:
            register = patients.register
            self.ana = (await register(op, first_name="Ana", last_name="A", birth_date=None, note="one")).id
            self.anna = (await register(op, first_name="Anna", last_name="A", birth_date=None, note="two")).id
            self.service = (await catalog.add_service(op, name="x", duration_minutes=30, price=Money(50, "USD"))).id
            self.provider = (await scheduling.add_provider(op, name="x")).id
        return self

    @asynccontextmanager
    async def op(self):
        async with begin(WHERE.pool, clock.now(), "a test") as op:
            await op.act_for(self.clinic, actor_id=self.owner, grants=OWNER)
            yield op

    async def do(self, act, who, amount):
        """One act; what is refused changes nothing, and is as good as another."""
        patient = self.anna if who else self.ana
        self.turn += 1
        try:
            async with self.op() as op:
                await self._do(op, act, patient, Money(amount, "USD"))
            self.seen.append(act)
        except Conflict:
            pass

    async def _do(self, op, act, patient, money):
        book = {"patient_id": patient, "provider_id": self.provider, "service_id": self.service}
        charge = {"patient_id": patient, "description": "x", "price": money}
        if act in ("visit", "past", "complete", "cancel"):
            starts_at = AT + timedelta(hours=self.turn) * (-1 if act == "past" else 1)
            visit = await scheduling.book(op, starts_at=starts_at, **book)
            if act == "complete":
                await scheduling.complete(op, appointment_id=visit.id, items=[scheduling.Done(self.service)])
            if act == "cancel":
                await scheduling.cancel(op, appointment_id=visit.id, reason="x")
        elif act == "overbook":
            for _ in range(2):
                await scheduling.book(op, starts_at=AT + timedelta(hours=self.turn), overbooking_reason="x", **book)
        elif act in ("finish", "shift"):
            [visit] = (await scheduling.list_appointments(op, patient_id=patient, statuses=["scheduled"], limit=1)) or [None]
            if visit and act == "finish":
                await scheduling.complete(op, appointment_id=visit.id, items=[scheduling.Done(self.service)])
            elif visit:
                starts_at = AT + timedelta(days=30, hours=self.turn)
                await scheduling.reschedule(op, appointment_id=visit.id, changes={"starts_at": starts_at})
        elif act == "treat":  # pays the whole bill of somebody else: the payment names nobody but them
            child = (await patients.register(op, first_name="C", last_name="A", birth_date=None, guarantor_id=patient)).id
            made = await billing.charge(op, **charge | {"patient_id": child})
            invoice_id = await billing.draft(op, patient_id=child, charge_ids=[made.id])
            await billing.issue(op, invoice_id=invoice_id)
            await billing.collect(op, patient_id=patient, amount=money, method="card", parts=[(invoice_id, money)])
        elif act == "gather":
            await billing.issue(op, invoice_id=await billing.draft(op, patient_id=patient))
        elif act == "charge":
            await billing.charge(op, **charge)
        elif act == "free":
            await billing.charge(op, **charge | {"price": Money(0, "USD")})
        elif act == "reverse":
            made = await billing.charge(op, **charge)
            await billing.reverse_charge(op, charge_id=made.id, patient_id=patient, reason="x")
        elif act in ("draft", "bill", "void", "letter"):
            made = await billing.charge(op, **charge)
            invoice_id = await billing.draft(op, patient_id=patient, charge_ids=[made.id])
            if act != "draft":
                await billing.issue(op, invoice_id=invoice_id)
            if act == "void":
                await billing.void(op, invoice_id=invoice_id, reason="x")
            if act == "letter":
                await messaging.send_invoice(op, invoice_id=invoice_id, recipient="a@b.test", subject="x", body="x")
        elif act in ("pay", "keep", "refund"):
            parts = [] if act == "keep" else None
            paid = await billing.collect(op, patient_id=patient, amount=money, method="cash", parts=parts)
            if act == "refund":
                await billing.refund(op, payment_id=paid, amount=Money(1, "USD"), reason="x")
        elif act == "apply":
            for invoice in await billing.list_invoices(op, patient_id=patient):
                await billing.apply_credit(op, invoice_id=invoice.id)
        elif act == "adjust":
            await billing.adjust(op, patient_id=patient, amount=Money(-money.amount, "USD"), reason="x")
        elif act == "forward":
            await billing.add_opening_balances(op, balances={patient: money.amount}, source=patient)
        elif act == "name":
            await patients.add_to_care_team(op, patient_id=patient, member_id=self.owner)
        elif act == "depend":
            await patients.register(op, first_name="C", last_name="A", birth_date=None, guarantor_id=patient)
        else:
            found = await patients.get(op, patient_id=patient)
            await patients.change(op, patient_id=patient, version=found.version, changes={"note": f"note {self.turn}"})

    def rows(self):
        """Every row of the clinic, as text."""
        WHERE.root.rollback()
        tables = [table for (table,) in WHERE.root.execute(TABLES) if table not in NOT_ROWS_OF_THEIRS]
        found = {}
        for table in tables:
            rows = [
                row for (row,) in WHERE.root.execute(f"select to_jsonb(t) from {table} t where clinic_id = %s", [self.clinic])
            ]
            if table == "patient":
                rows = [{name: value for name, value in row.items() if name not in COUNTED_UP} for row in rows]
            found[table] = sorted(json.dumps(row, sort_keys=True) for row in rows)
        WHERE.root.rollback()
        return found

    def owed(self):
        """By Ana, and by Anna."""
        asked = "select coalesce(sum(amount), 0) from ledger_posting where clinic_id = %s and patient_id = %s"
        found = [WHERE.root.execute(asked, [self.clinic, one]).fetchone()[0] for one in (self.ana, self.anna)]
        WHERE.root.rollback()
        return found

    def left(self):
        """What still names Anna; a claim on time in the past may, and whoever treats both."""
        found = set()
        for link in MOVED - {"claim.resource_id", "care_team.patient_id"}:
            table, column = link.split(".")
            if WHERE.root.execute(f"select from {table} where {column} = %s limit 1", [self.anna]).rowcount:
                found.add(link)
        WHERE.root.rollback()
        return found

    async def merge(self):
        async with self.op() as op:
            return await merging.merge(op, patient_id=self.ana, duplicate_id=self.anna)

    async def take_apart(self, merge_id):
        async with self.op() as op:
            await merging.take_apart(op, patient_id=self.ana, merge_id=merge_id)


@pytest.fixture
def place(admin, conninfo, settings):
    vault.open_with(keys.chosen(settings))
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Pool(conninfo, size=1)) as pool,
        psycopg.connect(make_conninfo(admin, dbname=DATABASE)) as root,
    ):
        WHERE.portal, WHERE.pool, WHERE.root = portal, pool, root
        yield


SOME = st.lists(st.tuples(st.sampled_from(ACTS), st.booleans(), st.integers(1, 90)), max_size=14)
QUICK = hypothesis_settings(
    max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=True
)  # fmt: skip


def after(acts):
    two = WHERE.portal.call(Two().open)
    for act in acts:
        WHERE.portal.call(two.do, *act)
    return two


def test_merged_and_taken_apart_every_row_is_what_it_was(place):
    seen = set()

    def check(acts):
        two = after(acts)
        before, owed = two.rows(), two.owed()
        try:
            done = WHERE.portal.call(two.merge)
        except merging.VisitsAtTheSameTime:
            return
        assert wrong(WHERE.root, two.clinic) == {}
        assert two.owed() == [sum(owed), 0]
        assert two.left() == set()
        WHERE.portal.call(two.take_apart, done.id)
        rows = two.rows()
        assert {table for table in before if before[table] != rows[table]} == set()
        assert wrong(WHERE.root, two.clinic) == {}
        seen.update(two.seen)

    for act in ACTS:  # each for certain, with something to gather
        check([("charge", True, 40), (act, True, 50)])
    QUICK(given(SOME)(check))()
    assert set(ACTS) - seen == set(), "nothing was ever done of these"


def test_whatever_was_done_since_the_books_are_right_or_it_is_refused(place):
    came_of_it = Counter()

    @QUICK
    @given(SOME, st.lists(st.tuples(st.sampled_from(ACTS), st.just(False), st.integers(1, 90)), max_size=4))
    def tried(acts, since):
        two = after(acts)
        [_, anna] = two.owed()
        try:
            done = WHERE.portal.call(two.merge)
        except merging.VisitsAtTheSameTime:
            return
        for act in since:
            WHERE.portal.call(two.do, *act)
        before, owed = two.rows(), two.owed()
        try:
            WHERE.portal.call(two.take_apart, done.id)
        except merging.MergeIsBuiltOn:
            came_of_it["refused"] += 1
            assert two.rows() == before
        else:
            came_of_it["apart" if since else "nothing since"] += 1
            assert two.owed() == [sum(owed) - anna, anna]
        assert wrong(WHERE.root, two.clinic) == {}

    for _ in range(5):
        tried()
        if {"refused", "apart"} <= set(came_of_it):
            return
    pytest.fail(f"too few kinds of ends: {came_of_it}")
