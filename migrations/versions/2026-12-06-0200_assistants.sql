-- Whoever helps with visits and takes none of their own: calendars may need them, and nobody is booked with them by chance.
alter table provider add column assists boolean not null default false;
