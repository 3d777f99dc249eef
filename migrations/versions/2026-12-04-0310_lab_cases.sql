-- What is made elsewhere: laboratories, and the cases that go there and come back.

create table laboratory (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    name       text not null,
    phone      text,
    email      text,
    usual_days int not null, -- from sending to coming back
    active     boolean not null default true,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    updated_at timestamptz not null default transaction_timestamp(),
    updated_by uuid not null default app.actor(),
    version    int not null default 1,
    primary key (clinic_id, id),
    constraint laboratory_days_are_sensible check (usual_days between 1 and 120)
);
call app.fence('laboratory', rights => 'select, insert, update');

create table lab_case (
    clinic_id      uuid not null default app.clinic() references clinic,
    id             uuid not null default uuidv7(),
    patient_id     uuid not null,
    laboratory_id  uuid not null,
    provider_id    uuid not null,
    appointment_id uuid, -- the visit for which it must be back
    work           text not null,
    teeth          text[] not null,
    shade          text,
    material       text,
    instructions   text,
    due_on         date not null,
    status         text not null default 'planned',
    created_at     timestamptz not null default transaction_timestamp(),
    created_by     uuid not null default app.actor(),
    updated_at     timestamptz not null default transaction_timestamp(),
    updated_by     uuid not null default app.actor(),
    version        int not null default 1,
    primary key (clinic_id, id),
    constraint lab_case_work_is_known
        check (work in ('crown', 'bridge', 'denture', 'partial_denture', 'inlay', 'veneer', 'implant', 'aligner', 'night_guard',
                        'retainer', 'model', 'other')),
    constraint lab_case_status_is_known check (status in ('planned', 'sent', 'received', 'checked', 'returned', 'cancelled')),
    constraint lab_case_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint lab_case_laboratory_is_known foreign key (clinic_id, laboratory_id) references laboratory (clinic_id, id),
    constraint lab_case_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint lab_case_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id)
);
call app.fence('lab_case', rights => 'select, insert, update');
call app.keep_to_team('lab_case');
create index lab_case_by_patient on lab_case (clinic_id, patient_id, id);
create index lab_case_by_due_day on lab_case (clinic_id, due_on, id);
create index lab_case_by_appointment on lab_case (clinic_id, appointment_id) where appointment_id is not null;
create trigger patient_is_there after insert on lab_case for each row execute function app.patient_is_there();

-- What became of a case, and what it was before; taken back, not erased.
create table lab_case_step (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    patient_id uuid not null,
    case_id    uuid not null,
    step       text not null,
    before     text not null,
    at         timestamptz not null,
    reason     text,
    undone_at  timestamptz,
    undone_by  uuid,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint lab_case_step_is_known check (step in ('sent', 'received', 'checked', 'returned', 'cancelled')),
    constraint lab_case_step_undone_by_somebody check ((undone_at is null) = (undone_by is null)),
    constraint lab_case_step_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint lab_case_step_case_is_known foreign key (clinic_id, case_id) references lab_case (clinic_id, id)
);
call app.fence('lab_case_step', rights => 'select, insert');
grant update (undone_at, undone_by) on lab_case_step to chairside_app;
call app.keep_to_team('lab_case_step');
create index lab_case_step_by_case on lab_case_step (clinic_id, case_id, id);

-- Cases go along with their steps when two records become one, and come back so.
create function app.move_lab_cases(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side  record;
    moved uuid[];
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'lab_case', c.id
          from public.lab_case c
         where c.clinic_id = app.clinic() and c.patient_id = side.giver;
    end if;
    with gone as (
        update public.lab_case c
           set patient_id = side.taker
          from public.patient_merge_move v
         where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'lab_case'
           and c.clinic_id = app.clinic() and c.id = v.row_id and c.patient_id = side.giver
        returning c.id
    )
    select coalesce(array_agg(gone.id), '{}') into moved from gone;
    update public.lab_case_step s set patient_id = side.taker where s.clinic_id = app.clinic() and s.case_id = any(moved);
end $$;
revoke execute on function app.move_lab_cases from public;
grant execute on function app.move_lab_cases to chairside_app;
