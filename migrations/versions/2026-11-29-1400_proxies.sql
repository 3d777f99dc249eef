-- Who may act for a patient: parents and guardians, caregivers, whoever has a power of attorney. Many for one, one for many.

-- From that birthday on a patient speaks for themselves, and who acted for them because they were a child does so no more.
alter table clinic add column majority_age int not null default 18,
    add constraint clinic_majority_age_is_sensible check (majority_age between 12 and 25);

create table proxy (
    clinic_id        uuid not null default app.clinic() references clinic,
    id               uuid not null default uuidv7(),
    patient_id       uuid not null, -- for whom they act
    holder_id        uuid, -- who acts, when they are a patient here themselves
    name             text, -- who acts, when they are not
    phone            text,
    email            text,
    relationship     text not null,
    scopes           text[] not null,
    proof            text, -- what was shown: a birth certificate, a court's order, with its number
    starts_on        date not null,
    ends_on          date, -- the last day
    ends_at_majority boolean not null default false,
    revoked_at       timestamptz,
    revoked_by       uuid,
    created_at       timestamptz not null default transaction_timestamp(),
    created_by       uuid not null default app.actor(),
    updated_at       timestamptz not null default transaction_timestamp(),
    updated_by       uuid not null default app.actor(),
    version          int not null default 1,
    primary key (clinic_id, id),
    constraint proxy_is_somebody check ((holder_id is null) <> (name is null)),
    constraint proxy_is_another check (holder_id <> patient_id),
    constraint proxy_outsider_is_reached_elsewhere check (holder_id is null or (phone is null and email is null)),
    constraint proxy_relationship_is_known
        check (relationship in ('parent', 'guardian', 'spouse', 'child', 'relative', 'caregiver', 'attorney', 'other')),
    constraint proxy_scopes_are_known
        check (scopes <@ '{view_clinical,view_billing,schedule,message,manage}' and cardinality(scopes) > 0),
    constraint proxy_ends_after_it_starts check (ends_on >= starts_on),
    constraint proxy_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint proxy_holder_is_known foreign key (clinic_id, holder_id) references patient (clinic_id, id)
);
call app.fence('proxy');
call app.keep_to_team('proxy');
create unique index proxy_is_one on proxy (clinic_id, patient_id, holder_id) where revoked_at is null;
create index proxy_by_patient on proxy (clinic_id, patient_id);
create index proxy_by_holder on proxy (clinic_id, holder_id) where holder_id is not null;
create trigger patient_is_there after insert on proxy for each row execute function app.patient_is_there();

-- Both sides go along when two records become one: who acts for the duplicate, and for whom the duplicate acts. What the one that
-- stays has already stays with the duplicate, and so does what would make somebody act for themselves.
create function app.move_proxies(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side record;
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id, line)
        select merge, 'proxy', p.id, 0
          from public.proxy p
         where p.clinic_id = app.clinic()
           and p.patient_id = side.giver
           and p.holder_id is distinct from side.taker
           and not (p.revoked_at is null and exists (select from public.proxy other
                                                      where other.clinic_id = app.clinic()
                                                        and other.patient_id = side.taker
                                                        and other.holder_id = p.holder_id
                                                        and other.revoked_at is null))
         union all
        select merge, 'proxy', p.id, 1
          from public.proxy p
         where p.clinic_id = app.clinic()
           and p.holder_id = side.giver
           and p.patient_id <> side.taker
           and not (p.revoked_at is null and exists (select from public.proxy other
                                                      where other.clinic_id = app.clinic()
                                                        and other.holder_id = side.taker
                                                        and other.patient_id = p.patient_id
                                                        and other.revoked_at is null));
    end if;
    update public.proxy p
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'proxy' and v.line = 0
       and p.clinic_id = app.clinic() and p.id = v.row_id and p.patient_id = side.giver;
    update public.proxy p
       set holder_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'proxy' and v.line = 1
       and p.clinic_id = app.clinic() and p.id = v.row_id and p.holder_id = side.giver;
end $$;
revoke execute on function app.move_proxies from public;
grant execute on function app.move_proxies to chairside_app;
