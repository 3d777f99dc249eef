"""What must be true of a clinic's books after every step, asked of the rows alone."""

import psycopg

WRONG = {
    "a transaction that does not sum to zero": """
        select transaction_id, sum(amount) from ledger_posting where clinic_id = %(clinic)s
         group by transaction_id, currency having sum(amount) <> 0
    """,
    "a transaction of fewer than two postings": """
        select t.id from ledger_transaction t left join ledger_posting p on p.clinic_id = t.clinic_id and p.transaction_id = t.id
         where t.clinic_id = %(clinic)s group by t.id having count(p.*) < 2
    """,
    "a receivable that is not the charges on no issued invoice and what is due on the issued ones": """
        select patient.id, ledger.amount, unbilled.amount, due.amount from patient,
          lateral (select coalesce(sum(amount), 0) as amount from ledger_posting p
                    where p.clinic_id = patient.clinic_id and p.patient_id = patient.id and account = 'receivable') ledger,
          lateral (select coalesce(sum(amount), 0) as amount from charge c left join invoice i on i.clinic_id = c.clinic_id and i.id = c.invoice_id
                    where c.clinic_id = patient.clinic_id and c.patient_id = patient.id and reversed_at is null
                      and (i.id is null or i.status = 'draft')) unbilled,
          lateral (select coalesce(sum(i.total - i.allocated), 0) as amount from invoice i
                    where i.clinic_id = patient.clinic_id and i.patient_id = patient.id and i.status not in ('draft', 'void')) due
         where patient.clinic_id = %(clinic)s and ledger.amount <> unbilled.amount + due.amount
    """,
    "unapplied credit that is not what remains of the credits": """
        select patient.id, ledger.amount, rest.amount from patient,
          lateral (select coalesce(sum(amount), 0) as amount from ledger_posting p
                    where p.clinic_id = patient.clinic_id and p.patient_id = patient.id and account = 'unapplied_credit') ledger,
          lateral (select coalesce(sum(remaining), 0) as amount from credit c
                    where c.clinic_id = patient.clinic_id and c.patient_id = patient.id) rest
         where patient.clinic_id = %(clinic)s and -ledger.amount <> rest.amount
    """,
    "an invoice whose figures are not its rows'": """
        select i.id, i.total, i.allocated from invoice i where i.clinic_id = %(clinic)s and (
            i.total <> (select coalesce(sum(total), 0) from invoice_line l where l.clinic_id = i.clinic_id and l.invoice_id = i.id)
         or i.allocated <> (select coalesce(sum(amount), 0) from allocation a where a.clinic_id = i.clinic_id and a.invoice_id = i.id))
    """,
    "an invoice whose charges are not its lines'": """
        select i.id from invoice i where i.clinic_id = %(clinic)s and
            (case when i.status = 'void' then '{}' else
               array(select charge_id from invoice_line l where l.clinic_id = i.clinic_id and l.invoice_id = i.id order by 1) end)
            <> array(select id from charge c where c.clinic_id = i.clinic_id and c.invoice_id = i.id order by 1)
    """,
    "a credit whose figures are not its rows'": """
        select c.id from credit c where c.clinic_id = %(clinic)s and (
            c.allocated <> (select coalesce(sum(amount), 0) from allocation a where a.clinic_id = c.clinic_id and a.credit_id = c.id)
         or c.refunded <> (select coalesce(sum(amount), 0) from refund r where r.clinic_id = c.clinic_id and r.credit_id = c.id)
         or c.remaining < 0)
    """,
    "a credit that covers less than nothing of an invoice": """
        select credit_id, invoice_id from allocation where clinic_id = %(clinic)s group by 1, 2 having sum(amount) < 0
    """,
    "money in the drawer that nobody paid": """
        select account, sum(amount) from ledger_posting where clinic_id = %(clinic)s and account in ('cash', 'card', 'check', 'transfer')
         group by account
        except
        select method, sum(amount - refunded) from credit where clinic_id = %(clinic)s and kind = 'payment' group by method
    """,
    "numbers with a gap": """
        select series_id, count(*), max(sequence) from invoice where clinic_id = %(clinic)s and sequence is not null
         group by series_id having count(*) <> max(sequence) or min(sequence) <> 1
    """,
}


def wrong(root: psycopg.Connection, clinic: object) -> dict[str, list[tuple[object, ...]]]:
    """The promises that do not hold in the clinic; empty when the books are right."""
    root.rollback()  # what was committed since counts too
    found = {promise: root.execute(query, {"clinic": clinic}).fetchall() for promise, query in WRONG.items()}
    root.rollback()
    return {promise: rows for promise, rows in found.items() if rows}
