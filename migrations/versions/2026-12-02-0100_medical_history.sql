-- What a patient's body brings along: allergies, medications, conditions, a pregnancy, what they take before treatment. Nothing of it
-- is erased: it ends, or is struck through with a reason. Every change and every review makes a version of the whole.

-- After so many months it is looked through with the patient anew; never asked for where none.
alter table clinic add column history_review_months int default 12,
    add constraint clinic_history_review_is_sensible check (history_review_months between 1 and 60);

-- One per patient, from the first word on. `none_of`: what was asked for, and there is none of it; what is neither there nor in it was
-- not asked yet. `version` counts the versions of the whole.
create table medical_history (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    patient_id  uuid not null,
    none_of     text[] not null default '{}',
    reviewed_at timestamptz,
    reviewed_by uuid,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    updated_at  timestamptz not null default transaction_timestamp(),
    updated_by  uuid not null default app.actor(),
    version     int not null default 0,
    primary key (clinic_id, id),
    constraint medical_history_is_one unique (clinic_id, patient_id),
    constraint medical_history_none_of_is_known check (none_of <@ '{allergy,medication,condition,pregnancy,premedication}'),
    constraint medical_history_review_has_an_author check ((reviewed_at is null) = (reviewed_by is null)),
    constraint medical_history_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('medical_history', rights => 'select, insert, update');
call app.keep_to_team('medical_history');
create trigger patient_is_there after insert on medical_history for each row execute function app.patient_is_there();

create table history_entry (
    clinic_id     uuid not null default app.clinic() references clinic,
    id            uuid not null default uuidv7(),
    patient_id    uuid not null,
    kind          text not null,
    name          text, -- the drug, the substance, the condition, or what is taken before treatment; of a pregnancy none
    code_system   text, -- of whatever terminology the clinic has a licence for: which, and its code
    code          text,
    severity      text, -- of an allergy, where it is known
    reaction      text,
    dose          text,
    anticoagulant boolean not null default false, -- a medication that thins the blood
    controlled    boolean, -- of a condition, where it is known
    reason        text, -- why something is taken before treatment
    due_on        date, -- of a pregnancy
    since         text, -- a year, a month or a day: 2019, 2019-05, 2019-05-03
    until         text,
    note          text,
    ended_at      timestamptz, -- somebody said that it is over
    ended_by      uuid,
    end_reason    text,
    struck_at     timestamptz, -- it should never have stood here
    struck_by     uuid,
    strike_reason text,
    created_at    timestamptz not null default transaction_timestamp(),
    created_by    uuid not null default app.actor(),
    updated_at    timestamptz not null default transaction_timestamp(),
    updated_by    uuid not null default app.actor(),
    version       int not null default 1,
    primary key (clinic_id, id),
    constraint history_entry_kind_is_known check (kind in ('allergy', 'medication', 'condition', 'pregnancy', 'premedication')),
    constraint history_entry_has_a_name check ((name is null) = (kind = 'pregnancy')),
    constraint history_entry_code_has_a_system check ((code is null) = (code_system is null)),
    constraint history_entry_severity_is_known check (severity in ('mild', 'moderate', 'severe', 'life_threatening')),
    constraint history_entry_severity_is_an_allergys check (kind = 'allergy' or (severity is null and reaction is null)),
    constraint history_entry_dose_is_a_drugs check (kind in ('medication', 'premedication') or dose is null),
    constraint history_entry_anticoagulant_is_a_medication check (kind = 'medication' or not anticoagulant),
    constraint history_entry_control_is_of_a_condition check (kind = 'condition' or controlled is null),
    constraint history_entry_premedication_has_a_reason check ((reason is null) = (kind <> 'premedication')),
    constraint history_entry_due_day_is_a_pregnancys check (kind = 'pregnancy' or due_on is null),
    constraint history_entry_since_is_a_date check (since ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'),
    constraint history_entry_until_is_a_date check (until ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'),
    constraint history_entry_runs_forward check (left(until, least(length(since), length(until))) >= left(since, least(length(since), length(until)))),
    constraint history_entry_end_has_an_author check ((ended_at is null) = (ended_by is null)),
    constraint history_entry_strike_has_a_reason check ((struck_at is null) = (strike_reason is null)),
    constraint history_entry_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('history_entry', rights => 'select, insert, update');
call app.keep_to_team('history_entry');
create index history_entry_by_patient on history_entry (clinic_id, patient_id, id);
create trigger patient_is_there after insert on history_entry for each row execute function app.patient_is_there();

-- The whole as it stood after a change or a review, who made it so and why. Never changed.
create table history_version (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    patient_id  uuid not null,
    number      int not null,
    why         text not null,
    none_of     text[] not null,
    entries     jsonb not null,
    reviewed_at timestamptz,
    reviewed_by uuid,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint history_version_is_one unique (clinic_id, patient_id, number),
    constraint history_version_why_is_known
        check (why in ('added', 'changed', 'ended', 'resumed', 'struck', 'restored', 'none', 'asked', 'reviewed', 'merged')),
    constraint history_version_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('history_version', rights => 'select, insert');
call app.keep_to_team('history_version');

-- Entries go along when two records become one, and come back, also what was done to them since. The versions stay what they were: of
-- each record the whole is written down anew afterwards.
create function app.move_history(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side record;
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'history_entry', e.id
          from public.history_entry e
         where e.clinic_id = app.clinic() and e.patient_id = side.giver;
    end if;
    update public.history_entry e
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'history_entry'
       and e.clinic_id = app.clinic() and e.id = v.row_id and e.patient_id = side.giver;
end $$;
revoke execute on function app.move_history from public;
grant execute on function app.move_history to chairside_app;
