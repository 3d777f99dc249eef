"""The end of the day: what was taken in is counted once, by one person, and nothing falls between two closes."""

import asyncio
import io
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from hypothesis import given as examples
from hypothesis import strategies as st
from pypdf import PdfReader

from chairside import billing
from chairside.billing.rules.drawer import DENOMINATIONS, checks_in_hand, denominations, differences, tally
from chairside.kernel import clock
from chairside.kernel.money import Money
from chairside.kernel.refusals import Invalid
from tests.billing.test_ledger import ron


async def drawer(clinic, **query):
    answer = await clinic.ask("GET", "/drawer", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def body(drawer, **more):
    """A count that agrees with what is expected, of the drawer that was seen."""
    expected = drawer["expected"]
    return {
        "date": drawer["date"], "follows_id": drawer["follows"] and drawer["follows"]["id"], "through": drawer["through"],
        "expected": expected, "cash": ron(drawer["opening_float"]["amount"] + expected["cash"]["amount"]),
        "checks": [item["id"] for item in drawer["items"] if item["method"] == "check"], "card": expected["card"],
    } | more  # fmt: skip


async def close(clinic, drawer=None, /, **more):
    return await clinic.ask("POST", "/day-closes", json=body(drawer or await globals()["drawer"](clinic), **more))


async def closed(clinic, **more):
    answer = await close(clinic, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def reopen(clinic, close, reason="counted twice"):
    return await clinic.ask("POST", f"/day-closes/{close['id']}/reversal", json={"reason": reason})


async def keep(clinic, amount, **more):
    answer = await clinic.ask("PUT", "/drawer", json={"float": ron(amount), **more})
    assert answer.status_code == 200, answer.text


class TestDrawer:
    async def test_expects_what_came_in_less_what_was_given_back_by_method(self, north, south, given):
        patient = await given.patient(north, "Maria", "Dinu")
        await keep(north, 20_000)
        paid = await given.payment(north, patient, 15_000)
        for method, amount in (("cash", 5_050), ("check", 7_000), ("card", 9_900), ("transfer", 100)):
            await given.payment(north, patient, amount, method=method)
        await given.payment(south, await given.patient(south), 999)
        await north.ask("POST", f"/payments/{paid.id}/refunds", json={"amount": ron(1_000), "reason": "too much"})
        found = await drawer(north)
        assert found["expected"] == {"cash": ron(19_050), "check": ron(7_000), "card": ron(9_900), "transfer": ron(100)}
        assert (found["opening_float"], found["follows"], len(found["items"])) == (ron(20_000), None, 6)
        assert found["items"][-1] | {"id": "", "at": "", "on": "", "patient_id": ""} == {
            "id": "", "at": "", "on": "", "patient_id": "", "kind": "refund", "patient_name": "Maria Dinu", "method": "cash",
            "amount": ron(-1_000), "reference": "too much",
        }  # fmt: skip
        assert found["denominations"][:3] == [50_000, 20_000, 10_000]

    async def test_before_the_first_close_says_what_it_would_leave_out(self, north, given):
        async with north.op(now=clock.now() - timedelta(days=3)) as op:
            patient = await given.patient(north)
            await billing.collect(op, patient_id=patient.id, amount=Money(500, "RON"), method="cash")
        found = await drawer(north)
        assert (found["items"], found["expected"]["cash"]) == ([], ron(0))
        begun = await drawer(north, begins_on=found["earliest"])
        assert begun["expected"]["cash"] == ron(500)
        assert (await close(north, begun, begins_on=found["earliest"])).status_code == 201
        assert (await drawer(north))["items"] == []

    async def test_names_everyone_who_paid_in_the_audit(self, north, given, root):
        patient = await given.patient(north)
        await given.payment(north, patient, 100)
        await drawer(north)
        query = "select patient_ids from audit_event where clinic_id = %s and entity = 'cash_drawer' and action = 'read'"
        assert root.execute(query, [north.id]).fetchall() == [([patient.id],)]

    async def test_keeps_its_float_and_tells_whoever_saw_an_older_one(self, north):
        await keep(north, 100, bank_account="RO49 AAAA")
        assert (await north.ask("PUT", "/drawer", json={"float": ron(200)}, version=1)).json()["version"] == 2
        assert (await north.ask("PUT", "/drawer", json={"float": ron(300)}, version=1)).status_code == 412
        assert (await north.ask("PUT", "/drawer", json={"float": ron(-1)})).status_code == 422


class TestClose:
    async def test_keeps_what_was_counted_and_what_goes_to_the_bank(self, north, given):
        patient = await given.patient(north)
        await keep(north, 10_000)
        await given.payment(north, patient, 25_000)
        await given.payment(north, patient, 700, method="check")
        made = await closed(north, cash=None, cash_count={20_000: 1, 10_000: 1, 5_000: 1})
        assert made["cash_count"] == [{"denomination": value, "count": 1} for value in (20_000, 10_000, 5_000)]
        assert (made["number"], made["kept"], made["deposited"]) == (1, ron(10_000), ron(25_000))
        assert made["difference"] == {"cash": ron(0), "check": ron(0), "card": ron(0)}
        assert (made["last"], made["closed_by"], len(made["items"])) == (True, "Ana Dinu", 2)
        after = await drawer(north)
        assert (after["items"], after["opening_float"], after["follows"]["id"]) == ([], ron(10_000), made["id"])

    @pytest.mark.parametrize("wrong", [{"cash": ron(24_999)}, {"card": ron(1)}, {"checks": []}])
    async def test_wants_a_reason_for_any_difference(self, north, given, wrong):
        patient = await given.patient(north)
        await given.payment(north, patient, 25_000)
        await given.payment(north, patient, 700, method="check")
        refused = await close(north, **wrong)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/note")
        assert (await close(north, **wrong, note="the till was short")).status_code == 201

    async def test_leaves_what_comes_in_after_the_count_to_the_next(self, north, given):
        patient = await given.patient(north)
        await given.payment(north, patient, 100)
        counted = await drawer(north)
        late = await given.payment(north, patient, 40)
        assert (await close(north, counted)).status_code == 201
        assert [item["id"] for item in (await drawer(north))["items"]] == [str(late.id)]
        assert (await closed(north))["expected"]["cash"] == ron(40)

    async def test_covers_a_payment_that_was_slow_to_arrive_in_the_next(self, north, given):
        """Its id is older than those of the close, its commit is younger."""
        patient = await given.patient(north)
        async with north.op(now=clock.now()) as slow:
            late = await billing.collect(slow, patient_id=patient.id, amount=Money(70, "RON"), method="cash")
            await given.payment(north, patient, 30)
            first = await closed(north)
        assert [item["amount"] for item in first["items"]] == [ron(30)]
        assert [item["id"] for item in (await drawer(north))["items"]] == [str(late)]

    async def test_refuses_a_count_of_what_has_changed(self, north, given):
        patient = await given.patient(north)
        async with north.op(now=clock.now()) as slow:
            await billing.collect(slow, patient_id=patient.id, amount=Money(70, "RON"), method="cash")
            await given.payment(north, patient, 30)
            counted = await drawer(north)
        # What was slow has an id below those that were seen.
        assert (await close(north, counted)).json()["code"] == "DrawerChanged"

    async def test_of_a_day_without_money_is_a_close_too(self, north):
        made = await closed(north)
        assert (made["items"], made["deposited"]) == ([], ron(0))

    @pytest.mark.parametrize(
        "more", [
            {"date": "2999-01-01"}, {"cash": ron(-1)}, {"cash": None}, {"cash_count": {"3": 1}}, {"kept": ron(1)}, {"checks": [str(uuid4())]},
            {"card": {"amount": 0, "currency": "USD"}}, {"begins_on": "2999-01-01"}, {"note": ""}, {"expected": {"barter": ron(1)}},
            {"cash_count": {"100": -1}},
        ],
    )  # fmt: skip
    async def test_refuses_what_cannot_be(self, north, more):
        answer = await close(north, **more)
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"]

    async def test_is_for_those_who_may(self, north):
        from chairside.kernel.refusals import NotAllowed

        async with north.op(grants=frozenset({"billing.read", "billing.collect"})) as op:
            with pytest.raises(NotAllowed):
                await billing.get_drawer(op)


class TestTwoAtOnce:
    async def test_one_closes_and_the_others_are_told(self, north, given):
        patient = await given.patient(north)
        await given.payment(north, patient, 100)
        counted = await drawer(north)
        answers = await asyncio.gather(*(close(north, counted) for _ in range(5)))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
        assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"DayClosedMeanwhile"}
        assert len((await north.ask("GET", "/day-closes")).json()["items"]) == 1

    async def test_one_reopens_while_another_closes_and_never_both(self, north, given):
        patient = await given.patient(north)
        for _ in range(4):
            await given.payment(north, patient, 100)
            last = await closed(north)
            await given.payment(north, patient, 50)
            counted = await drawer(north)
            reopened, next_ = await asyncio.gather(reopen(north, last), close(north, counted))
            assert sorted((reopened.status_code, next_.status_code)) in ([200, 409], [201, 409])

    async def test_payments_during_closes_are_each_in_one(self, north, given, root):
        patient = await given.patient(north)

        async def pay(times):
            for _ in range(times):
                await given.payment(north, patient, 10)

        async def close_often():
            for _ in range(6):
                await close(north)

        await asyncio.gather(pay(6), pay(6), close_often(), close_often())
        await closed(north)
        twice, none = root.execute(
            """select count(*) filter (where covered > 1), count(*) filter (where covered = 0)
                 from (select (select count(*) from day_close_item i where i.payment_id = c.id and i.reversal_id is null) as covered
                         from credit c where c.clinic_id = %s) as one""",
            [north.id],
        ).fetchone()
        assert (twice, none) == (0, 0)


class TestReopen:
    async def test_gives_back_what_was_covered_and_keeps_the_record(self, north, given, root):
        patient = await given.patient(north)
        await keep(north, 100)
        await given.payment(north, patient, 900)
        made = await closed(north, kept=ron(300))
        answer = await reopen(north, made)
        assert (answer.status_code, answer.json()["reversal"]["reason"], answer.json()["version"]) == (200, "counted twice", 2)
        again = await drawer(north)
        assert (again["expected"]["cash"], again["opening_float"]) == (ron(900), ron(100))
        assert (await closed(north))["number"] == 2
        changes = root.execute(
            "select count(*) from audit_event where clinic_id = %s and entity = 'day_close_reversal' and action = 'insert'",
            [north.id],
        ).fetchone()
        assert changes == (1,)

    async def test_is_for_the_last_one_and_once(self, north, south):
        first, second = await closed(north), await closed(north)
        assert (await reopen(north, first)).json()["code"] == "NotTheLastClose"
        assert (await reopen(north, second)).status_code == 200
        assert (await reopen(north, second)).json()["code"] == "NotTheLastClose"
        assert (await reopen(south, first)).status_code == 404
        assert (await reopen(north, first)).status_code == 200


class TestDatabase:
    """What holds whoever writes."""

    @pytest.fixture
    def db(self, conninfo):
        with psycopg.connect(conninfo) as db:
            yield db
            db.rollback()

    async def test_refuses_a_close_that_does_not_expect_what_it_covers(self, north, given, db):
        await keep(north, 0)
        payment = await given.payment(north, await given.patient(north), 500)
        db.execute("select app.act(%s, %s, null, 'human', 'x')", [north.id, north.owner_id])
        row = db.execute(
            """insert into day_close (location_id, number, begins_on, on_day, currency, opening_float, expected_cash, expected_check,
                   expected_card, expected_transfer, counted_cash, counted_check, counted_card, kept_cash)
               select id, 1, current_date, current_date, 'RON', 0, 400, 0, 0, 0, 400, 0, 0, 0 from location returning id"""
        ).fetchone()
        db.execute("insert into day_close_item (close_id, payment_id, counted) values (%s, %s, true)", [row[0], payment.id])
        with pytest.raises(psycopg.errors.CheckViolation, match="expects what it covers"):
            db.commit()

    async def test_refuses_an_item_of_a_close_that_was_committed_and_a_change_of_one(self, north, given, db):
        patient = await given.patient(north)
        await given.payment(north, patient, 500)
        made = await closed(north)
        late = await given.payment(north, patient, 5)
        for change, values in (
            ("insert into day_close_item (close_id, payment_id, counted) values (%s, %s, true)", [made["id"], late.id]),
            ("update day_close_item set counted = false where close_id = %s", [made["id"]]),
        ):
            db.execute("select app.act(%s, %s, null, 'human', 'x')", [north.id, north.owner_id])
            with pytest.raises(psycopg.errors.CheckViolation):
                db.execute(change, values)
            db.rollback()
        for table in ("day_close", "day_close_reversal"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(f"update {table} set clinic_id = clinic_id")
            db.rollback()


class TestSlip:
    async def test_lists_the_cash_less_the_float_and_each_check(self, north, given):
        patient = await given.patient(north, "Ștefania", "Țurcanu")
        await keep(north, 10_000, bank_account="RO49 AAAA 1B31")
        await given.payment(north, patient, 25_000)
        check = await given.payment(north, patient, 1_250, method="check")
        made = await closed(north)
        answer = await north.ask("GET", f"/day-closes/{made['id']}/deposit-slip")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        printed = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        for words in (
            "Borderou de depunere 1",
            "RO49 AAAA 1B31",
            "Ștefania Țurcanu",
            "12,50",
            "-100,00",
            "250,00",
            "262,50",
            "Întocmit de",
        ):
            assert words in printed.replace("\xa0", " "), words
        await reopen(north, made)
        again = await north.ask("GET", f"/day-closes/{made['id']}/deposit-slip")
        assert "REDESCHISĂ" in PdfReader(io.BytesIO(again.content)).pages[0].extract_text()
        assert check.id


CURRENCIES = st.sampled_from([*DENOMINATIONS, "PLN", "KWD", "KRW"])


@examples(CURRENCIES, st.data())
def test_a_count_by_denomination_is_the_sum_of_its_notes(currency, data):
    known = denominations(currency)
    assert list(known) == sorted(set(known), reverse=True)
    notes = data.draw(st.dictionaries(st.sampled_from(known), st.integers(0, 500)))
    counted, total = tally(notes, currency)
    assert total == sum(value * many for value, many in notes.items())
    assert dict(counted) == {value: many for value, many in notes.items() if many}
    with pytest.raises(Invalid):
        tally({max(known) * 3 + 1: 1}, currency)


MOVED = st.lists(
    st.builds(
        lambda method, amount: billing.Movement(uuid4(), "payment", uuid4(), "x", method, amount, None, None, None),
        st.sampled_from(["cash", "check", "card", "transfer"]),
        st.integers(-5_000, 5_000),
    )
)


@examples(MOVED, st.integers(0, 900), st.integers(-50, 50), st.data())
def test_what_is_missing_is_what_was_not_counted(moved, kept, slip, data):
    from chairside.billing.rules.drawer import expected

    sums = expected(moved)
    assert sum(sums) == sum(one.amount for one in moved)
    checks = [one for one in moved if one.method == "check"]
    missing = data.draw(st.sets(st.sampled_from(checks))) if checks else set()
    ticked = checks_in_hand(moved, frozenset(one.id for one in checks if one not in missing))
    apart = differences(sums, opening_float=kept, cash=kept + sums.cash + slip, checks=ticked, card=sums.card)
    assert apart == (slip, -sum(one.amount for one in missing), 0, 0)
