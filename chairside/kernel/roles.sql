-- Roles belong to the cluster, not to one database: an administrator runs this, again without harm.
do $$
declare
    role text;
begin
    foreach role in array array['chairside_owner', 'chairside_app', 'chairside_auth', 'chairside_search', 'chairside_sealer', 'chairside_tailer']
    loop
        if to_regrole(role) is null then
            execute format('create role %I nologin', role);
        end if;
    end loop;
end $$;

alter role chairside_app login;
-- Whatever the server's own settings: instants are shown in UTC, and nothing of ours waits for ever.
alter role chairside_app set timezone = 'UTC';
alter role chairside_app set statement_timeout = '20s';
alter role chairside_app set lock_timeout = '10s';
alter role chairside_app set idle_in_transaction_session_timeout = '60s';
-- The owner may hand a function to a narrow role; it does not inherit that role's rights.
grant chairside_auth, chairside_search, chairside_sealer, chairside_tailer to chairside_owner with inherit false, set true;
-- An administrator who is no superuser acts as the owner only where it says so.
grant chairside_owner to current_user with inherit false, set true;
