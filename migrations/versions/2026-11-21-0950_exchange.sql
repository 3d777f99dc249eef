-- Files that are brought in, what they say, and what became of it.

create table import (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    kind        text not null constraint import_kind_is_known check (kind in ('patients')),
    filename    text not null,
    size        bigint not null constraint import_size_is_not_negative check (size >= 0), -- announced, then received
    status      text not null default 'created' constraint import_status_is_known check (status in
                    ('created', 'uploaded', 'analysed', 'running', 'done', 'failed', 'undone')),
    corrections jsonb not null default '{}', -- what a person decided over the guesses
    summary     jsonb, -- counts, balances and reasons, of the dry run and then of the run; nothing that a cell says
    refusal     jsonb, -- why it failed: {code, detail, facts}
    undoing     jsonb, -- what became of it: {removed, kept: [{id, why}]}; ids only
    uploaded_at timestamptz,
    started_at  timestamptz,
    finished_at timestamptz,
    undone_at   timestamptz,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    updated_at  timestamptz not null default transaction_timestamp(),
    updated_by  uuid not null default app.actor(),
    version     int not null default 1,
    primary key (clinic_id, id)
);
call app.fence('import');
-- Two at once would each count the other's patients as new.
create unique index import_runs_alone on import (clinic_id) where status = 'running';

-- The file itself, a megabyte in a row, so that every process reaches it. Seven days after the import was last touched it goes.
create table import_chunk (
    clinic_id uuid not null default app.clinic() references clinic,
    import_id uuid not null,
    number    int not null,
    bytes     bytea not null,
    primary key (clinic_id, import_id, number),
    constraint import_chunk_import_is_known foreign key (clinic_id, import_id) references import (clinic_id, id)
);
alter table import_chunk alter column bytes set storage external; -- written once, read twice: not worth compressing
call app.fence('import_chunk', audited => false, rights => 'select, insert, delete');

-- What the file was found to say: by the dry run, then by the run. Quotes the file, and goes with it.
create table import_finding (
    clinic_id uuid not null default app.clinic() references clinic,
    import_id uuid not null,
    found     jsonb not null,
    read_on   date not null, -- two-digit years and days to come depend on it
    at        timestamptz not null default transaction_timestamp(),
    primary key (clinic_id, import_id),
    constraint import_finding_import_is_known foreign key (clinic_id, import_id) references import (clinic_id, id)
);
call app.fence('import_finding', audited => false, rights => 'select, insert, update, delete');

-- How far a run is. Written beside the run, whose own transaction nobody sees before it commits.
create table import_progress (
    clinic_id uuid not null default app.clinic() references clinic,
    import_id uuid not null,
    done      bigint not null,
    total     bigint not null,
    began_at  timestamptz,
    at        timestamptz not null default transaction_timestamp(),
    primary key (clinic_id, import_id),
    constraint import_progress_import_is_known foreign key (clinic_id, import_id) references import (clinic_id, id)
);
call app.fence('import_progress', audited => false);

-- The worker deletes old files in every clinic at once; the job that asks can do nothing else.
create function app.forget_import_files(older_than interval) returns bigint
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with old as (
        select import.clinic_id, import.id
          from public.import
         where import.status <> 'running'
           and import.updated_at < transaction_timestamp() - greatest(older_than, interval '7 days')
    ), quotes as (
        delete from public.import_finding using old
         where import_finding.clinic_id = old.clinic_id and import_finding.import_id = old.id
    ), gone as (
        delete from public.import_chunk using old
         where import_chunk.clinic_id = old.clinic_id and import_chunk.import_id = old.id
        returning 1
    )
    select count(*) from gone;
end;
revoke execute on function app.forget_import_files from public;
grant execute on function app.forget_import_files to chairside_app;

-- A register that was empty a minute ago has plans for an empty register, until autovacuum comes round: a whole file's worth of
-- patients is counted at once. Only an owner may; it takes no argument and shows nothing.
create function app.count_anew() returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    analyze public.patient, public.ledger_transaction, public.ledger_posting, public.charge, public.credit;
end $$;
revoke execute on function app.count_anew from public;
grant execute on function app.count_anew to chairside_app;
