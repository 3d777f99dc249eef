-- A clinic's own roles beside the product's: what they are for, what they were copied from, and an id for the audit to name.
alter table role
    add column id          uuid not null default uuidv7(),
    add column description text,
    add column copied_from text,
    -- The product's slugs have no hyphen, so none that it adds later is taken already.
    add constraint role_of_a_clinic_has_a_hyphen check (template is not null or slug like '%-%');

create unique index role_name_is_free on role (clinic_id, lower(name));
create index membership_role_by_role on membership_role (clinic_id, role_slug);
grant delete on role to chairside_app;
