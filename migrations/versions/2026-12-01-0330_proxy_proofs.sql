-- What was shown for it that somebody acts for a patient, as a file: a birth certificate, a court's order. One counts at a time; of one
-- that was replaced or removed the row stays, and the bytes go.
create table proxy_proof (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    proxy_id   uuid not null,
    patient_id uuid not null,
    name       text not null,
    kind       text not null constraint proxy_proof_kind_is_known check (kind in ('application/pdf', 'image/jpeg', 'image/png')),
    size       int not null constraint proxy_proof_size_is_sensible check (size between 1 and 10485760),
    removed_at timestamptz,
    removed_by uuid,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    updated_at timestamptz not null default transaction_timestamp(),
    updated_by uuid not null default app.actor(),
    version    int not null default 1,
    primary key (clinic_id, id),
    constraint proxy_proof_proxy_is_known foreign key (clinic_id, proxy_id) references proxy (clinic_id, id),
    constraint proxy_proof_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('proxy_proof');
call app.keep_to_team('proxy_proof');
create unique index proxy_proof_is_one on proxy_proof (clinic_id, proxy_id) where removed_at is null;
create index proxy_proof_by_patient on proxy_proof (clinic_id, patient_id);
create trigger patient_is_there after insert on proxy_proof for each row execute function app.patient_is_there();

-- Its bytes, encrypted.
create table proxy_proof_file (
    clinic_id uuid not null default app.clinic() references clinic,
    proof_id  uuid not null,
    sealed    bytea not null,
    primary key (clinic_id, proof_id),
    constraint proxy_proof_file_proof_is_known foreign key (clinic_id, proof_id) references proxy_proof (clinic_id, id)
);
alter table proxy_proof_file alter column sealed set storage external;
call app.fence('proxy_proof_file', audited => false, rights => 'select, insert, delete');

create or replace function app.move_proxies(merge uuid, back boolean) returns void
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
    -- Files of what was shown go where their proxy goes.
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'proxy_proof', f.id
          from public.proxy_proof f
          join public.patient_merge_move v
            on v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'proxy' and v.line = 0 and v.row_id = f.proxy_id
         where f.clinic_id = app.clinic()
           and f.patient_id = side.giver;
    end if;
    update public.proxy_proof f
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'proxy_proof'
       and f.clinic_id = app.clinic() and f.id = v.row_id and f.patient_id = side.giver;
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
