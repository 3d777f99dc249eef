-- What a practice keeps of those who work for it: the number that its payroll knows them by, and what they are there.
alter table membership add column employee_id text, add column job_title text;
create unique index membership_employee_id_is_one on membership (clinic_id, employee_id) where employee_id is not null;
