-- Who was registered on a day; an import brings people who were patients before.
create index patient_by_registration on patient (clinic_id, created_at) where import_id is null and deleted_at is null;
