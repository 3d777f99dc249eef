-- In the order in which they are counted: two who sign in at once would otherwise each wait for what the other holds.

grant create on schema app to chairside_auth;
set local role chairside_auth;

create or replace function app.forget_guess(account bytea, network bytea, at timestamptz) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
    update public.guess set times = array_remove(times, at) where kind = 'account' and key = account;
    update public.guess set times = array_remove(times, at) where kind = 'network' and key = network;
    update public.guess set times = array_remove(times, at) where kind = 'everywhere' and key = '\x00'::bytea;
end;

set local role chairside_owner;
revoke create on schema app from chairside_auth;
