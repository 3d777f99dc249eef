-- Prescriptions: drafts that are written over, and issued ones, which nobody changes any more; lab cases, from plan to check.

-- Where the law asks for electronic prescribing, nothing is printed.
alter table clinic add column prints_prescriptions boolean not null default true;

-- One drug on one paper. `hash`: SHA-256 of exactly what was issued (chairside/prescribing/rules/papers.py); `of_patient_id`: whose
-- record it was in then, which a merge does not change; `warnings`: what was said against it, `override_reason`: why all the same.
create table prescription (
    clinic_id       uuid not null default app.clinic() references clinic,
    id              uuid not null default uuidv7(),
    patient_id      uuid not null,
    provider_id     uuid not null,
    drug            text not null,
    form            text not null,
    strength        text not null,
    dose            text not null,
    times_a_day     int,
    days            int,
    directions      text,
    quantity        int not null,
    refills         int not null,
    generic_allowed boolean not null,
    warnings        jsonb not null default '[]',
    override_reason text,
    issued_at       timestamptz,
    issued_by       uuid,
    hash            bytea,
    of_patient_id   uuid,
    cancelled_at    timestamptz,
    cancelled_by    uuid,
    cancel_reason   text,
    created_at      timestamptz not null default transaction_timestamp(),
    created_by      uuid not null default app.actor(),
    updated_at      timestamptz not null default transaction_timestamp(),
    updated_by      uuid not null default app.actor(),
    version         int not null default 1,
    primary key (clinic_id, id),
    constraint prescription_names_a_drug check (drug ~ '[^[:space:]]'),
    constraint prescription_form_is_known
        check (form in ('tablet', 'capsule', 'lozenge', 'suspension', 'solution', 'mouthwash', 'drops', 'spray', 'gel', 'ointment')),
    constraint prescription_says_how check (times_a_day is not null or directions is not null),
    constraint prescription_times_are_sensible check (times_a_day between 1 and 12),
    constraint prescription_days_are_sensible check (days between 1 and 90),
    constraint prescription_quantity_is_sensible check (quantity between 1 and 500),
    constraint prescription_refills_are_sensible check (refills between 0 and 11),
    constraint prescription_issued_is_whole
        check (num_nonnulls(issued_at, issued_by, hash, of_patient_id) in (0, 4)),
    constraint prescription_cancellation_has_a_reason
        check (num_nonnulls(cancelled_at, cancelled_by, cancel_reason) in (0, 3)),
    constraint prescription_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint prescription_first_patient_is_known foreign key (clinic_id, of_patient_id) references patient (clinic_id, id),
    constraint prescription_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id)
);
call app.fence('prescription', rights => 'select, insert, update');
call app.keep_to_team('prescription');
create index prescription_by_patient on prescription (clinic_id, patient_id, id);
create trigger patient_is_there after insert on prescription for each row execute function app.patient_is_there();

-- Whoever asks, the owner too: what was issued says for ever what it said, and is not taken back, but cancelled.
create function app.prescription_stays_as_issued() returns trigger
    language plpgsql
as $$
declare
    may_change constant text[] := '{patient_id,cancelled_at,cancelled_by,cancel_reason,updated_at,updated_by,version}';
begin
    if old.issued_at is not null and to_jsonb(new) - may_change <> to_jsonb(old) - may_change then
        raise exception 'an issued prescription does not change'
            using errcode = 'check_violation', table = tg_table_name, constraint = 'prescription_stays_as_issued';
    end if;
    return new;
end $$;
create trigger stays_as_issued before update on prescription for each row execute function app.prescription_stays_as_issued();

-- What the clinic prescribes usually, to begin with.
create table prescription_favourite (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    drug        text not null,
    form        text not null,
    strength    text not null,
    dose        text not null,
    times_a_day int,
    days        int,
    directions  text,
    quantity    int not null,
    refills     int not null,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    updated_at  timestamptz not null default transaction_timestamp(),
    updated_by  uuid not null default app.actor(),
    version     int not null default 1,
    primary key (clinic_id, id)
);
call app.fence('prescription_favourite', rights => 'select, insert, update, delete');

-- Prescriptions go along when two records become one, and come back so.
create function app.move_prescriptions(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side record;
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'prescription', p.id
          from public.prescription p
         where p.clinic_id = app.clinic() and p.patient_id = side.giver;
    end if;
    update public.prescription p
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'prescription'
       and p.clinic_id = app.clinic() and p.id = v.row_id and p.patient_id = side.giver;
end $$;
revoke execute on function app.move_prescriptions from public;
grant execute on function app.move_prescriptions to chairside_app;
