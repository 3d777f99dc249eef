import time
from uuid import uuid4

import pytest

from chairside import billing
from chairside.kernel.refusals import NotAllowed
from chairside.patients import NoSuchPatient
from tests.billing.books import wrong
from tests.billing.test_ledger import kinds, ledger, ron


class TestAddOpeningBalances:
    async def test_owed_and_owing(self, north, given, root):
        owes, owed, even = [await given.patient(north) for _ in range(3)]
        source = uuid4()
        async with north.op() as op:
            await billing.add_opening_balances(op, balances={owes.id: 5_000, owed.id: -300, even.id: 0}, source=source)
        found = [await ledger(north, who) for who in (owes, owed, even)]
        assert [each["balance"]["amount"] for each in found] == [5_000, -300, 0]
        assert kinds(found[0]) == [("opening_balance", 5_000)]
        assert found[0]["items"][0]["source"] == {"type": "import", "id": str(source)}
        assert (found[0]["unbilled"], found[1]["unapplied"], found[2]["items"]) == (ron(5_000), ron(300), [])
        assert wrong(root, north.id) == {}

    async def test_all_or_nothing(self, north, south, given, root):
        mine, theirs = await given.patient(north), await given.patient(south)
        with pytest.raises(NoSuchPatient):
            async with north.op() as op:
                await billing.add_opening_balances(op, balances={mine.id: 5, theirs.id: 5}, source=uuid4())
        assert (await ledger(north, mine))["items"] == []

    async def test_needs_the_permission_to_import(self, north):
        with pytest.raises(NotAllowed):
            async with north.op(grants=frozenset({"billing.charge"})) as op:
                await billing.add_opening_balances(op, balances={}, source=uuid4())

    async def test_twenty_thousand_in_a_few_seconds(self, north, root):
        root.execute("select app.act(%s, %s, null, 'human', 'a test')", [north.id, north.owner_id])
        ids = [
            id
            for (id,) in root.execute("""
                insert into patient (register_number, first_name, last_name, search, sort_key)
                select n::text, 'A', 'B', 'a', 'a' from generate_series(1, 20000) as n returning id
            """)
        ]
        root.execute("analyze patient")  # as the server does by itself, a minute after so many came
        root.commit()
        balances = {id: (place % 900) - 200 for place, id in enumerate(ids)}
        started = time.perf_counter()
        async with north.op() as op:
            await billing.add_opening_balances(op, balances=balances, source=uuid4())
            entered = time.perf_counter() - started
            assert sum((await billing.list_balances(op, patient_ids=ids)).values()) == sum(balances.values())
        took = time.perf_counter() - started
        print(f"entered in {entered:.1f} s, committed after {took:.1f} s")
        assert took < 30  # 4 s on a machine that does nothing else


class TestReverseOpeningBalances:
    async def test_takes_back_what_nobody_works_with_and_names_the_rest(self, north, given, root):
        untouched, in_credit, billed, spent, skipped = [await given.patient(north) for _ in range(5)]
        source = uuid4()
        balances = {untouched.id: 100, in_credit.id: -100, billed.id: 200, spent.id: -300, skipped.id: 400}
        async with north.op() as op:
            await billing.add_opening_balances(op, balances=balances, source=source)
            await billing.add_opening_balances(op, balances={untouched.id: 7}, source=uuid4())
            await billing.draft(op, patient_id=billed.id)
        invoice = await given.invoice(north, spent, 50)
        await north.ask("POST", f"/invoices/{invoice.id}/allocations", json={})
        chosen = [who.id for who in (untouched, in_credit, billed, spent)]
        async with north.op() as op:
            kept = await billing.reverse_opening_balances(op, source=source, patient_ids=chosen)
        assert set(kept) == {billed.id, spent.id}
        async with north.op() as op:
            found = await billing.list_balances(op, patient_ids=list(balances))
            assert list(found.values()) == [7, 0, 200, -250, 400]
            assert set(await billing.reverse_opening_balances(op, source=source)) == {billed.id, spent.id}
            assert (await billing.list_balances(op, patient_ids=[skipped.id]))[skipped.id] == 0
        assert kinds(await ledger(north, in_credit)) == [("reversal", 100), ("opening_balance", -100)]
        assert wrong(root, north.id) == {}
