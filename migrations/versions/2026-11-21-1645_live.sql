-- Live updates: each app process reads, for its open streams, what was recorded since it last looked.

-- What is new is found by transaction, not by time: one that began early may commit late.
create index event_by_transaction on event (txid);

-- Reads that follow from somebody else's change, not from what a person asked for, say so.
alter table audit_event alter column context set default nullif(current_setting('app.context', true), '');

grant usage, create on schema app to chairside_tailer, chairside_auth;
grant select on event to chairside_tailer;
create policy tailer on event for select to chairside_tailer using (true);

set local role chairside_tailer;

-- The events that a snapshot did not see and this statement does, of one clinic or of all, in the order in which they were
-- written; and on every row what this statement sees, to go on from. When there is none, one row without an event.
-- Months that are over are not looked at: no transaction lasts two days.
create function app.news(since pg_snapshot, clinic uuid, most int)
    returns table (seen pg_snapshot, clinic_id uuid, id uuid, txid xid8, at timestamptz, actor_id uuid, name text, facts jsonb)
    language sql stable security definer rows 10
    set search_path = pg_catalog, pg_temp
begin atomic
    select pg_current_snapshot(), new.clinic_id, new.id, new.txid, new.at, new.actor_id, new.name, new.facts
      from (select) as always
      left join lateral (
            select recent.clinic_id, recent.id, recent.txid, recent.at, recent.actor_id, recent.name, recent.facts
              from (select begun.*
                      from public.event as begun
                     where begun.txid >= pg_snapshot_xmax(since)
                    union all
                    select running.*
                      from public.event as running
                     where running.txid = any(array(select pg_snapshot_xip(since)))
                   ) as recent
             where recent.at > transaction_timestamp() - interval '2 days'
               and recent.at < transaction_timestamp() + interval '1 day'
               and (news.clinic is null or recent.clinic_id = news.clinic)
             order by recent.id
             limit most
           ) as new on true;
end;

set local role chairside_auth;

-- Of those who listen, as (session, clinic): who still may, by their place in the lists, and what they may hear of. It does not
-- move the idle clock.
create function app.still_there(sessions uuid[], clinics uuid[])
    returns table (place int, grants text)
    language sql stable security definer rows 100
    set search_path = pg_catalog, pg_temp
begin atomic
    select asked.place::int,
           (select string_agg(r.grants, ' ')
              from public.membership_role mr
              join public.role r on r.clinic_id = mr.clinic_id and r.slug = mr.role_slug
             where mr.clinic_id = m.clinic_id and mr.principal_id = m.principal_id)
      from unnest(sessions, clinics) with ordinality as asked (session_id, clinic_id, place)
      join public.session s on s.id = asked.session_id
      join public.principal p on p.id = s.principal_id and p.suspended_at is null
      join public.clinic c on c.id = asked.clinic_id and c.deleted_at is null
      join public.membership m on m.clinic_id = c.id and m.principal_id = s.principal_id and m.suspended_at is null
     where s.revoked_at is null
       and s.ends_at > clock_timestamp()
       and s.idle_ends_at > clock_timestamp();
end;

revoke execute on function app.still_there from public;
grant execute on function app.still_there to chairside_app;

set local role chairside_tailer;
revoke execute on function app.news from public;
grant execute on function app.news to chairside_app;

set local role chairside_owner;
revoke create on schema app from chairside_tailer, chairside_auth;
