-- Progress notes: drafts that their authors write in, and signed ones, which nobody changes any more; what is wrong in them is struck
-- through with a reason, or said in an addendum.

create table note (
    clinic_id      uuid not null default app.clinic() references clinic,
    id             uuid not null default uuidv7(),
    patient_id     uuid not null,
    author_id      uuid not null default app.actor(),
    appointment_id uuid,
    kind           text not null,
    title          text,
    body           text not null,
    editing_id     uuid not null, -- the sitting in which it was written in last: what another finds is kept as a version first
    cosigner_id    uuid, -- who is asked to sign it, too
    signed_at      timestamptz,
    cosigned_at    timestamptz,
    struck_at      timestamptz, -- it should never have stood here
    struck_by      uuid,
    strike_reason  text,
    search         tsvector not null, -- the words of title and body, folded in Python
    created_at     timestamptz not null default transaction_timestamp(),
    created_by     uuid not null default app.actor(),
    updated_at     timestamptz not null default transaction_timestamp(),
    updated_by     uuid not null default app.actor(),
    version        int not null default 1,
    primary key (clinic_id, id),
    constraint note_kind_is_known check (kind in ('progress', 'consultation', 'phone', 'other')),
    constraint note_is_not_too_long check (length(body) <= 50000),
    constraint note_strike_has_a_reason
        check ((struck_at is null) = (strike_reason is null) and (struck_at is null) = (struck_by is null)),
    constraint note_cosigner_is_another check (cosigner_id <> author_id),
    constraint note_cosigned_was_asked_for check (cosigned_at is null or (cosigner_id is not null and signed_at is not null)),
    constraint note_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint note_appointment_is_known foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
    constraint note_cosigner_is_known foreign key (clinic_id, cosigner_id) references membership (clinic_id, principal_id)
);
call app.fence('note', rights => 'select, insert');
grant update (author_id, appointment_id, kind, title, body, editing_id, cosigner_id, signed_at, cosigned_at, struck_at, struck_by,
              strike_reason, search, updated_at, updated_by, version) on note to chairside_app;
call app.keep_to_team('note');
create index note_by_patient on note (clinic_id, patient_id, id);
create index note_by_appointment on note (clinic_id, appointment_id) where appointment_id is not null;
create index note_unsigned on note (clinic_id, author_id, id) where signed_at is null and struck_at is null;
create index note_by_cosigner on note (clinic_id, cosigner_id, id) where cosigner_id is not null;
create index note_by_word on note using gin (clinic_id, search);
create trigger patient_is_there after insert on note for each row execute function app.patient_is_there();

-- Whoever asks, the owner too: a signed note says for ever what was signed.
create function app.note_stays_as_signed() returns trigger
    language plpgsql
as $$
begin
    if old.signed_at is not null
       and (new.author_id, new.appointment_id, new.kind, new.title, new.body, new.signed_at)
           is distinct from (old.author_id, old.appointment_id, old.kind, old.title, old.body, old.signed_at) then
        raise exception 'a signed note does not change'
            using errcode = 'check_violation', table = tg_table_name, constraint = 'note_stays_as_signed';
    end if;
    return new;
end $$;
create trigger stays_as_signed before update on note for each row execute function app.note_stays_as_signed();

-- Each text that was left behind, by hand, by signing, or by another sitting. Never changed.
create table note_version (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    patient_id uuid not null,
    note_id    uuid not null,
    number     int not null,
    why        text not null,
    kind       text not null,
    title      text,
    body       text not null,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint note_version_is_one unique (clinic_id, note_id, number),
    constraint note_version_why_is_known check (why in ('kept', 'left', 'handed_over', 'signed')),
    constraint note_version_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint note_version_note_is_known foreign key (clinic_id, note_id) references note (clinic_id, id)
);
call app.fence('note_version', rights => 'select, insert');
call app.keep_to_team('note_version');

-- `hash`: SHA-256 of exactly what was signed, by whom and when (chairside/notes/rules.py); `of_patient_id`: whose record it was in
-- then, which a merge does not change.
create table note_signature (
    clinic_id     uuid not null default app.clinic() references clinic,
    id            uuid not null default uuidv7(),
    patient_id    uuid not null,
    note_id       uuid not null,
    role          text not null,
    signer_id     uuid not null default app.actor(),
    signed_at     timestamptz not null,
    hash          bytea not null,
    of_patient_id uuid not null,
    created_at    timestamptz not null default transaction_timestamp(),
    created_by    uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint note_signature_is_one unique (clinic_id, note_id, role),
    constraint note_signature_role_is_known check (role in ('author', 'cosigner')),
    constraint note_signature_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint note_signature_first_patient_is_known foreign key (clinic_id, of_patient_id) references patient (clinic_id, id),
    constraint note_signature_note_is_known foreign key (clinic_id, note_id) references note (clinic_id, id)
);
call app.fence('note_signature', rights => 'select, insert');
call app.keep_to_team('note_signature');

-- What is said of a signed note afterwards; signed as it is written.
create table note_addendum (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    patient_id uuid not null,
    note_id    uuid not null,
    author_id  uuid not null default app.actor(),
    body       text not null,
    signed_at  timestamptz not null,
    hash       bytea not null,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint note_addendum_is_not_too_long check (length(body) <= 50000),
    constraint note_addendum_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint note_addendum_note_is_known foreign key (clinic_id, note_id) references note (clinic_id, id)
);
call app.fence('note_addendum', rights => 'select, insert');
call app.keep_to_team('note_addendum');
create index note_addendum_by_note on note_addendum (clinic_id, note_id, id);

-- Whose record it is in may change with a merge, and nothing else.
create function app.stays_as_written() returns trigger
    language plpgsql
as $$
begin
    if to_jsonb(new) - 'patient_id' <> to_jsonb(old) - 'patient_id' then
        raise exception 'what was signed or kept does not change' using errcode = 'check_violation', table = tg_table_name;
    end if;
    return new;
end $$;
create trigger stays_as_written before update on note_version for each row execute function app.stays_as_written();
create trigger stays_as_written before update on note_signature for each row execute function app.stays_as_written();
create trigger stays_as_written before update on note_addendum for each row execute function app.stays_as_written();

-- What a note begins with. `code`: the few letters after a slash that bring it.
create table note_template (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    code       text not null,
    name       text not null,
    kind       text not null,
    body       text not null,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    updated_at timestamptz not null default transaction_timestamp(),
    updated_by uuid not null default app.actor(),
    version    int not null default 1,
    primary key (clinic_id, id),
    constraint note_template_code_is_free unique (clinic_id, code),
    constraint note_template_kind_is_known check (kind in ('progress', 'consultation', 'phone', 'other'))
);
call app.fence('note_template', rights => 'select, insert, update, delete');

-- A short code and what it stands for: somebody's own, or the clinic's where it has no owner.
create table note_snippet (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    owner_id   uuid,
    code       text not null,
    body       text not null,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    updated_at timestamptz not null default transaction_timestamp(),
    updated_by uuid not null default app.actor(),
    version    int not null default 1,
    primary key (clinic_id, id),
    constraint note_snippet_code_is_free unique nulls not distinct (clinic_id, owner_id, code),
    constraint note_snippet_owner_is_known foreign key (clinic_id, owner_id) references membership (clinic_id, principal_id)
);
call app.fence('note_snippet', rights => 'select, insert, update, delete');

-- A note goes along with everything that hangs on it when two records become one, and comes back so.
create function app.move_notes(merge uuid, back boolean) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    side  record;
    moved uuid[];
begin
    select * into side from app.merge_sides(merge, back);
    if not back then
        insert into public.patient_merge_move (merge_id, table_name, row_id)
        select merge, 'note', n.id
          from public.note n
         where n.clinic_id = app.clinic() and n.patient_id = side.giver;
    end if;
    with gone as (
        update public.note n
           set patient_id = side.taker
          from public.patient_merge_move v
         where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'note'
           and n.clinic_id = app.clinic() and n.id = v.row_id and n.patient_id = side.giver
        returning n.id
    )
    select coalesce(array_agg(gone.id), '{}') into moved from gone;
    update public.note_version w set patient_id = side.taker where w.clinic_id = app.clinic() and w.note_id = any(moved);
    update public.note_signature s set patient_id = side.taker where s.clinic_id = app.clinic() and s.note_id = any(moved);
    update public.note_addendum a set patient_id = side.taker where a.clinic_id = app.clinic() and a.note_id = any(moved);
end $$;
revoke execute on function app.move_notes from public;
grant execute on function app.move_notes to chairside_app;

-- `@@` is not leakproof: under a policy its index is not used. The search role looks, the fence checks again.
grant create on schema app to chairside_search;
grant select (clinic_id, id, search) on note to chairside_search;
create policy search on note for select to chairside_search using (true);
set local role chairside_search;

-- Notes with all these words, the newest first, going on before an id. What is common is met soon when one walks back from the newest;
-- what is rare the index knows at once. Which of the two it is, a look at the newest tells; the planner cannot, since it does not know
-- of two words how often they meet. The index is asked for the rare words alone: the beginning of many words is a long list to read,
-- and whether a note has the common ones as well the note itself says.
create function app.find_notes(wanted tsquery, before uuid, most int) returns setof uuid
    language plpgsql stable security definer rows 50
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
    set max_parallel_workers_per_gather = 0
as $$
declare
    clinic    constant uuid := app.clinic();
    looked_at constant int := 300; -- notes, and in how many of them words are common ones
    common    constant int := 3;
    furthest  constant int := 6000;
    newest    tsvector[];
    found     uuid[];
    word      text;
    rare      tsquery;
begin
    select array_agg(near.search)
      into newest
      from (select n.search from public.note n where n.clinic_id = clinic and n.id < before order by n.id desc limit looked_at) as near;
    if (select count(*) from unnest(newest) as near (search) where near.search @@ wanted) >= least(most, common) then
        select array_agg(near.id order by near.id desc)
          into found
          from (select last.id
                  from (select n.id, n.search from public.note n where n.clinic_id = clinic and n.id < before
                         order by n.id desc limit furthest) as last
                 where last.search @@ wanted
                 limit most) as near;
        if cardinality(found) = most then
            return query select unnest(found);
            return;
        end if;
    end if;
    foreach word in array string_to_array(wanted::text, ' & ') loop
        if (select count(*) from unnest(newest) as near (search) where near.search @@ word::tsquery) < common then
            rare := case when rare is null then word::tsquery else rare && word::tsquery end;
        end if;
    end loop;
    return query
    select held.id
      from (select n.id, n.search from public.note n where n.clinic_id = clinic and n.search @@ coalesce(rare, wanted) offset 0) as held
     where held.id < before
       and held.search @@ wanted
     order by held.id desc
     limit most;
end $$;

revoke execute on function app.find_notes from public;
grant execute on function app.find_notes to chairside_app;

set local role chairside_owner;
revoke create on schema app from chairside_search;
