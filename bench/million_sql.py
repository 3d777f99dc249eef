"""The statements that make a million patients' worth of visits, claims and records; a superuser's, on a scratch database."""

FILLED = "('patient', 'appointment', 'appointment_item', 'claim', 'ledger_transaction', 'ledger_posting', 'charge')"
# Made when the rows are there: indexes that belong to no constraint, and the exclusion constraint of the claims.
INDEXES = f"""
    select indexdef from pg_indexes
     where schemaname = 'public' and tablename in {FILLED}
       and indexname not in (select conname from pg_constraint)
    union all
    select format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where contype = 'x' and conrelid::regclass::text in {FILLED}
"""
DROPS = f"""
    select format('drop index %I', indexname) from pg_indexes
     where schemaname = 'public' and tablename in {FILLED}
       and indexname not in (select conname from pg_constraint)
    union all
    select format('alter table %s drop constraint %I', conrelid::regclass, conname)
      from pg_constraint where contype = 'x' and conrelid::regclass::text in {FILLED}
"""
CLINICS = "create table bench_clinic (clinic_id uuid primary key, patients int, providers int)"
FURNISH = """
    create table bench_provider as
    select clinic_id, ordinal, uuidv7() as id, uuidv7() as operatory_id
      from bench_clinic, generate_series(0, providers - 1) as ordinal;
    insert into operatory (clinic_id, id, name, position) select clinic_id, operatory_id, 'Chair ' || ordinal + 1, ordinal
      from bench_provider where ordinal < 4;
    insert into provider (clinic_id, id, name, colour, active) select clinic_id, id, 'Dr. No. ' || ordinal + 1, ordinal % 8, ordinal < 4
      from bench_provider;
    insert into service (clinic_id, code, name, duration_minutes, price, currency) select clinic_id, 'check', 'Check-up', 30, 10000, 'USD'
      from bench_clinic;
    analyze bench_provider;
"""
PLAIN = ("register_number", "first_name", "middle_name", "last_name", "preferred_name", "birth_date", "sex", "note")
COPY = f"""
    copy patient (clinic_id, id, {", ".join(PLAIN)}, address, contacts, guarantor_id, archived_at, search, sort_key, created_at,
                  updated_at)
    from stdin
"""
# The n-th patient of a clinic has the visits n, n + patients, n + 2 patients, …; counted from the last, forty of the last day and
# then ten a day of each provider. One in fifty was cancelled and has no claims; one in four takes a chair as well.
APPOINTMENTS = """
    insert into appointment (clinic_id, patient_id, provider_id, operatory_id, service_id, starts_at, ends_at, status, created_at,
                             updated_at)
    select seat.clinic_id, patient_id, provider.id, case when n %% 4 = 0 and provider.ordinal < 4 then provider.operatory_id end,
           service.id, starts_at, starts_at + interval '30 minutes',
           case when starts_at > now() then 'scheduled' when n %% 50 = 7 then 'cancelled' else 'completed' end,
           least(now(), starts_at - interval '14 days'), least(now(), starts_at)
      from (select visit.*,
                   case when back < 40 then back %% 4 else (back - 40) %% providers end as ordinal,
                   %(day)s::date::timestamp at time zone 'UTC' + interval '8 hours'
                   - make_interval(days => case when back < 40 then 0 else 1 + (back - 40) / (10 * providers) end)
                   + make_interval(mins => 45 * (case when back < 40 then back / 4 else (back - 40) / providers %% 10 end)) as starts_at
              from (select clinic.clinic_id, clinic.providers, patient.id as patient_id, turn * clinic.patients + patient.nth as n,
                           5 * clinic.patients - 1 - turn * clinic.patients - patient.nth as back
                      from bench_clinic as clinic
                      join bench_patient as patient on patient.clinic_id = clinic.clinic_id,
                           generate_series(0, 4) as turn) as visit) as seat
      join bench_provider as provider on provider.clinic_id = seat.clinic_id and provider.ordinal = seat.ordinal
      join service on service.clinic_id = seat.clinic_id
     order by seat.starts_at
"""
STEPS = {
    "patients numbered": """
        create table bench_patient as
        select clinic_id, id, (row_number() over (partition by clinic_id order by id) - 1)::int as nth from patient;
        analyze bench_patient; analyze patient""",
    "appointments": APPOINTMENTS,
    "what is planned for them": """
        insert into appointment_item (clinic_id, appointment_id, patient_id, position, service_id, created_at)
        select clinic_id, id, patient_id, 1, service_id, created_at from appointment""",
    "claims": """
        insert into claim (clinic_id, resource_id, appointment_id, starts_at, ends_at, created_at)
        select appointment.clinic_id, place.resource_id, appointment.id, starts_at, ends_at, created_at
          from appointment, unnest(array[patient_id, provider_id, operatory_id]) as place (resource_id)
         where status <> 'cancelled' and place.resource_id is not null""",
    "opening balances": """
        create table bench_opening as
        select clinic_id, id as patient_id, uuidv7() as id, created_at, 1 + nth % 30000 as amount
          from bench_patient join patient using (clinic_id, id);
        insert into ledger_transaction (clinic_id, id, kind, patient_id, on_day, description, source, source_id, created_at)
        select clinic_id, id, 'opening_balance', patient_id, created_at::date, 'Brought forward', 'import', clinic_id, created_at
          from bench_opening;
        insert into ledger_posting (clinic_id, transaction_id, line, account, patient_id, amount, currency)
        select clinic_id, id, 1, 'receivable', patient_id, amount, 'USD' from bench_opening
        union all
        select clinic_id, id, 2, 'opening_balances', null, -amount, 'USD' from bench_opening;
        insert into charge (clinic_id, kind, transaction_id, patient_id, description, quantity, unit_price, amount, currency, on_day,
                            created_at)
        select clinic_id, 'opening_balance', id, patient_id, 'Brought forward', 1, amount, amount, 'USD', created_at::date, created_at
          from bench_opening;
        drop table bench_opening""",
    "read records of this month": """
        insert into audit_event (clinic_id, at, actor_id, actor_type, action, entity, entity_id, patient_id)
        select clinic_id, at, app.actor(), 'human', 'read', 'patient', id, id
          from bench_patient, lateral (select date_trunc('month', now()) + random() * (now() - date_trunc('month', now())) as at
                                         from generate_series(1, 2) where nth is not null) as looked""",
    "events of this month": """
        insert into event (clinic_id, at, name, facts)
        select clinic_id, date_trunc('month', now()) + random() * (now() - date_trunc('month', now())),
               'patients.patient_changed', jsonb_build_object('patient_id', id)
          from bench_patient""",
    "answers of these days": """
        insert into answer (clinic_id, route, key, asked, status, body, at)
        select clinic_id, 'POST /api/v1/clinics/x/appointments', id::text, sha256(uuid_send(id)), 201, decode(repeat('ab', 700), 'hex'),
               now() - random() * interval '3 days'
          from bench_patient where nth % 10 = 0""",
}  # fmt: skip
CHECKS = {
    "visits of nobody": """
        select count(*) from appointment as visit left join patient on patient.clinic_id = visit.clinic_id and patient.id = patient_id
         where patient.id is null""",
    "visits with nobody": """
        select count(*) from appointment as visit left join provider on provider.clinic_id = visit.clinic_id and provider.id = provider_id
         where provider.id is null""",
    "relatives of nobody": """
        select count(*) from patient left join patient as head on head.clinic_id = patient.clinic_id and head.id = patient.guarantor_id
         where patient.guarantor_id is not null and (head.id is null or head.guarantor_id is not null)""",
    "transactions that do not sum to zero": """
        select count(*) from (select from ledger_posting group by clinic_id, transaction_id having sum(amount) <> 0) as unequal""",
}  # fmt: skip
