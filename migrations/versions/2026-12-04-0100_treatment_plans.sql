-- Treatment plans: what is to be done, in phases, with alternatives; what was shown to the patient, frozen; what they accepted and
-- signed; and what was done of it, visit by visit, charged once.

-- When work of several visits is charged.
alter table clinic add column treatment_charging text not null default 'at_end',
    add constraint clinic_treatment_charging_is_known check (treatment_charging in ('at_start', 'at_end', 'by_share'));

create table treatment_plan (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    patient_id  uuid not null,
    title       text not null,
    archived_at timestamptz,
    archived_by uuid,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    updated_at  timestamptz not null default transaction_timestamp(),
    updated_by  uuid not null default app.actor(),
    version     int not null default 1, -- of what is planned: what becomes of an item is the item's own version
    primary key (clinic_id, id),
    constraint treatment_plan_archival_has_an_author check ((archived_at is null) = (archived_by is null)),
    constraint treatment_plan_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('treatment_plan', rights => 'select, insert, update');
call app.keep_to_team('treatment_plan');
create index treatment_plan_by_patient on treatment_plan (clinic_id, patient_id, id);
create trigger patient_is_there after insert on treatment_plan for each row execute function app.patient_is_there();

-- What was shown, as it was shown. `hash`: SHA-256 of it (chairside/treatment/rules/frozen.py); `of_patient_id`: whose record it was
-- in then, which a merge does not change. Never changed.
create table treatment_presentation (
    clinic_id     uuid not null default app.clinic() references clinic,
    id            uuid not null default uuidv7(),
    patient_id    uuid not null,
    plan_id       uuid not null,
    number        int not null,
    plan_version  int not null, -- the plan as it stood
    title         text not null,
    body          jsonb not null,
    currency      text not null,
    hash          bytea not null,
    of_patient_id uuid not null,
    created_at    timestamptz not null default transaction_timestamp(),
    created_by    uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint treatment_presentation_is_one unique (clinic_id, plan_id, number),
    constraint treatment_presentation_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint treatment_presentation_first_patient_is_known foreign key (clinic_id, of_patient_id) references patient (clinic_id, id),
    constraint treatment_presentation_plan_is_known foreign key (clinic_id, plan_id) references treatment_plan (clinic_id, id)
);
call app.fence('treatment_presentation', rights => 'select, insert');
call app.keep_to_team('treatment_presentation');
create trigger stays_as_written before update on treatment_presentation for each row execute function app.stays_as_written();

-- What the patient, or whoever answers for them, said of each item that was shown, and signed. Never changed.
create table treatment_acceptance (
    clinic_id       uuid not null default app.clinic() references clinic,
    id              uuid not null default uuidv7(),
    patient_id      uuid not null,
    plan_id         uuid not null,
    presentation_id uuid not null,
    signer_name     text not null,
    decisions       jsonb not null, -- by item: accepted or declined
    picture_hash    bytea not null,
    signed_at       timestamptz not null,
    hash            bytea not null,
    created_at      timestamptz not null default transaction_timestamp(),
    created_by      uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint treatment_acceptance_is_one unique (clinic_id, presentation_id),
    constraint treatment_acceptance_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint treatment_acceptance_plan_is_known foreign key (clinic_id, plan_id) references treatment_plan (clinic_id, id),
    constraint treatment_acceptance_presentation_is_known
        foreign key (clinic_id, presentation_id) references treatment_presentation (clinic_id, id)
);
call app.fence('treatment_acceptance', rights => 'select, insert');
call app.keep_to_team('treatment_acceptance');
create index treatment_acceptance_by_plan on treatment_acceptance (clinic_id, plan_id, id);
create trigger stays_as_written before update on treatment_acceptance for each row execute function app.stays_as_written();

-- How they signed, as a picture, encrypted.
create table treatment_signature (
    clinic_id     uuid not null default app.clinic() references clinic,
    acceptance_id uuid not null,
    sealed        bytea not null,
    primary key (clinic_id, acceptance_id),
    constraint treatment_signature_is_of_one
        foreign key (clinic_id, acceptance_id) references treatment_acceptance (clinic_id, id)
);
alter table treatment_signature alter column sealed set storage external;
call app.fence('treatment_signature', audited => false, rights => 'select, insert, update');

-- A procedure of the clinic's list, as it was called and cost when it was planned. Those with one `choice` are alternatives.
create table treatment_item (
    clinic_id            uuid not null default app.clinic() references clinic,
    id                   uuid not null default uuidv7(),
    patient_id           uuid not null,
    plan_id              uuid not null,
    phase                int not null,
    position             int not null,
    choice               uuid,
    procedure_id         uuid not null,
    procedure_version_id uuid not null,
    code                 text not null,
    name                 text not null,
    tooth                text, -- FDI
    through              text, -- the last of a row of teeth
    surfaces             text[] not null default '{}',
    quadrant             int,
    arch                 text,
    price                bigint not null, -- minor units of the currency
    currency             text not null,
    duration_minutes     int not null, -- of one visit
    visits               int not null default 1,
    note                 text,
    finding_id           uuid, -- the planned finding that is done with it
    status               text not null default 'proposed',
    acceptance_id        uuid,
    removed_at           timestamptz,
    removed_by           uuid,
    created_at           timestamptz not null default transaction_timestamp(),
    created_by           uuid not null default app.actor(),
    updated_at           timestamptz not null default transaction_timestamp(),
    updated_by           uuid not null default app.actor(),
    version              int not null default 1,
    primary key (clinic_id, id),
    constraint treatment_item_phase_is_sensible check (phase between 1 and 20),
    constraint treatment_item_price_is_not_negative check (price >= 0),
    constraint treatment_item_visits_are_sensible check (visits between 1 and 20),
    constraint treatment_item_arch_is_known check (arch in ('upper', 'lower')),
    constraint treatment_item_quadrant_is_known check (quadrant between 1 and 8),
    constraint treatment_item_surfaces_are_surfaces check (surfaces <@ '{M,O,I,D,B,F,L,B5,F5,L5}'),
    constraint treatment_item_status_is_known check (status in ('proposed', 'accepted', 'declined', 'in_progress', 'performed')),
    constraint treatment_item_is_decided_by_a_signature check ((status = 'proposed') = (acceptance_id is null)),
    constraint treatment_item_under_way_is_not_removed check (removed_at is null or status not in ('in_progress', 'performed')),
    constraint treatment_item_removal_has_an_author check ((removed_at is null) = (removed_by is null)),
    constraint treatment_item_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint treatment_item_plan_is_known foreign key (clinic_id, plan_id) references treatment_plan (clinic_id, id),
    constraint treatment_item_procedure_is_known foreign key (clinic_id, procedure_id) references procedure (clinic_id, id),
    constraint treatment_item_procedure_version_is_known
        foreign key (clinic_id, procedure_version_id) references procedure_version (clinic_id, id),
    constraint treatment_item_finding_is_known foreign key (clinic_id, finding_id) references finding (clinic_id, id),
    constraint treatment_item_acceptance_is_known foreign key (clinic_id, acceptance_id) references treatment_acceptance (clinic_id, id)
);
call app.fence('treatment_item', rights => 'select, insert, update');
call app.keep_to_team('treatment_item');
create index treatment_item_by_plan on treatment_item (clinic_id, plan_id, phase, position);
create index treatment_item_by_finding on treatment_item (clinic_id, finding_id) where finding_id is not null;
create index treatment_item_accepted on treatment_item (clinic_id, id)
    where status in ('accepted', 'in_progress') and removed_at is null;
-- Of alternatives one is accepted.
create unique index treatment_item_one_of_a_choice on treatment_item (clinic_id, choice)
    where choice is not null and removed_at is null and status in ('accepted', 'in_progress', 'performed');

-- For which visits an item was booked.
create table treatment_booking (
    clinic_id      uuid not null default app.clinic() references clinic,
    id             uuid not null default uuidv7(),
    patient_id     uuid not null,
    item_id        uuid not null,
    appointment_id uuid not null,
    created_at     timestamptz not null default transaction_timestamp(),
    created_by     uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint treatment_booking_is_one unique (clinic_id, item_id, appointment_id),
    constraint treatment_booking_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint treatment_booking_item_is_known foreign key (clinic_id, item_id) references treatment_item (clinic_id, id),
    constraint treatment_booking_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id)
);
call app.fence('treatment_booking', rights => 'select, insert');
call app.keep_to_team('treatment_booking');
create index treatment_booking_by_appointment on treatment_booking (clinic_id, appointment_id);

-- A visit's work on an item, done, and taken back where it was a mistake. `amount`: what was charged for it.
create table treatment_work (
    clinic_id      uuid not null default app.clinic() references clinic,
    id             uuid not null default uuidv7(),
    patient_id     uuid not null,
    item_id        uuid not null,
    number         int not null,
    last           boolean not null,
    appointment_id uuid,
    provider_id    uuid,
    done_on        date not null,
    amount         bigint not null,
    currency       text not null,
    charge_id      uuid,
    finding_id     uuid, -- the chart's, that says it is done
    undone_at      timestamptz,
    undone_by      uuid,
    created_at     timestamptz not null default transaction_timestamp(),
    created_by     uuid not null default app.actor(),
    version        int not null default 1,
    primary key (clinic_id, id),
    constraint treatment_work_amount_is_not_negative check (amount >= 0),
    constraint treatment_work_undoing_has_an_author check ((undone_at is null) = (undone_by is null)),
    constraint treatment_work_is_charged_once unique (clinic_id, charge_id),
    constraint treatment_work_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint treatment_work_item_is_known foreign key (clinic_id, item_id) references treatment_item (clinic_id, id),
    constraint treatment_work_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint treatment_work_provider_is_known foreign key (clinic_id, provider_id) references provider (clinic_id, id),
    constraint treatment_work_charge_is_known foreign key (clinic_id, charge_id) references charge (clinic_id, id),
    constraint treatment_work_finding_is_known foreign key (clinic_id, finding_id) references finding (clinic_id, id)
);
call app.fence('treatment_work', rights => 'select, insert');
grant update (charge_id, finding_id, undone_at, undone_by, version) on treatment_work to chairside_app;
call app.keep_to_team('treatment_work');
create index treatment_work_by_appointment on treatment_work (clinic_id, appointment_id) where appointment_id is not null;
-- Done once, whoever else was at it: each visit's work, the last of an item, and what one appointment did.
create unique index treatment_work_is_done_once on treatment_work (clinic_id, item_id, number) where undone_at is null;
create unique index treatment_work_ends_once on treatment_work (clinic_id, item_id) where undone_at is null and last;
create unique index treatment_work_of_a_visit_is_one on treatment_work (clinic_id, item_id, appointment_id) where undone_at is null;

-- A plan goes along with everything that hangs on it when two records become one, and comes back so.
create function app.move_plans(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side  record;
    moved uuid[];
    items uuid[];
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'treatment_plan', p.id
          from public.treatment_plan p
         where p.clinic_id = app.clinic() and p.patient_id = side.giver;
    end if;
    with gone as (
        update public.treatment_plan p
           set patient_id = side.taker
          from public.patient_merge_move v
         where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'treatment_plan'
           and p.clinic_id = app.clinic() and p.id = v.row_id and p.patient_id = side.giver
        returning p.id
    )
    select coalesce(array_agg(gone.id), '{}') into moved from gone;
    update public.treatment_presentation s set patient_id = side.taker where s.clinic_id = app.clinic() and s.plan_id = any(moved);
    update public.treatment_acceptance a set patient_id = side.taker where a.clinic_id = app.clinic() and a.plan_id = any(moved);
    with gone as (
        update public.treatment_item i set patient_id = side.taker
         where i.clinic_id = app.clinic() and i.plan_id = any(moved)
        returning i.id
    )
    select coalesce(array_agg(gone.id), '{}') into items from gone;
    update public.treatment_booking b set patient_id = side.taker where b.clinic_id = app.clinic() and b.item_id = any(items);
    update public.treatment_work w set patient_id = side.taker where w.clinic_id = app.clinic() and w.item_id = any(items);
end $$;
revoke execute on function app.move_plans from public;
grant execute on function app.move_plans to chairside_app;
