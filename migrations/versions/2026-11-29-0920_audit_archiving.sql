-- For the job that puts old months of the audit away. The app's role owns no table and names no month: these do it, and only to
-- months that are older than six years (45 CFR 164.316(b)(2)(i)), whatever the worker was told. Younger ones go by an administrator's
-- command alone.
create function app.archived_before() returns date
    language sql stable
    set search_path = pg_catalog, pg_temp
    return (date_trunc('month', transaction_timestamp() at time zone 'UTC') - interval '6 years')::date;

-- A clinic's month lies in a file: noted when all of it is sealed here and a checkpoint closes it. False when it is not.
create function app.keep_archive(
        clinic uuid, month date, events bigint, last_seq bigint, digest bytea, at timestamptz, key_id text, signature bytea
    ) returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into public.audit_archive (clinic_id, month, events, last_seq, digest, at, key_id, signature)
    select keep_archive.clinic, keep_archive.month, there.events, there.last_seq, keep_archive.digest, keep_archive.at,
           keep_archive.key_id, keep_archive.signature
      from (select count(*) as events, count(s.seq) as sealed, max(s.seq) as last_seq
              from public.audit_event e
              left join public.audit_seal s on s.clinic_id = e.clinic_id and s.at = e.at and s.audit_id = e.id
             where e.clinic_id = keep_archive.clinic
               and e.at >= keep_archive.month::timestamp at time zone 'UTC'
               and e.at < (keep_archive.month + interval '1 month') at time zone 'UTC') there
     where keep_archive.month < app.archived_before()
       and there.events = keep_archive.events
       and there.sealed = there.events
       and there.last_seq = keep_archive.last_seq
       and exists (select from public.audit_checkpoint k
                    where k.clinic_id = keep_archive.clinic and k.seq >= there.last_seq);
    return found;
end $$;

-- The tables of a month go when every event in them lies in a noted file; else how many do not.
create function app.drop_archived_month(month date) returns bigint
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    set lock_timeout = '5s'
as $$
declare
    part text := to_char(month, '"audit_event_"YYYY_MM');
    waiting bigint;
begin
    if month <> date_trunc('month', month)::date or month >= app.archived_before() then
        raise exception 'months of the last six years stay' using errcode = 'check_violation', constraint = 'audit_month_is_old';
    end if;
    execute format('lock table public.%I in share row exclusive mode', part);
    execute format($q$
        select count(*)
          from public.%I e
         where not exists (select from public.audit_archive a where a.clinic_id = e.clinic_id and a.month = $1)
            or date_trunc('month', e.at at time zone 'UTC') <> $1
        $q$, part) into waiting using month;
    if waiting = 0 then
        execute format('drop table public.%I', part);
        execute format('drop table if exists public.%I', to_char(month, '"audit_value_"YYYY_MM'));
    end if;
    return waiting;
end $$;

revoke execute on function app.keep_archive, app.drop_archived_month from public;
grant execute on function app.keep_archive, app.drop_archived_month to chairside_app;
