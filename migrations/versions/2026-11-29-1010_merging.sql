-- Two records of one person become one, and two again.

-- A merged record keeps its row and says where it went. It counts as gone (`deleted_at`): no list shows it, nothing new links to it.
alter table patient
    add column merged_into_id uuid,
    add constraint patient_merged_into_is_known foreign key (clinic_id, merged_into_id) references patient (clinic_id, id),
    add constraint patient_merged_into_is_another check (merged_into_id <> id),
    add constraint patient_merged_is_gone check (merged_into_id is null or deleted_at is not null);
create index patient_by_merge on patient (clinic_id, merged_into_id) where merged_into_id is not null;

-- Its register number stays its own, so that taking apart can give it back.
drop index patient_register_number_is_free;
create unique index patient_register_number_is_free on patient (clinic_id, register_number)
    where deleted_at is null or merged_into_id is not null;

create table patient_merge (
    clinic_id    uuid not null default app.clinic() references clinic,
    id           uuid not null default uuidv7(),
    patient_id   uuid not null, -- the one that stays
    duplicate_id uuid not null,
    before       jsonb not null default '{}', -- fields of the one that stays, as far as the merge changed them
    after        jsonb not null default '{}',
    search       text not null, -- folded: the number under which the duplicate was known
    undone_at    timestamptz,
    undone_by    uuid,
    created_at   timestamptz not null default transaction_timestamp(),
    created_by   uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint patient_merge_is_of_two check (patient_id <> duplicate_id),
    constraint patient_merge_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint patient_merge_duplicate_is_known foreign key (clinic_id, duplicate_id) references patient (clinic_id, id)
);
call app.fence('patient_merge');
call app.keep_to_team('patient_merge');
create unique index patient_merge_is_one on patient_merge (clinic_id, duplicate_id) where undone_at is null;
create index patient_merge_by_patient on patient_merge (clinic_id, patient_id) where undone_at is null;

-- Which rows went along, so that exactly they come back. Written by the functions below, and by nothing else.
create table patient_merge_move (
    clinic_id  uuid not null default app.clinic() references clinic,
    merge_id   uuid not null,
    table_name text not null,
    row_id     uuid not null,
    line       int not null default 0, -- postings are counted within their transaction
    version    int, -- what it was then, of rows whose later change stands in the way of taking apart
    primary key (clinic_id, merge_id, table_name, row_id, line),
    constraint patient_merge_move_merge_is_known foreign key (clinic_id, merge_id) references patient_merge (clinic_id, id)
);
call app.fence('patient_merge_move', audited => false, rights => 'select');

-- Whose an issued invoice is changes with a merge, by the functions below, and nothing else of it with that.
create or replace function app.invoice_issued_is_kept() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'UPDATE' and current_user = 'chairside_owner'
       and to_jsonb(new) - '{patient_id,status}'::text[] = to_jsonb(old) - '{patient_id,status}'::text[] then
        return new;
    end if;
    if old.issued_at is not null and (
        tg_op = 'DELETE'
        or old.voided_at is not null
        or (new.clinic_id, new.id, new.patient_id, new.location_id, new.series_id, new.sequence, new.number, new.currency, new.total,
            new.terms_days, new.due_on, new.note, new.parties, new.issued_on, new.issued_at, new.issued_by)
           is distinct from
           (old.clinic_id, old.id, old.patient_id, old.location_id, old.series_id, old.sequence, old.number, old.currency, old.total,
            old.terms_days, old.due_on, old.note, old.parties, old.issued_on, old.issued_at, old.issued_by)
    ) then
        raise exception 'an issued invoice is paid or made void, never edited'
            using errcode = 'check_violation', constraint = 'invoice_issued_is_kept', table = 'invoice';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;

-- What follows moves the rows of one merge that stands, and back: nothing but whose they are. Neither version nor `updated_at` says
-- that anybody worked on them. The app's role may do none of this by itself: the ledger is written once, and never changed.

-- From whom and to whom: the duplicate's to the one that stays, or back.
create function app.merge_sides(merge uuid, back boolean, out giver uuid, out taker uuid)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    select case when back then m.patient_id else m.duplicate_id end, case when back then m.duplicate_id else m.patient_id end
      into strict giver, taker
      from public.patient_merge m
     where m.clinic_id = app.clinic()
       and m.id = merge
       and m.undone_at is null;
end $$;
revoke execute on function app.merge_sides from public;

-- What hangs on a visit goes with it, back also what came to it since. Time in the past that both had stays where it is: nobody
-- books into it; of the time to come both must not have the same, which the door looks at first.
create function app.move_visits(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side record;
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'appointment', a.id
          from public.appointment a where a.clinic_id = app.clinic() and a.patient_id = side.giver
         union all
        select merge, 'appointment_item', i.id
          from public.appointment a
          join public.appointment_item i on i.clinic_id = a.clinic_id and i.appointment_id = a.id and i.patient_id = side.giver
         where a.clinic_id = app.clinic() and a.patient_id = side.giver
         union all
        select merge, 'appointment_step', s.id
          from public.appointment a
          join public.appointment_step s on s.clinic_id = a.clinic_id and s.appointment_id = a.id and s.patient_id = side.giver
         where a.clinic_id = app.clinic() and a.patient_id = side.giver
         union all
        select merge, 'completed_item', d.id
          from public.appointment a
          join public.completed_item d on d.clinic_id = a.clinic_id and d.appointment_id = a.id and d.patient_id = side.giver
         where a.clinic_id = app.clinic() and a.patient_id = side.giver
         union all
        select merge, 'claim', c.id
          from public.claim c
         where c.clinic_id = app.clinic()
           and c.resource_id = side.giver
           and not (c.active and exists (select from public.claim other
                                          where other.clinic_id = app.clinic()
                                            and other.resource_id = side.taker
                                            and other.active
                                            and other.during && c.during));
    end if;
    update public.appointment a
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'appointment'
       and a.clinic_id = app.clinic() and a.id = v.row_id and a.patient_id = side.giver;
    update public.appointment_item i
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'appointment'
       and i.clinic_id = app.clinic() and i.appointment_id = v.row_id and i.patient_id = side.giver;
    update public.appointment_step s
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'appointment'
       and s.clinic_id = app.clinic() and s.appointment_id = v.row_id and s.patient_id = side.giver;
    update public.completed_item d
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'appointment'
       and d.clinic_id = app.clinic() and d.appointment_id = v.row_id and d.patient_id = side.giver;
    update public.claim c
       set resource_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge
       and (v.table_name = 'claim' and v.row_id = c.id or back and v.table_name = 'appointment' and v.row_id = c.appointment_id)
       and c.clinic_id = app.clinic() and c.resource_id = side.giver;
end $$;

-- The whole of the books in one statement: lines, charges and allocations are bound to their invoice's patient, and a transaction to
-- its postings. The amounts are not touched: what two owed, one owes. Rows are found by what they hang on, which has an index; a
-- transaction by its postings, or by the payment, which may have paid somebody else's bill and nothing of theirs.
create function app.move_books(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side record;
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id, line, version)
        select merge, 'ledger_transaction', t.id, 0, null::int
          from public.ledger_transaction t
         where t.clinic_id = app.clinic()
           and t.patient_id = side.giver
           and t.id in (select p.transaction_id
                          from public.ledger_posting p where p.clinic_id = app.clinic() and p.patient_id = side.giver
                         union
                        select c.transaction_id
                          from public.credit c where c.clinic_id = app.clinic() and c.patient_id = side.giver)
         union all
        select merge, 'ledger_posting', p.transaction_id, p.line, null
          from public.ledger_posting p where p.clinic_id = app.clinic() and p.patient_id = side.giver
         union all
        select merge, 'invoice', i.id, 0, i.version
          from public.invoice i where i.clinic_id = app.clinic() and i.patient_id = side.giver
         union all
        select merge, 'invoice_line', l.id, 0, null
          from public.invoice i
          join public.invoice_line l on l.clinic_id = i.clinic_id and l.invoice_id = i.id and l.patient_id = side.giver
         where i.clinic_id = app.clinic() and i.patient_id = side.giver
         union all
        select merge, 'charge', c.id, 0, c.version
          from public.charge c where c.clinic_id = app.clinic() and c.patient_id = side.giver
         union all
        select merge, 'credit', c.id, 0, c.version
          from public.credit c where c.clinic_id = app.clinic() and c.patient_id = side.giver
         union all
        select merge, 'allocation', a.id, 0, null
          from public.invoice i
          join public.allocation a on a.clinic_id = i.clinic_id and a.invoice_id = i.id and a.patient_id = side.giver
         where i.clinic_id = app.clinic() and i.patient_id = side.giver
         union all
        select merge, 'refund', r.id, 0, null
          from public.credit c
          join public.refund r on r.clinic_id = c.clinic_id and r.credit_id = c.id and r.patient_id = side.giver
         where c.clinic_id = app.clinic() and c.patient_id = side.giver;
    end if;
    with moved as materialized (
        select v.table_name, v.row_id, v.line
          from public.patient_merge_move v
         where v.clinic_id = app.clinic()
           and v.merge_id = merge
    ), transactions as (
        update public.ledger_transaction t
           set patient_id = side.taker
          from moved
         where moved.table_name = 'ledger_transaction'
           and t.clinic_id = app.clinic() and t.id = moved.row_id and t.patient_id = side.giver
    ), postings as (
        update public.ledger_posting p
           set patient_id = side.taker
          from moved
         where moved.table_name = 'ledger_posting'
           and p.clinic_id = app.clinic() and p.transaction_id = moved.row_id and p.line = moved.line and p.patient_id = side.giver
    ), invoices as (
        update public.invoice i
           set patient_id = side.taker
          from moved
         where moved.table_name = 'invoice'
           and i.clinic_id = app.clinic() and i.id = moved.row_id and i.patient_id = side.giver
    ), lines as (
        update public.invoice_line l
           set patient_id = side.taker
          from moved
         where moved.table_name = 'invoice_line'
           and l.clinic_id = app.clinic() and l.id = moved.row_id and l.patient_id = side.giver
    ), charges as (
        update public.charge c
           set patient_id = side.taker
          from moved
         where moved.table_name = 'charge'
           and c.clinic_id = app.clinic() and c.id = moved.row_id and c.patient_id = side.giver
    ), credits as (
        update public.credit c
           set patient_id = side.taker
          from moved
         where moved.table_name = 'credit'
           and c.clinic_id = app.clinic() and c.id = moved.row_id and c.patient_id = side.giver
    ), allocations as (
        update public.allocation a
           set patient_id = side.taker
          from moved
         where moved.table_name = 'allocation'
           and a.clinic_id = app.clinic() and a.id = moved.row_id and a.patient_id = side.giver
    )
    update public.refund r
       set patient_id = side.taker
      from moved
     where moved.table_name = 'refund'
       and r.clinic_id = app.clinic() and r.id = moved.row_id and r.patient_id = side.giver;
end $$;

create function app.move_letters(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side record;
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'message', m.id from public.message m where m.clinic_id = app.clinic() and m.patient_id = side.giver;
    end if;
    update public.message m
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'message'
       and m.clinic_id = app.clinic() and m.id = v.row_id and m.patient_id = side.giver;
end $$;

-- The duplicate itself, gone or back again; who treats them, and for whom they answer. Whoever is on both teams stays named on the
-- duplicate's, too. Not the app's to do: whoever opens some records only may no longer open the one whose team went away.
create function app.move_relations(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side record;
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'care_team', t.id
          from public.care_team t
         where t.clinic_id = app.clinic()
           and t.patient_id = side.giver
           and not exists (select from public.care_team other
                            where other.clinic_id = app.clinic()
                              and other.patient_id = side.taker
                              and other.member_id = t.member_id)
         union all
        select merge, 'patient', p.id
          from public.patient p
         where p.clinic_id = app.clinic()
           and p.guarantor_id = side.giver
           and p.id <> side.taker;
    end if;
    update public.patient p
       set merged_into_id = case when not back then side.taker end, deleted_at = case when not back then transaction_timestamp() end,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = p.version + 1
     where p.clinic_id = app.clinic()
       and p.id = case when back then side.taker else side.giver end;
    update public.care_team t
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'care_team'
       and t.clinic_id = app.clinic() and t.id = v.row_id and t.patient_id = side.giver;
    update public.patient p
       set guarantor_id = side.taker,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = p.version + 1
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'patient'
       and p.clinic_id = app.clinic() and p.id = v.row_id and p.guarantor_id = side.giver;
end $$;

revoke execute on function app.move_visits, app.move_books, app.move_letters, app.move_relations from public;
grant execute on function app.move_visits, app.move_books, app.move_letters, app.move_relations to chairside_app;
