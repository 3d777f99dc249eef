-- A register of hundreds of thousands: what is asked at the desk is answered from an index, however common the name and in
-- whatever script.

-- The archived are few, and listed by name.
create index patient_archived on patient (clinic_id, sort_key, id) where archived_at is not null and deleted_at is null;

-- Numbers that were counted up to, and no others: behind the fence a condition on what is computed uses no index.
create index patient_by_counted_number on patient (
    clinic_id, (case when register_number ~ '^[0-9]{1,12}$' then register_number::bigint end) desc
) where register_number ~ '^[0-9]{1,12}$';
drop index patient_by_number;

-- Trigrams are made of letters, and a database whose character type is C (the embedded one, on every platform) knows only those of
-- English: other scripts had none, and whoever looked for a Greek name read the whole clinic. So `search` spells them, μ as DLM: the
-- hexadecimal digits of their code as capitals, which a folded name never has. From now on Python does (rules.spell); here what is
-- there already. Nobody's facts change, so nothing goes into the audit.
create function app.spell(words text) returns text
    language sql immutable
    return (select string_agg(case when ascii(letter) < 128 then letter
                                   else translate(to_hex(ascii(letter)), '0123456789abcdef', 'ABCDEFGHIJKLMNOP') end, '' order by place)
              from unnest(string_to_array(words, null)) with ordinality as spelled (letter, place));
drop index patient_by_trigram;
alter table patient disable trigger audit;
update patient set search = app.spell(search) where octet_length(search) <> length(search);
alter table patient enable trigger audit;
drop function app.spell;
create index patient_by_trigram on patient using gin (clinic_id, search gin_trgm_ops);

grant create on schema app to chairside_search;
set local role chairside_search;

-- Patients whose `search` holds all three patterns (`%` for none). `start` is what was typed, folded, and `word` the pattern of a word
-- that begins so: last names that do come first, also with the first name behind or before; then such words, then the others, and
-- the archived last.
--
-- Trigrams find what is rare at once and what is common slowly: all who are called so are read before the first twenty by name are
-- known. Those are met after some hundreds when one walks in the order of names. Which of the two it is, a look at a few patients
-- tells; the planner cannot, since behind a policy it keeps from the statistics of a pattern. What a walk did not meet the trigrams
-- find, of thousands that are alike some. Each statement is planned for the clinic at hand: a plan that was made for a clinic of six
-- hundred reads all of one of 400,000.
create function app.find_patients(one text, two text, three text, word text, start text, most int)
    returns table (id uuid, rank int, sort_key text)
    language plpgsql stable security definer rows 20
    set search_path = pg_catalog, public, pg_temp
    set plan_cache_mode = force_custom_plan
    set max_parallel_workers_per_gather = 0
as $$
#variable_conflict use_column
declare
    clinic    constant uuid := app.clinic();
    looked_at constant int := 300; -- patients, and in how many of them a word is a common one
    common    constant int := 3;
    furthest  constant int := 12000; -- names; a longer walk costs more than reading all who match
    enough    constant int := 3000; -- who match, to choose from
    beginning text;
    seen      uuid[] := '{}';
    room      int := least(most, 200);
    words     int := 0; -- of those looked at: in which a word begins so,
    inside    int := 0; -- and which hold it elsewhere
begin
    if start <> '' and start not like '#%' then
        rank := 0;
        foreach beginning in array
            case when start not like '% %' then array[start]
                 else array[start, regexp_replace(start, ' ', ', '), regexp_replace(start, '^(.*) ([^ ]+)$', '\2, \1')]
            end
        loop
            for id, sort_key in
                select p.id, p.sort_key
                  from public.patient p
                 where p.clinic_id = clinic and p.deleted_at is null and p.archived_at is null
                   and p.sort_key >= beginning
                   and p.sort_key < beginning || U&'\+10FFFF' -- which stands behind every name that begins so
                 order by p.sort_key, p.id
                 limit room
            loop
                seen := seen || id;
                room := room - 1;
                return next;
            end loop;
            if room = 0 then
                return;
            end if;
        end loop;

        select count(*) filter (where near.search like word),
               count(*) filter (where near.search like one and near.search like two and near.search like three
                                  and near.search not like word)
          into words, inside
          from (select p.search
                  from public.patient p
                 where p.clinic_id = clinic and p.deleted_at is null and p.archived_at is null
                 order by p.id -- as they registered: neighbours by name are called alike
                 limit looked_at) as near;
        rank := 1;
        if words >= common then
            for id, sort_key in
                select near.id, near.sort_key
                  from (select p.id, p.sort_key, p.search
                          from public.patient p
                         where p.clinic_id = clinic and p.deleted_at is null and p.archived_at is null
                         order by p.sort_key, p.id
                         limit furthest) as near
                 where near.search like word
                   and near.id <> all(seen)
                 order by near.sort_key, near.id
                 limit room
            loop
                seen := seen || id;
                room := room - 1;
                return next;
            end loop;
        elsif inside between common and 10 * common then -- or the few would be lost among the many
            for id, sort_key in
                select p.id, p.sort_key
                  from public.patient p
                 where p.clinic_id = clinic and p.deleted_at is null and p.archived_at is null
                   and p.search like word
                   and p.id <> all(seen)
                 order by p.sort_key || '', p.id -- sorted: the planner shall not walk
                 limit room
            loop
                seen := seen || id;
                room := room - 1;
                return next;
            end loop;
        end if;
    end if;

    if room > 0 then
        return query
        select found.id,
               case when found.archived_at is not null then 3
                    when start = '' then 0
                    when found.search like word then 1
                    else 2 end as rank,
               found.sort_key
          from (select p.id, p.sort_key, p.search, p.archived_at
                  from public.patient p
                 where p.clinic_id = clinic and p.deleted_at is null
                   and p.search like one
                   and p.search like two
                   and p.search like three
                   and p.id <> all(seen)
                 limit enough) as found
         order by rank, found.sort_key, found.id
         limit room;
    end if;
end $$;

revoke execute on function app.find_patients from public;
grant execute on function app.find_patients to chairside_app;
drop function app.search_patients;

set local role chairside_owner;
revoke create on schema app from chairside_search;
