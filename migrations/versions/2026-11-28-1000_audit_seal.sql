-- The audit, sealed: each clinic's rows in one gapless order, each bound to the one before it; and now and then signed.

-- Rows are found by their transaction: one that began early may commit late.
create index audit_event_by_transaction on audit_event (txid);

-- Lists name the patients in them: who is in one is asked rarely, by a person, and written often, so the index is lazy. `@>` is not
-- leakproof, so it is reached through app.audit_about.
create index audit_event_by_patients on audit_event using gin (patient_ids) where patient_ids is not null;

-- The app says what happened, never when.
revoke insert on audit_event, audit_value from chairside_app;
grant insert (clinic_id, id, actor_id, actor_type, on_behalf_of, session_id, request_id, ip, purpose, context, break_glass_id,
    impersonation_id, action, entity, entity_id, patient_id, patient_ids, outcome, changed_fields, values_digest)
    on audit_event to chairside_app;
grant insert (clinic_id, audit_id, salt, old, new) on audit_value to chairside_app;

-- Not cut by month: seals stay when a month of events goes to the archive, and only one table can promise one order.
create table audit_seal (
    clinic_id uuid not null,
    seq       bigint not null constraint audit_seal_begins_with_one check (seq > 0),
    audit_id  uuid not null,
    at        timestamptz not null, -- of the event: its place among the months
    digest    bytea not null, -- SHA-256 of the fact
    hash      bytea not null, -- SHA-256 of the hash before it, its own number and its digest
    primary key (clinic_id, seq),
    constraint audit_event_is_sealed_once unique (clinic_id, at, audit_id)
);
call app.fence('audit_seal', audited => false, rights => 'select');

create table audit_checkpoint (
    clinic_id uuid not null,
    number    bigint not null,
    kind      text not null constraint audit_checkpoint_is_of_a_kind check (kind in ('signed', 'restored')),
    seq       bigint not null,
    hash      bytea not null,
    at        timestamptz not null,
    key_id    text not null,
    signature bytea not null,
    primary key (clinic_id, number)
);
call app.fence('audit_checkpoint', audited => false, rights => 'select');
create index audit_checkpoint_by_place on audit_checkpoint (clinic_id, seq);

-- Everything of an earlier transaction is sealed. One row.
create table audit_horizon (
    one     boolean primary key default true check (one),
    horizon xid8 not null
);
insert into audit_horizon (horizon) values ('0');
grant select on audit_horizon to chairside_app;

-- What looking through a chain found.
create table audit_verification (
    clinic_id uuid not null default app.clinic() references clinic,
    id        uuid not null default uuidv7(),
    at        timestamptz not null default transaction_timestamp(),
    seq       bigint not null, -- up to here all is well
    sealed_at timestamptz, -- when the last event that is well happened
    problem   text, -- none: all is well
    problem_seq bigint,
    problem_id uuid,
    primary key (clinic_id, id)
);
call app.fence('audit_verification', audited => false, rights => 'select, insert');

-- A month whose events lie elsewhere, in one file. Written by the command that puts them there.
create table audit_archive (
    clinic_id uuid not null references clinic,
    month     date not null,
    events    bigint not null,
    last_seq  bigint not null,
    digest    bytea not null, -- SHA-256 of the file
    at        timestamptz not null,
    key_id    text not null,
    signature bytea not null,
    primary key (clinic_id, month)
);
call app.fence('audit_archive', audited => false, rights => 'select');

-- One way to write a fact down, independent of any setting: each value as text behind its length, in this order; a value that
-- is absent has none. A change of it is a new form, never this one.
create function app.fact(e audit_event) returns text
    language sql stable parallel safe
    return concat_ws(',', '1',
        concat(octet_length(e.clinic_id::text), ':', e.clinic_id::text),
        concat(octet_length(e.id::text), ':', e.id::text),
        concat(octet_length(((extract(epoch from e.at) * 1000000)::bigint)::text), ':', (extract(epoch from e.at) * 1000000)::bigint),
        concat(octet_length(e.actor_id::text), ':', e.actor_id::text),
        concat(octet_length(e.actor_type), ':', e.actor_type),
        concat(octet_length(e.on_behalf_of::text), ':', e.on_behalf_of::text),
        concat(octet_length(e.session_id::text), ':', e.session_id::text),
        concat(octet_length(e.request_id), ':', e.request_id),
        concat(octet_length(e.ip::text), ':', e.ip::text),
        concat(octet_length(e.purpose), ':', e.purpose),
        concat(octet_length(e.context), ':', e.context),
        concat(octet_length(e.break_glass_id::text), ':', e.break_glass_id::text),
        concat(octet_length(e.impersonation_id::text), ':', e.impersonation_id::text),
        concat(octet_length(e.action), ':', e.action),
        concat(octet_length(e.entity), ':', e.entity),
        concat(octet_length(e.entity_id::text), ':', e.entity_id::text),
        concat(octet_length(e.patient_id::text), ':', e.patient_id::text),
        concat(octet_length(e.patient_ids::text), ':', e.patient_ids::text),
        concat(octet_length(e.outcome), ':', e.outcome),
        concat(octet_length(e.changed_fields::text), ':', e.changed_fields::text),
        concat(octet_length(encode(e.values_digest, 'hex')), ':', encode(e.values_digest, 'hex')),
        concat(octet_length(e.txid::text), ':', e.txid::text));

create function app.linked(before bytea, start bytea, seq bigint, digest bytea) returns bytea
    language plpgsql immutable parallel safe
as $$ begin return sha256(coalesce(before, start) || int8send(seq) || digest); end $$;
create aggregate app.chain(start bytea, seq bigint, digest bytea) (sfunc = app.linked, stype = bytea);

grant usage, create on schema app to chairside_sealer;
grant select on audit_event, audit_verification to chairside_sealer;
grant select, insert on audit_seal, audit_checkpoint to chairside_sealer;
grant select, update on audit_horizon to chairside_sealer;
grant select (id, slug) on clinic to chairside_sealer;
create policy sealer on audit_event for select to chairside_sealer using (true);
create policy sealer on audit_verification for select to chairside_sealer using (true);
create policy sealer on audit_seal to chairside_sealer using (true) with check (true);
create policy sealer on audit_checkpoint to chairside_sealer using (true) with check (true);
create policy sealer on clinic for select to chairside_sealer using (true);

set local role chairside_sealer;

-- Seals at least `most` rows if so many wait, whole transactions, of those that are over and before which none runs any more.
-- No row when another one seals. Hashes are made here: whoever may call this cannot choose them.
create function app.seal(most int) returns table (sealed bigint, more boolean)
    language plpgsql volatile security definer rows 1
    set search_path = pg_catalog, pg_temp
    set jit = off
as $$
#variable_conflict use_column
declare
    safe  xid8;
    since xid8;
    until xid8;
    found int;
    leftover boolean := false;
begin
    if not pg_try_advisory_xact_lock(7246002) then
        return;
    end if;
    safe := pg_snapshot_xmin(pg_current_snapshot());
    select horizon into since from public.audit_horizon;
    if safe < since then
        -- Restored on a server that counts its transactions anew. What was not sealed yet has come with the backup; what is
        -- new begins with small numbers, among rows that are sealed.
        leftover := true;
        until := '18446744073709551615';
        more := true;
    else
        select count(*), max(t.txid) into found, until
          from (select e.txid from public.audit_event e where e.txid >= since and e.txid < safe order by e.txid limit most) t;
        more := found = most;
        until := case when more then ((until::text::numeric + 1)::text)::xid8 else safe end;
    end if;
    with fresh as materialized (
        select e.clinic_id, e.at, e.id, e.txid, sha256(convert_to(app.fact(e), 'UTF8')) as digest
          from public.audit_event e
          left join lateral (
                select true as is_sealed
                  from public.audit_seal s
                 where s.clinic_id = e.clinic_id and s.at = e.at and s.audit_id = e.id
                 limit 1
               ) already on true
         where e.txid >= since
           and e.txid < until
           and already.is_sealed is null
    ), head as materialized (
        select c.clinic_id, coalesce(last.seq, 0) as seq, coalesce(last.hash, sha256(uuid_send(c.clinic_id))) as hash
          from (select distinct clinic_id from fresh) c
          left join lateral (
                select s.seq, s.hash from public.audit_seal s where s.clinic_id = c.clinic_id order by s.seq desc limit 1
               ) last on true
    ), placed as (
        select f.clinic_id, f.at, f.id, f.digest, h.hash,
               h.seq + row_number() over (partition by f.clinic_id order by f.txid, f.at, f.id) as seq
          from fresh f
          join head h on h.clinic_id = f.clinic_id
    )
    insert into public.audit_seal (clinic_id, seq, audit_id, at, digest, hash)
    select p.clinic_id, p.seq, p.id, p.at, p.digest,
           app.chain(p.hash, p.seq, p.digest) over (partition by p.clinic_id order by p.seq rows unbounded preceding)
      from placed p;
    get diagnostics sealed = row_count;
    until := case when leftover then '0'::xid8 else until end;
    if until <> since then
        update public.audit_horizon set horizon = until;
    end if;
    return next;
end $$;

-- Where chains end and nobody has signed yet; none while another one signs, for as long as this transaction lasts.
create function app.unsigned_heads(most int) returns table (clinic_id uuid, number bigint, seq bigint, hash bytea)
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select c.id, coalesce(kept.number, 0) + 1, head.seq, head.hash
      from (select pg_try_advisory_xact_lock(7246003) as ours) lock
      join public.clinic c on lock.ours
      join lateral (
            select s.seq, s.hash from public.audit_seal s where s.clinic_id = c.id order by s.seq desc limit 1
           ) head on true
      left join lateral (
            select k.number, k.seq from public.audit_checkpoint k where k.clinic_id = c.id order by k.number desc limit 1
           ) kept on true
     where kept.seq is distinct from head.seq
     order by c.id
     limit most;
end;

-- A signed checkpoint, of a place in a chain that is there.
create function app.keep_checkpoint(
        clinic uuid, number bigint, kind text, seq bigint, hash bytea, at timestamptz, key_id text, signature bytea
    ) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    insert into public.audit_checkpoint (clinic_id, number, kind, seq, hash, at, key_id, signature)
    select s.clinic_id, keep_checkpoint.number, keep_checkpoint.kind, s.seq, s.hash, keep_checkpoint.at, keep_checkpoint.key_id,
           keep_checkpoint.signature
      from public.audit_seal s
     where s.clinic_id = keep_checkpoint.clinic
       and s.seq = keep_checkpoint.seq
       and s.hash = keep_checkpoint.hash;
end;

create function app.sealed_clinics() returns table (id uuid, slug text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select c.id, c.slug from public.clinic c order by c.slug;
end;

-- For the metrics: how much waits to be sealed (at most 100,000 are counted) and since when; how many chains are not well, and
-- since when one was not looked through. No clinic is named.
create function app.sealing(out unsealed bigint, out oldest_seconds float8, out broken bigint, out verified_seconds float8)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select waiting.many, waiting.seconds, chains.broken, chains.seconds
      from (select count(*) as many, coalesce(extract(epoch from clock_timestamp() - min(w.at)), 0)::float8 as seconds
              from (select e.at
                      from public.audit_event e
                     where e.txid >= (select h.horizon from public.audit_horizon h)
                     order by e.txid
                     limit 100000) w) waiting,
           (select count(*) filter (where last.problem is not null) as broken,
                   coalesce(extract(epoch from clock_timestamp() - min(last.at)), 0)::float8 as seconds
              from public.clinic c
              join lateral (
                    select v.problem, v.at from public.audit_verification v where v.clinic_id = c.id order by v.id desc limit 1
                   ) last on true) chains;
end;

-- Every row of the clinic that is about a patient or names them in a list, within a time.
create function app.audit_about(patient uuid, since timestamptz, until timestamptz) returns table (at timestamptz, id uuid)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select e.at, e.id
      from public.audit_event e
     where e.clinic_id = app.clinic()
       and e.patient_id = audit_about.patient
       and e.at >= since
       and e.at < until
     union
    select e.at, e.id
      from public.audit_event e
     where e.clinic_id = app.clinic()
       and e.patient_ids @> array[audit_about.patient]
       and e.patient_ids is not null
       and e.at >= since
       and e.at < until;
end;

revoke execute on function app.audit_about, app.seal, app.unsigned_heads, app.keep_checkpoint, app.sealed_clinics, app.sealing from public;
grant execute on function app.audit_about, app.seal, app.unsigned_heads, app.keep_checkpoint, app.sealed_clinics, app.sealing to chairside_app;

set local role chairside_owner;
revoke create on schema app from chairside_sealer;
-- Before and after of a change may be read, behind the same fence as the rows they were.
grant select on audit_value to chairside_app;
