-- An import that is undone by a job, register numbers promised to an import, and links that see who was removed.

alter table import drop constraint import_status_is_known;
alter table import add constraint import_status_is_known check (status in
    ('created', 'uploaded', 'analysed', 'running', 'done', 'failed', 'undoing', 'undone'));

-- One that comes in would count those who are just taken out by another as present.
drop index import_runs_alone;
create unique index import_works_alone on import (clinic_id) where status in ('running', 'undoing');

-- While a file comes in nobody else sees its patients: whoever is registered at the desk meanwhile gets a number above
-- these. It goes with the end of the run.
create table register_reservation (
    clinic_id uuid not null default app.clinic() references clinic,
    import_id uuid not null,
    up_to     bigint not null,
    at        timestamptz not null default transaction_timestamp(),
    primary key (clinic_id, import_id)
);
call app.fence('register_reservation', audited => false, rights => 'select, insert, update, delete');

-- A removed patient keeps the row, and so a foreign key alone is content with it. Whoever looks a patient up, and links to
-- them in the moment of their removal, waits at the foreign key for the lock of the remover; then this looks again, and what
-- lost the race is run again as a whole. Its name sorts behind the foreign key's own trigger, which therefore comes first.
create function app.patient_is_there() returns trigger
    language plpgsql
as $$
begin
    if exists (select from public.patient
                where patient.clinic_id = new.clinic_id
                  and patient.id = new.patient_id
                  and patient.deleted_at is not null) then
        raise exception 'the patient was removed meanwhile' using errcode = 'serialization_failure', table = tg_table_name;
    end if;
    return null;
end $$;

create function app.guarantor_is_there() returns trigger
    language plpgsql
as $$
begin
    if exists (select from public.patient
                where patient.clinic_id = new.clinic_id
                  and patient.id = new.guarantor_id
                  and patient.deleted_at is not null) then
        raise exception 'the guarantor was removed meanwhile' using errcode = 'serialization_failure', table = tg_table_name;
    end if;
    return null;
end $$;

create trigger patient_is_there after insert on appointment for each row execute function app.patient_is_there();
create trigger patient_is_there after insert on charge for each row execute function app.patient_is_there();
create trigger patient_is_there after insert on credit for each row execute function app.patient_is_there();
create trigger patient_is_there after insert on invoice for each row execute function app.patient_is_there();
create trigger patient_is_there after insert or update of guarantor_id on patient
    for each row when (new.guarantor_id is not null) execute function app.guarantor_is_there();
