-- The end of the day: what was taken in is counted, what is missing or too much is explained, what goes to the bank is listed.

-- What stays in the drawer overnight, and where deposits go. A location without a row keeps nothing.
create table cash_drawer (
    clinic_id    uuid not null default app.clinic() references clinic,
    id           uuid not null default uuidv7(),
    location_id  uuid not null,
    float_amount bigint not null default 0 constraint cash_drawer_float_is_not_negative check (float_amount >= 0), -- minor units
    bank_account text, -- as the deposit slip shows it
    created_at   timestamptz not null default transaction_timestamp(),
    created_by   uuid not null default app.actor(),
    updated_at   timestamptz not null default transaction_timestamp(),
    updated_by   uuid not null default app.actor(),
    version      int not null default 1,
    primary key (clinic_id, id),
    constraint cash_drawer_is_one unique (clinic_id, location_id),
    constraint cash_drawer_location_is_known foreign key (clinic_id, location_id) references location (clinic_id, id)
);
call app.fence('cash_drawer');

-- Closes of a location form a chain: each follows the last one that stands. One is never changed; it is reversed as a whole,
-- and only while nothing follows it.
create table day_close (
    clinic_id          uuid not null default app.clinic() references clinic,
    id                 uuid not null default uuidv7(),
    location_id        uuid not null,
    number             int not null,
    follows_id         uuid,
    begins_on          date not null, -- where the chain begins: what was taken before it is in no close
    on_day             date not null,
    currency           text not null,
    opening_float      bigint not null check (opening_float >= 0), -- in the drawer before anything was taken
    expected_cash      bigint not null, -- payments less refunds, without the float; below zero when more was given back
    expected_check     bigint not null,
    expected_card      bigint not null,
    expected_transfer  bigint not null, -- the bank's to count
    counted_cash       bigint not null check (counted_cash >= 0), -- all that lies in the drawer, the float with it
    counted_check      bigint not null,
    counted_card       bigint not null,
    cash_count         jsonb, -- [[denomination, how many], …]; none when one sum was entered
    kept_cash          bigint not null, -- stays in the drawer
    deposited_cash     bigint not null generated always as (counted_cash - kept_cash) stored,
    difference_cash    bigint not null generated always as (counted_cash - opening_float - expected_cash) stored,
    difference_check   bigint not null generated always as (counted_check - expected_check) stored,
    difference_card    bigint not null generated always as (counted_card - expected_card) stored,
    note               text,
    created_at         timestamptz not null default transaction_timestamp(),
    created_by         uuid not null default app.actor(),
    version            int not null default 1,
    primary key (clinic_id, id),
    constraint day_close_number_is_free unique (clinic_id, location_id, number),
    constraint day_close_kept_was_counted check (kept_cash between 0 and counted_cash),
    constraint day_close_difference_has_a_reason check (
        note is not null or (counted_cash = opening_float + expected_cash
                             and counted_check = expected_check and counted_card = expected_card)),
    constraint day_close_runs_forward check (begins_on <= on_day),
    constraint day_close_location_is_known foreign key (clinic_id, location_id) references location (clinic_id, id),
    constraint day_close_follows_a_known_one foreign key (clinic_id, follows_id) references day_close (clinic_id, id)
);
call app.fence('day_close', rights => 'select, insert');

create table day_close_reversal (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    close_id   uuid not null,
    reason     text not null,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint day_close_is_reversed_once unique (clinic_id, close_id),
    constraint day_close_reversal_close_is_known foreign key (clinic_id, close_id) references day_close (clinic_id, id)
);
call app.fence('day_close_reversal', rights => 'select, insert');

-- Which payments and refunds a close covers; nothing is in two that stand.
create table day_close_item (
    clinic_id   uuid not null default app.clinic() references clinic,
    id          uuid not null default uuidv7(),
    close_id    uuid not null,
    payment_id  uuid,
    refund_id   uuid,
    counted     boolean not null, -- a check that was not there is not counted
    reversal_id uuid,
    created_at  timestamptz not null default transaction_timestamp(),
    created_by  uuid not null default app.actor(),
    primary key (clinic_id, id),
    constraint day_close_item_is_one_thing check (num_nonnulls(payment_id, refund_id) = 1),
    constraint day_close_item_close_is_known foreign key (clinic_id, close_id) references day_close (clinic_id, id),
    constraint day_close_item_payment_is_known foreign key (clinic_id, payment_id) references credit (clinic_id, id),
    constraint day_close_item_refund_is_known foreign key (clinic_id, refund_id) references refund (clinic_id, id),
    constraint day_close_item_reversal_is_known foreign key (clinic_id, reversal_id) references day_close_reversal (clinic_id, id)
);
call app.fence('day_close_item', audited => false, rights => 'select, insert, update');
create unique index day_close_item_payment_is_closed_once on day_close_item (clinic_id, payment_id)
    where payment_id is not null and reversal_id is null;
create unique index day_close_item_refund_is_closed_once on day_close_item (clinic_id, refund_id)
    where refund_id is not null and reversal_id is null;
create index day_close_item_by_close on day_close_item (clinic_id, close_id);
create index credit_payments_by_day on credit (clinic_id, on_day, id) where kind = 'payment';
create index refund_by_day on refund (clinic_id, on_day, id);

-- Whoever closes or reopens waits here for whoever does so at the same location, and then looks at what stands now.
create function app.last_day_close(clinic uuid, place uuid, out id uuid, out on_day date)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform from public.location where location.clinic_id = clinic and location.id = place for update;
    select last.id, last.on_day
      into last_day_close.id, last_day_close.on_day
      from public.day_close as last
     where last.clinic_id = clinic
       and last.location_id = place
       and not exists (select from public.day_close_reversal as gone where gone.clinic_id = clinic and gone.close_id = last.id)
     order by last.number desc
     limit 1;
end $$;
grant execute on function app.last_day_close to chairside_app;

create function app.day_close_follows_the_last() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    last record;
begin
    select * into last from app.last_day_close(new.clinic_id, new.location_id);
    if last.id is distinct from new.follows_id or last.on_day > new.on_day then
        raise exception 'a close follows the last one that stands'
            using errcode = 'unique_violation', constraint = 'day_close_follows_the_last', table = 'day_close';
    end if;
    return new;
end $$;
create trigger day_close_follows_the_last before insert on day_close
    for each row execute function app.day_close_follows_the_last();

create function app.day_close_reversed_is_the_last() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    place uuid := (select day_close.location_id from public.day_close
                       where day_close.clinic_id = new.clinic_id and day_close.id = new.close_id);
begin
    if (select last.id from app.last_day_close(new.clinic_id, place) as last) is distinct from new.close_id then
        raise exception 'only the last close is reversed'
            using errcode = 'unique_violation', constraint = 'day_close_reversed_is_the_last', table = 'day_close_reversal';
    end if;
    return new;
end $$;
create trigger day_close_reversed_is_the_last before insert on day_close_reversal
    for each row execute function app.day_close_reversed_is_the_last();

-- What it covered is free again with the reversal itself: nobody can forget it.
create function app.day_close_reversal_releases() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    update public.day_close_item
       set reversal_id = new.id
     where day_close_item.clinic_id = new.clinic_id
       and day_close_item.close_id = new.close_id;
    return null;
end $$;
create trigger day_close_reversal_releases after insert on day_close_reversal
    for each row execute function app.day_close_reversal_releases();

-- Released once and for its own reversal; nothing else of it ever changes, and nothing is added to a close that was committed.
create function app.day_close_item_is_kept() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        if new.reversal_id is not null
           or (select before.created_at from public.day_close as before
                where before.clinic_id = new.clinic_id and before.id = new.close_id) is distinct from transaction_timestamp() then
            raise exception 'what a close covers comes with it'
                using errcode = 'check_violation', constraint = 'day_close_item_is_kept', table = 'day_close_item';
        end if;
    elsif old.reversal_id is not null
          or (new.clinic_id, new.id, new.close_id, new.payment_id, new.refund_id, new.counted)
             is distinct from (old.clinic_id, old.id, old.close_id, old.payment_id, old.refund_id, old.counted)
          or not exists (select from public.day_close_reversal as gone
                          where gone.clinic_id = new.clinic_id and gone.id = new.reversal_id and gone.close_id = new.close_id) then
        raise exception 'what a close covers is released by its reversal, and stays otherwise'
            using errcode = 'check_violation', constraint = 'day_close_item_is_kept', table = 'day_close_item';
    end if;
    return new;
end $$;
create trigger day_close_item_is_kept before insert or update on day_close_item
    for each row execute function app.day_close_item_is_kept();

-- At the commit, whoever wrote it: what is expected is what it covers, and what was counted of checks are those that were ticked.
create function app.day_close_adds_up() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    sums record;
begin
    select coalesce(sum(moved.amount) filter (where moved.method = 'cash'), 0) as cash,
           coalesce(sum(moved.amount) filter (where moved.method = 'check'), 0) as checks,
           coalesce(sum(moved.amount) filter (where moved.method = 'check' and moved.counted), 0) as ticked,
           coalesce(sum(moved.amount) filter (where moved.method = 'card'), 0) as card,
           coalesce(sum(moved.amount) filter (where moved.method = 'transfer'), 0) as transfer
      into sums
      from (select coalesce(credit.method, refund.method) as method, coalesce(credit.amount, -refund.amount) as amount, item.counted
              from public.day_close_item as item
              left join public.credit on credit.clinic_id = item.clinic_id and credit.id = item.payment_id
              left join public.refund on refund.clinic_id = item.clinic_id and refund.id = item.refund_id
             where item.clinic_id = new.clinic_id
               and item.close_id = new.id) as moved;
    if (sums.cash, sums.checks, sums.ticked, sums.card, sums.transfer)
       is distinct from (new.expected_cash, new.expected_check, new.counted_check, new.expected_card, new.expected_transfer) then
        raise exception 'a close expects what it covers'
            using errcode = 'check_violation', constraint = 'day_close_adds_up', table = 'day_close';
    end if;
    return null;
end $$;
create constraint trigger day_close_adds_up after insert on day_close
    deferrable initially deferred for each row execute function app.day_close_adds_up();

-- Clinics that exist get the permission where the templates give it. Roles are audited, and the audit asks for the clinic.
do $$
declare
    clinic record;
begin
    for clinic in select id from public.clinic loop
        perform set_config('app.clinic_id', clinic.id::text, true),
                set_config('app.actor_id', '00000000-0000-0000-0000-000000000000', true),
                set_config('app.actor_type', 'system', true);
        update public.role
           set grants = role.grants || ' billing.close_day', version = role.version + 1
         where role.clinic_id = clinic.id
           and role.template in ('owner', 'admin', 'manager', 'accountant', 'receptionist')
           and ' ' || role.grants || ' ' not like '% billing.close_day %';
    end loop;
    perform set_config('app.clinic_id', '', true), set_config('app.actor_id', '', true), set_config('app.actor_type', '', true);
end $$;
