-- Whoever books for a child says whose visit it is; they themselves are who acts for the child.
alter table booking_page add column asks_birth_date boolean not null default false; -- of a child
alter table public_booking
    add column child_first_name text,
    add column child_last_name text,
    add column child_birth_date date;
