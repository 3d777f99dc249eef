-- The place that a visit gave up when it was last moved (provider_id, operatory_id, starts_at, ends_at), so that it can be offered to
-- others. A place in which it stood for minutes only was free before: it is not remembered, and moving back is as if nothing was.
alter table appointment add column moved_from jsonb, add column moved_at timestamptz;
