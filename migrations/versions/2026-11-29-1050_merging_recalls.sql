-- Recalls and the waiting list go along when two records become one, and come back.

-- A recall for something that the other is called in for already stays with the duplicate, and so do the attempts for it: nobody is
-- called in twice.
create function app.move_recalls(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side record;
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'recall', r.id
          from public.recall r
         where r.clinic_id = app.clinic()
           and r.patient_id = side.giver
           and not (r.closed_at is null and exists (select from public.recall other
                                                     where other.clinic_id = app.clinic()
                                                       and other.patient_id = side.taker
                                                       and other.type_id = r.type_id
                                                       and other.closed_at is null));
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'recall_attempt', a.id
          from public.patient_merge_move v
          join public.recall_attempt a on a.clinic_id = v.clinic_id and a.recall_id = v.row_id
         where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'recall'
         union all
        select merge, 'waitlist_entry', e.id
          from public.waitlist_entry e where e.clinic_id = app.clinic() and e.patient_id = side.giver
         union all
        select merge, 'waitlist_provider', p.id
          from public.waitlist_entry e
          join public.waitlist_provider p on p.clinic_id = e.clinic_id and p.entry_id = e.id
         where e.clinic_id = app.clinic() and e.patient_id = side.giver;
    end if;
    update public.recall r
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'recall'
       and r.clinic_id = app.clinic() and r.id = v.row_id and r.patient_id = side.giver;
    -- Back also what was tried since for a recall that goes back, and whom they wait for since.
    update public.recall_attempt a
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'recall'
       and a.clinic_id = app.clinic() and a.recall_id = v.row_id and a.patient_id = side.giver;
    update public.waitlist_entry e
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'waitlist_entry'
       and e.clinic_id = app.clinic() and e.id = v.row_id and e.patient_id = side.giver;
    update public.waitlist_provider p
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'waitlist_entry'
       and p.clinic_id = app.clinic() and p.entry_id = v.row_id and p.patient_id = side.giver;
end $$;
revoke execute on function app.move_recalls from public;
grant execute on function app.move_recalls to chairside_app;
