-- Files of patients, and the images among them. Bytes lie outside of the database, in a folder or a bucket, in parts that are sealed one
-- by one under a key of the file's own; here is what is known of them, and that key, sealed.

create table stored_file (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    patient_id uuid not null,
    name       text not null, -- as it was called where it came from
    size       bigint not null,
    received   bigint not null default 0,
    parts      int not null default 0,
    state      text not null default 'uploading',
    refusal    text, -- why it was not kept, a code
    kind       text, -- by its content
    sha256     bytea, -- of the whole, once it was read from end to end
    said       jsonb, -- what a DICOM file says of whom it shows, while that is not who it was brought for
    secret     bytea, -- the file's own key, sealed; none of what was refused: nobody opens it any more
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    updated_at timestamptz not null default transaction_timestamp(),
    updated_by uuid not null default app.actor(),
    version    int not null default 1,
    primary key (clinic_id, id),
    constraint stored_file_size_is_sensible check (size between 1 and 1000000000 and received between 0 and size),
    constraint stored_file_state_is_known check (state in ('uploading', 'quarantined', 'held', 'ready', 'refused')),
    constraint stored_file_says_why_it_was_refused check ((state = 'refused') = (refusal is not null)),
    constraint stored_file_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('stored_file', rights => 'select, insert');
grant update (received, parts, state, refusal, kind, sha256, said, secret, updated_at, updated_by, version)
    on stored_file to chairside_app;
call app.keep_to_team('stored_file');
create index stored_file_by_patient on stored_file (clinic_id, patient_id);
create index stored_file_unfinished on stored_file (clinic_id, updated_at) where state = 'uploading';
create trigger patient_is_there after insert on stored_file for each row execute function app.patient_is_there();

-- The bytes of what was checked are for ever those that were checked.
create function app.stored_file_stays() returns trigger
    language plpgsql
as $$
begin
    if old.state in ('ready', 'held') and (new.size, new.received, new.parts, new.sha256, new.kind)
                                          is distinct from (old.size, old.received, old.parts, old.sha256, old.kind)
       or old.state = 'refused' and new.state <> 'refused' then
        raise exception 'a file that was checked does not change'
            using errcode = 'check_violation', table = tg_table_name, constraint = 'stored_file_stays';
    end if;
    return new;
end $$;
create trigger stays before update on stored_file for each row execute function app.stored_file_stays();

create table image (
    clinic_id     uuid not null default app.clinic() references clinic,
    id            uuid not null default uuidv7(),
    patient_id    uuid not null,
    file_id       uuid not null,
    kind          text not null,
    teeth         text[] not null default '{}', -- FDI
    taken_on      date not null,
    note          text,
    confirmed     text, -- why it is this patient's although the file says somebody else
    -- What was made of it to be shown: how wide and high, and where its greys lie.
    picture       text, -- gray16: two bytes a pixel, the lower first; otherwise a JPEG or a PNG
    width         int,
    height        int,
    window_centre double precision,
    window_width  double precision,
    inverted      boolean not null default false,
    series        text, -- what was taken together, of a DICOM file
    mm_per_pixel  double precision,
    measured_by   text, -- who says so: the file, or whoever calibrated it
    struck_at     timestamptz,
    struck_by     uuid,
    strike_reason text,
    created_at    timestamptz not null default transaction_timestamp(),
    created_by    uuid not null default app.actor(),
    updated_at    timestamptz not null default transaction_timestamp(),
    updated_by    uuid not null default app.actor(),
    version       int not null default 1,
    primary key (clinic_id, id),
    constraint image_file_is_one unique (clinic_id, file_id),
    constraint image_kind_is_known check (kind in ('bitewing', 'periapical', 'panoramic', 'photo', 'other')),
    constraint image_teeth_are_teeth
        check (cardinality(teeth) <= 52 and array_to_string(teeth, ' ') ~ '^((([1-4][1-8]|[5-8][1-5])([+][1-9])?)( |$))*$'),
    constraint image_picture_is_known check (picture in ('gray16', 'jpeg', 'png')),
    constraint image_measured_by_is_known check (measured_by in ('file', 'hand') and (measured_by is null) = (mm_per_pixel is null)),
    constraint image_scale_is_sensible check (mm_per_pixel > 0 and mm_per_pixel < 100),
    constraint image_is_struck_by_somebody
        check ((struck_at is null) = (struck_by is null) and (struck_at is null) = (strike_reason is null)),
    constraint image_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint image_file_is_known foreign key (clinic_id, file_id) references stored_file (clinic_id, id)
);
call app.fence('image', rights => 'select, insert');
grant update (kind, teeth, taken_on, note, confirmed, picture, width, height, window_centre, window_width, inverted, series,
              mm_per_pixel, measured_by, struck_at, struck_by, strike_reason, updated_at, updated_by, version)
    on image to chairside_app;
call app.keep_to_team('image');
create index image_by_patient on image (clinic_id, patient_id, taken_on desc);
create trigger patient_is_there after insert on image for each row execute function app.patient_is_there();

-- What somebody drew over an image; never in its pixels.
create table image_mark (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    patient_id uuid not null,
    image_id   uuid not null,
    kind       text not null,
    points     double precision[] not null, -- x and y in pixels of the image, one after the other
    words      text,
    removed_at timestamptz,
    removed_by uuid,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    version    int not null default 1,
    primary key (clinic_id, id),
    constraint image_mark_kind_is_known check (kind in ('length', 'arrow', 'text')),
    constraint image_mark_points_are_pairs check (cardinality(points) in (2, 4)),
    constraint image_mark_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint image_mark_image_is_known foreign key (clinic_id, image_id) references image (clinic_id, id)
);
call app.fence('image_mark', rights => 'select, insert');
grant update (removed_at, removed_by, version) on image_mark to chairside_app;
call app.keep_to_team('image_mark');
create index image_mark_by_image on image_mark (clinic_id, image_id);
create trigger patient_is_there after insert on image_mark for each row execute function app.patient_is_there();

-- Images in the places of a template, as films stood in a mount.
create table image_mount (
    clinic_id  uuid not null default app.clinic() references clinic,
    id         uuid not null default uuidv7(),
    patient_id uuid not null,
    template   text not null,
    taken_on   date not null,
    places     jsonb not null default '{}', -- the number of a place: the id of its image
    removed_at timestamptz,
    removed_by uuid,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null default app.actor(),
    updated_at timestamptz not null default transaction_timestamp(),
    updated_by uuid not null default app.actor(),
    version    int not null default 1,
    primary key (clinic_id, id),
    constraint image_mount_template_is_known
        check (template in ('bitewings_2', 'bitewings_4', 'full_18', 'full_20', 'photos_8')),
    constraint image_mount_patient_is_known foreign key (clinic_id, patient_id) references patient (clinic_id, id)
);
call app.fence('image_mount', rights => 'select, insert');
grant update (taken_on, places, removed_at, removed_by, updated_at, updated_by, version) on image_mount to chairside_app;
call app.keep_to_team('image_mount');
create index image_mount_by_patient on image_mount (clinic_id, patient_id);
create trigger patient_is_there after insert on image_mount for each row execute function app.patient_is_there();

-- A file goes along with everything that hangs on it when two records become one, and comes back so.
create function app.move_images(merge uuid, back boolean) returns void
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
        select merge, 'stored_file', f.id
          from public.stored_file f
         where f.clinic_id = app.clinic() and f.patient_id = side.giver
         union all
        select merge, 'image_mount', m.id
          from public.image_mount m
         where m.clinic_id = app.clinic() and m.patient_id = side.giver;
    end if;
    with gone as (
        update public.stored_file f
           set patient_id = side.taker
          from public.patient_merge_move v
         where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'stored_file'
           and f.clinic_id = app.clinic() and f.id = v.row_id and f.patient_id = side.giver
        returning f.id
    ), images as (
        update public.image i
           set patient_id = side.taker
          from gone
         where i.clinic_id = app.clinic() and i.file_id = gone.id
        returning i.id
    )
    select coalesce(array_agg(images.id), '{}') into moved from images;
    update public.image_mark a set patient_id = side.taker where a.clinic_id = app.clinic() and a.image_id = any(moved);
    update public.image_mount m
       set patient_id = side.taker
      from public.patient_merge_move v
     where v.clinic_id = app.clinic() and v.merge_id = merge and v.table_name = 'image_mount'
       and m.clinic_id = app.clinic() and m.id = v.row_id and m.patient_id = side.giver;
end $$;
revoke execute on function app.move_images from public;
grant execute on function app.move_images to chairside_app;
