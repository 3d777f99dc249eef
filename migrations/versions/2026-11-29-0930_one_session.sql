-- Whose session an id is, if it is open and of somebody who works in the clinic that the transaction is fenced to.

grant create on schema app to chairside_auth;
set local role chairside_auth;

create function app.find_clinic_session(wanted uuid) returns uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select s.principal_id
      from public.session s
      join public.membership m on m.clinic_id = app.clinic() and m.principal_id = s.principal_id
     where s.id = wanted
       and s.revoked_at is null and s.ends_at > clock_timestamp() and s.idle_ends_at > clock_timestamp();
end;
revoke execute on function app.find_clinic_session from public;
grant execute on function app.find_clinic_session to chairside_app;

set local role chairside_owner;
revoke create on schema app from chairside_auth;
