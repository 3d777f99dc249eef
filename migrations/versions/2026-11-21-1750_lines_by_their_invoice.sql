-- The invoice of a line is looked up by its key, whatever the planner believes: asked for in the condition, "is it issued" made it
-- read every issued invoice of a clinic whose tables had not been analysed yet.
create or replace function app.invoice_line_issued_is_kept() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    issued timestamptz;
begin
    select invoice.issued_at into issued
      from public.invoice
     where invoice.clinic_id = coalesce(new.clinic_id, old.clinic_id)
       and invoice.id = coalesce(new.invoice_id, old.invoice_id);
    if issued is not null then
        raise exception 'the lines of an issued invoice stay as they are'
            using errcode = 'check_violation', constraint = 'invoice_line_issued_is_kept', table = 'invoice_line';
    end if;
    return coalesce(new, old);
end $$;
