-- A letter whose job failed every time before the letter itself could say so (the database went away, a worker of another release)
-- waits and has no job. It gets another one; done twice, or for a letter that went meanwhile, it harms nothing.

create index message_waiting on message (updated_at) where status in ('queued', 'sending');

create function app.queue_letters_again(older_than interval) returns bigint
    language sql volatile security definer
    set search_path = pg_catalog, public, pg_temp -- the library's own functions name its tables without a schema
begin atomic
    select count(public.procrastinate_defer_jobs_v1(array[
               row('default', 'messaging.send_the_letter', 0, null, null,
                   jsonb_build_object('clinic', e.clinic_id, 'event', e.id, 'at', e.at), null
               )::public.procrastinate_job_to_defer_v1]))
      from public.message m
      join public.event e
        on e.clinic_id = m.clinic_id
       and e.at = m.created_at -- of one transaction
       and e.name = 'messaging.message_queued'
       and e.facts ->> 'message_id' = m.id::text
     where m.status in ('queued', 'sending')
       and m.updated_at < clock_timestamp() - older_than
       and not exists (
           select from public.procrastinate_jobs j
            where j.task_name = 'messaging.send_the_letter'
              and j.status in ('todo', 'doing')
              and j.args ->> 'event' = e.id::text);
end;
revoke execute on function app.queue_letters_again from public;
grant execute on function app.queue_letters_again to chairside_app;
