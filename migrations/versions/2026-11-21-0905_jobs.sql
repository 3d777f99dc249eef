-- The queue. Its tables come from the pinned library; a new release of it needs a migration that runs the library's own
-- upgrade files, written so that a fresh database and an old one end alike.
-- Not fenced: the worker must see every clinic. It holds names and ids, never a fact about a patient.

grant select, insert, update, delete on procrastinate_workers, procrastinate_jobs, procrastinate_periodic_defers, procrastinate_events to chairside_app;
grant usage on all sequences in schema public to chairside_app;

-- NOTIFY takes a database-wide lock at commit; the worker polls instead.
do $$
declare
    noisy record;
begin
    for noisy in
        select tgname, tgrelid::regclass as tab
          from pg_trigger
         where not tgisinternal
           and tgrelid = 'procrastinate_jobs'::regclass
           and tgname like '%notify%'
    loop
        execute format('drop trigger %I on %s', noisy.tgname, noisy.tab);
    end loop;
end $$;
