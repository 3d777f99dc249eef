"""What the clients were told, compared with what the database and the API say now."""

import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg

from tests.faults import reminded
from tests.faults.desks import Desk
from tests.faults.importer import Importer
from tests.faults.reminded import Reminded

AUDITED = ("patient", "appointment", "appointment_step", "invoice", "charge", "credit", "allocation", "refund")
UNAUDITED = """
    with noted as (
        select audit.entity_id as id, count(*) as times
          from audit_event as audit
         where audit.clinic_id = %(clinic)s and audit.entity = '{table}' and audit.action = 'insert'
         group by 1
    ), gone as (
        select audit.entity_id as id
          from audit_event as audit
         where audit.clinic_id = %(clinic)s and audit.entity = '{table}' and audit.action = 'delete'
    ), there as (
        select row.id from {table} as row where row.clinic_id = %(clinic)s
         union all
        select gone.id from gone
    )
    select count(*) from there full join noted on noted.id = there.id where noted.times is distinct from 1 or there.id is null
"""
NEVER = {
    "double bookings": """
        select one.id from claim as one join claim as other
            on other.clinic_id = one.clinic_id and other.resource_id = one.resource_id and other.id > one.id
           and other.active and one.active and other.during && one.during
    """,
    "claims that are not of a live visit, or a live visit without its two": """
        select visit.id from appointment as visit
          left join claim on claim.clinic_id = visit.clinic_id and claim.appointment_id = visit.id and claim.active
         group by visit.clinic_id, visit.id, visit.status
        having count(claim.id) <> case when visit.status in ('cancelled', 'no_show') then 0 else 2 end
    """,
    "ledger transactions whose postings are not two or more with a sum of zero": """
        select head.id from ledger_transaction as head
          left join ledger_posting as line on line.clinic_id = head.clinic_id and line.transaction_id = head.id
         group by head.clinic_id, head.id having count(line.line) < 2 or sum(line.amount) <> 0
    """,
    "invoices whose allocated is not the sum of their allocations": """
        select invoice.id from invoice
          left join allocation on allocation.clinic_id = invoice.clinic_id and allocation.invoice_id = invoice.id
         group by invoice.clinic_id, invoice.id having invoice.allocated <> coalesce(sum(allocation.amount), 0)
    """,
    "credits whose allocated or refunded is not the sum": """
        select credit.id from credit
         where credit.allocated <> (select coalesce(sum(amount), 0) from allocation
                                     where allocation.clinic_id = credit.clinic_id and allocation.credit_id = credit.id)
            or credit.refunded <> (select coalesce(sum(amount), 0) from refund
                                    where refund.clinic_id = credit.clinic_id and refund.credit_id = credit.id)
    """,
    "invoices whose total is not the sum of their lines": """
        select invoice.id from invoice
          left join invoice_line as line on line.clinic_id = invoice.clinic_id and line.invoice_id = invoice.id
          left join charge on charge.clinic_id = line.clinic_id and charge.id = line.charge_id
         group by invoice.clinic_id, invoice.id having invoice.total <> coalesce(sum(charge.amount), 0)
    """,
    "invoice numbers with a gap or given twice": """
        select series.id from invoice_series as series
          left join invoice on invoice.clinic_id = series.clinic_id and invoice.series_id = series.id
         group by series.clinic_id, series.id
        having count(invoice.sequence) <> series.next_number - 1 or count(distinct invoice.sequence) <> series.next_number - 1
            or coalesce(max(invoice.sequence), 0) <> series.next_number - 1
    """,
    "register numbers given twice": "select register_number from patient where deleted_at is null group by clinic_id, register_number having count(*) > 1",
    "reminders of which there is more than one message": """
        select reminder_id from message where reminder_id is not null group by clinic_id, reminder_id having count(*) > 1
    """,
    "sequences behind what they gave": """
        select 1 from procrastinate_jobs_id_seq as seq where seq.last_value < (select max(id) from procrastinate_jobs)
    """,
    "transactions left prepared": "select gid from pg_prepared_xacts",
    "jobs that failed": "select id from procrastinate_jobs where status in ('failed', 'aborted')",
    "register reservations of imports that are over": """
        select 1 from register_reservation as kept join import on import.clinic_id = kept.clinic_id and import.id = kept.import_id
         where import.status in ('done', 'undone', 'failed')
    """,
}  # fmt: skip
STUCK = """
    select pid from pg_stat_activity
     where backend_type = 'client backend' and pid <> pg_backend_pid()
       and (wait_event_type = 'Lock' or state like 'idle in transaction%' or state = 'active' and state_change < now() - interval '5 s')
"""
CONNECTIONS = "select count(*) from pg_stat_activity where usename = 'chairside_app'"
JOBS = """
    select count(*) from procrastinate_jobs where status = 'doing' or status = 'todo' and coalesce(scheduled_at, now()) <= now()
"""


def broken(
    admin: str, desks: Sequence[Desk], importer: Importer | None, *, connections: int, phone: Path | None = None,
    over: bool = False, quiet: float = 60,
) -> list[str]:  # fmt: skip
    """Every promise that does not hold, while the desks rest; `over` waits for what is due."""
    found: list[str] = []
    with psycopg.connect(admin, autocommit=True) as db:
        if importer:  # its jobs are over with its turn
            found += _settles(db, JOBS, 0, quiet, "jobs left over")
        found += _settles(db, f"select count(*) from ({STUCK}) as stuck", 0, 10, "stuck transactions")
        found += _settles(db, CONNECTIONS, connections, 10, "connections")
        if phone:
            found += reminded.broken(db, phone, [one for desk in desks for one in desk.reminded.values()], over=over)
        for what, query in NEVER.items():
            if wrong := db.execute(query.encode()).fetchall():
                found.append(f"{what}: {len(wrong)}, such as {wrong[0]}")
        for clinic in {desk.clinic.id: desk.clinic for desk in desks}.values():
            ours = [desk for desk in desks if desk.clinic is clinic]
            found += [f"{clinic.slug}: {what}" for what in _of_clinic(db, clinic.id, ours, importer)]
    for desk in desks:
        found += [f"{desk.name}: {what}" for what in _of_answers(desk)]
    return found


def _of_clinic(db: psycopg.Connection, clinic: str, desks: list[Desk], importer: Importer | None) -> Iterator[str]:
    def rows(query: str) -> list[tuple[Any, ...]]:
        return db.execute(query.encode(), {"clinic": clinic}).fetchall()

    def same(what: str, told: dict[Any, Any], there: Iterable[tuple[Any, Any]]) -> Iterator[str]:
        here = {str(id): value for id, value in there}
        if lost := told.keys() - here.keys():
            yield f"{what}: LOST {len(lost)} that were acknowledged, such as {min(lost)}"
        if more := here.keys() - told.keys():
            yield f"{what}: DOUBLED or never acknowledged: {len(more)}, such as {min(more)}"
        if other := [(id, told[id], here[id]) for id in told.keys() & here.keys() if told[id] != here[id]]:
            yield f"{what}: {len(other)} differ from what was acknowledged, such as {other[0]}"

    people = [person for desk in desks for person in desk.people]
    visits = [visit for desk in desks for visit in desk.visits.values()]
    coming = [visit for desk in desks for visit in desk.reminded.values()]
    yield from same(
        "patients", {one.id: (one.version, one.note) for one in people},
        ((id, (version, note)) for id, version, note in rows("select id, version, note from patient where clinic_id = %(clinic)s and import_id is null")),
    )  # fmt: skip
    yield from same(
        "appointments", {one.id: (one.status, one.starts_at[:16]) for one in visits} | dict(map(_coming, coming)),
        ((id, (status, at)) for id, status, at in rows(
            "select id, status, to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI') from appointment where clinic_id = %(clinic)s")),
    )  # fmt: skip
    yield from same(
        "steps",
        {one.id: sorted(one.steps) for one in visits if one.steps} | {one.id: ["cancellation"] for one in coming if not one.at},
        rows(
            "select appointment_id, array_agg(step order by step) from appointment_step where clinic_id = %(clinic)s group by 1"
        ),
    )
    yield from same(
        "charges of visits",
        {id: amount for desk in desks for id, amount in desk.charged.items()},
        rows(
            "select appointment_id, sum(amount)::int from charge where clinic_id = %(clinic)s and appointment_id is not null group by 1"
        ),
    )
    yield from same(
        "payments", {one.id: (one.amount, one.refunded) for desk in desks for one in desk.payments.values()},
        ((id, (amount, refunded)) for id, amount, refunded in rows(
            "select id, amount, refunded from credit where clinic_id = %(clinic)s and kind = 'payment'"
            " and patient_id in (select id from patient where import_id is null)")),
    )  # fmt: skip
    yield from same(
        "refunds",
        {id: amount for desk in desks for id, amount in desk.refunds.items()},
        rows("select id, amount from refund where clinic_id = %(clinic)s"),
    )
    yield from same(
        "invoices",
        {id: number for desk in desks for id, number in desk.invoices.items()},
        rows("select id, number from invoice where clinic_id = %(clinic)s"),
    )
    yield from same(
        "balances", {one.id: one.balance for one in people},
        rows(
            "select patient.id, coalesce(sum(line.amount), 0)::int from patient"
            " left join ledger_posting as line on line.clinic_id = patient.clinic_id and line.patient_id = patient.id"
            " where patient.clinic_id = %(clinic)s and patient.import_id is null group by 1"),
    )  # fmt: skip
    told: Counter[tuple[str, str]] = sum((desk.events for desk in desks), Counter())
    names = sorted({name for name, _ in told})
    there = Counter({
        (name, id): count for name, id, count in db.execute(
            "select event.name, fact.value, count(*) from event, jsonb_each_text(facts) as fact"
            " where clinic_id = %(clinic)s and name = any(%(names)s) group by 1, 2", {"clinic": clinic, "names": names})
    })  # fmt: skip
    there = Counter({fact: there[fact] for fact in told})  # events name others, too
    if told != there:
        yield f"events: missing {dict((told - there).most_common(2))}, too many {dict((there - told).most_common(2))}"
    yield from same(
        "events by name", Counter(name for name, _ in told.elements()),
        rows("select name, count(*) from event where clinic_id = %(clinic)s group by 1 having name = any('{" + ",".join(names) + "}')"),
    )  # fmt: skip
    for table in AUDITED:
        [(count,)] = rows(UNAUDITED.format(table=table))
        if count:
            yield f"{table}: {count} without exactly one audit record of their making, or such a record without the row"
    edits = rows(
        "select entity_id, count(*) from audit_event where clinic_id = %(clinic)s and entity = 'patient' and action = 'update'"
        " and 'note' = any(changed_fields) group by 1"
    )
    yield from same("audited edits", {one.id: one.edits for one in people if one.edits}, edits)
    reads = [id for desk in desks for id in desk.reads]
    noted = {id for (id,) in db.execute(
        "select request_id from audit_event where clinic_id = %s and action = 'read' and request_id = any(%s)", [clinic, reads])}  # fmt: skip
    if lost := set(reads) - noted:
        yield f"reads: {len(lost)} of {len(reads)} acknowledged ones left no record"
    if importer and importer.clinic.id == clinic:
        stay = importer.brought - importer.undone
        yield from same(
            "imported patients",
            dict.fromkeys(stay, importer.rows),
            rows(
                "select import_id, count(*)::int from patient where clinic_id = %(clinic)s and import_id is not null and deleted_at is null group by 1"
            ),
        )
        once = rows("select name, count(*) - count(distinct facts ->> 'import_id') from event where clinic_id = %(clinic)s"
                    " and name in ('exchange.import_finished', 'exchange.import_undone') group by 1")  # fmt: skip
        yield from (f"{name}: {more} happened twice" for name, more in once if more)


def _coming(visit: Reminded) -> tuple[str, tuple[str, str]]:
    at = visit.at or next(at for _, at in reversed(visit.times) if at)
    return visit.id, ("scheduled" if visit.at else "cancelled", at.strftime("%Y-%m-%dT%H:%M"))


def _of_answers(desk: Desk, most: int = 40) -> Iterator[str]:
    """A question asked again is answered with the same bytes; the ledger of the API is the journal's."""
    chance = random.Random(desk.answered)
    for kept in chance.sample(desk.kept, min(most, len(desk.kept))):
        again = desk.line.insist("POST", kept.path, kept.body, key=kept.key, version=kept.version)
        if again.answer.content != kept.answer:
            yield f"another answer to {kept.path}: {again.answer.content!r} instead of {kept.answer!r}"
    for person in chance.sample(desk.people, min(4, len(desk.people))):
        said = desk.line.get(f"/patients/{person.id}/ledger")["balance"]["amount"]
        if said != person.balance:
            yield f"the ledger of {person.id} says {said}, acknowledged was {person.balance}"


def _settles(db: psycopg.Connection, query: str, most: int, seconds: float, what: str) -> list[str]:
    deadline = time.monotonic() + seconds
    while (count := _number(db, query)) > most:
        if time.monotonic() > deadline:
            return [f"{what}: {count}, at most {most} after {seconds:g} s"]
        time.sleep(0.2)
    return []


def _number(db: psycopg.Connection, query: str) -> int:
    row = db.execute(query.encode()).fetchone()
    assert row
    return int(row[0])
