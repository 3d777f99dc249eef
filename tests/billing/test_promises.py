"""What the database keeps, whatever the program does: tried as the app's own role."""

from contextlib import contextmanager

import psycopg
import pytest
from psycopg import errors

LEDGER = ("ledger_transaction", "ledger_posting", "allocation", "refund")
TRANSACTION = """
    insert into ledger_transaction (kind, patient_id, on_day, description) values ('charge', %s, '2027-03-01', 'x') returning id
"""
POSTING = """
    insert into ledger_posting (transaction_id, line, account, patient_id, amount, currency) values (%s, %s, %s, %s, %s, %s)
"""


@pytest.fixture
def db(conninfo):
    with psycopg.connect(conninfo) as db:
        yield db
        db.rollback()


def enter(db, clinic):
    db.execute("select app.act(%s, %s, null, 'human', 'a test')", [clinic.id, clinic.owner_id])


@contextmanager
def refused(constraint):
    with pytest.raises((errors.CheckViolation, errors.UniqueViolation, errors.ForeignKeyViolation)) as caught:
        yield
    assert caught.value.diag.constraint_name == constraint


class TestLedger:
    @pytest.mark.parametrize("table", LEDGER)
    @pytest.mark.parametrize("change", ["update {} set clinic_id = clinic_id", "delete from {}", "truncate {}"])
    async def test_is_never_changed(self, north, db, table, change):
        enter(db, north)
        with pytest.raises(errors.InsufficientPrivilege):
            db.execute(change.format(table))

    @pytest.mark.parametrize(
        "postings",
        [
            [],
            [("receivable", 5, "RON")],
            [("receivable", 5, "RON"), ("income", -4, "RON")],
            [("receivable", 5, "RON"), ("income", -5, "EUR")],
            [("receivable", 5, "RON"), ("income", -5, "RON"), ("cash", 1, "RON")],
        ],
    )
    async def test_refuses_a_transaction_that_does_not_balance(self, north, given, db, postings):
        patient = await given.patient(north)
        enter(db, north)
        [transaction] = db.execute(TRANSACTION, [patient.id]).fetchone()
        for line, (account, amount, currency) in enumerate(postings):
            db.execute(POSTING, [transaction, line, account, patient.id if account == "receivable" else None, amount, currency])
        with refused("ledger_transaction_balances"):
            db.commit()

    async def test_takes_one_that_does(self, north, given, db):
        patient = await given.patient(north)
        enter(db, north)
        [transaction] = db.execute(TRANSACTION, [patient.id]).fetchone()
        db.execute(POSTING, [transaction, 1, "receivable", patient.id, 5, "RON"])
        db.execute(POSTING, [transaction, 2, "income", None, -5, "RON"])
        db.commit()

    async def test_refuses_a_posting_that_comes_later(self, north, given, db):
        patient = await given.patient(north)
        await given.charge(north, patient)
        enter(db, north)
        [transaction] = db.execute("select id from ledger_transaction").fetchone()
        with refused("ledger_transaction_is_closed"):
            db.execute(POSTING, [transaction, 3, "cash", None, 1, "RON"])

    async def test_refuses_a_transaction_hidden_behind_another_clinic(self, north, south, given, db):
        patient = await given.patient(north)
        enter(db, north)
        db.execute(TRANSACTION, [patient.id])
        enter(db, south)
        with refused("ledger_transaction_balances"):
            db.commit()

    async def test_names_patients_only_where_they_belong(self, north, given, db):
        patient = await given.patient(north)
        enter(db, north)
        [transaction] = db.execute(TRANSACTION, [patient.id]).fetchone()
        with refused("ledger_posting_names_a_patient"):
            db.execute(POSTING, [transaction, 1, "income", patient.id, 5, "RON"])

    async def test_reverses_once(self, north, given, db):
        charge = await given.charge(north, await given.patient(north))
        await north.ask("POST", f"/patients/{charge.patient_id}/ledger/charges/{charge.id}/reversal", json={"reason": "x"})
        enter(db, north)
        with refused("ledger_transaction_is_reversed_once"):
            db.execute("""
                insert into ledger_transaction (kind, patient_id, on_day, description, reverses_id)
                select 'reversal', patient_id, on_day, 'x', reverses_id from ledger_transaction where reverses_id is not null
            """)


class TestInvoice:
    async def test_is_not_overpaid(self, north, given, db):
        await given.invoice(north, await given.patient(north), 100)
        enter(db, north)
        with refused("invoice_is_not_overpaid"):
            db.execute("update invoice set allocated = 101")

    async def test_void_has_no_payments(self, north, given, db):
        patient = await given.patient(north)
        await given.invoice(north, patient, 100)
        await given.payment(north, patient, 50)
        enter(db, north)
        with refused("invoice_void_has_no_payments"):
            db.execute("update invoice set voided_at = now(), void_reason = 'x'")

    async def test_draft_has_no_payments(self, north, given, db):
        await given.invoice(north, await given.patient(north), 100, issued=False)
        enter(db, north)
        with refused("invoice_draft_has_no_payments"):
            db.execute("update invoice set allocated = 1")

    @pytest.mark.parametrize(
        "change",
        [
            "update invoice set number = 'INV-9'", "update invoice set total = total + 1", "update invoice set due_on = due_on + 1",
            "update invoice set parties = '{}'", "update invoice set note = 'x'", "update invoice set issued_on = issued_on - 1",
            "update invoice set issued_at = null, series_id = null, sequence = null, number = null, issued_on = null, issued_by = null, parties = null",
        ],
    )  # fmt: skip
    async def test_issued_is_never_edited(self, north, given, db, change):
        await given.invoice(north, await given.patient(north), 100)
        enter(db, north)
        with refused("invoice_issued_is_kept"):
            db.execute(change)

    async def test_issued_is_never_deleted_nor_its_lines(self, north, given, db):
        invoice = await given.invoice(north, await given.patient(north), 100)
        enter(db, north)
        with refused("invoice_line_issued_is_kept"), db.transaction():
            db.execute("delete from invoice_line")
        with refused("invoice_line_issued_is_kept"), db.transaction():
            db.execute("""
                insert into invoice_line (invoice_id, patient_id, charge_id, position, kind, on_day, description, quantity, unit_price, total)
                select invoice_id, patient_id, uuidv7(), 2, kind, on_day, 'more', 1, 1, 1 from invoice_line
            """)
        with refused("invoice_issued_is_kept"), db.transaction():
            db.execute("delete from invoice where id = %s", [invoice.id])

    async def test_void_is_over(self, north, given, db):
        invoice = await given.invoice(north, await given.patient(north), 100)
        await north.ask("POST", f"/invoices/{invoice.id}/void", json={"reason": "x"})
        enter(db, north)
        with refused("invoice_issued_is_kept"):
            db.execute("update invoice set voided_at = null, voided_by = null, void_reason = null")

    async def test_bills_its_own_patients_charges(self, north, given, db):
        invoice = await given.invoice(north, await given.patient(north), 100)
        charge = await given.charge(north, await given.patient(north))
        enter(db, north)
        with refused("charge_is_billed_to_its_patient"):
            db.execute("update charge set invoice_id = %s where id = %s", [invoice.id, charge.id])


class TestCredit:
    @pytest.mark.parametrize("change", ["allocated = 51, refunded = 50", "refunded = 101", "allocated = -1"])
    async def test_is_not_overspent(self, north, given, db, change):
        await given.payment(north, await given.patient(north), 100)
        enter(db, north)
        with refused("credit_is_not_overspent"):
            db.execute(f"update credit set {change}")


class TestCharge:
    async def test_is_in_the_ledger_or_free(self, north, given, db):
        patient = await given.patient(north)
        enter(db, north)
        with refused("charge_is_in_the_ledger"):
            db.execute(
                """insert into charge (kind, patient_id, description, quantity, unit_price, amount, currency, on_day)
                   values ('service', %s, 'x', 1, 5, 5, 'RON', '2027-03-01')""",
                [patient.id],
            )

    async def test_reversed_is_not_billed(self, north, given, db):
        await given.invoice(north, await given.patient(north), 100)
        enter(db, north)
        with refused("charge_reversed_is_not_billed"):
            db.execute("update charge set reversed_at = now()")
