-- Whether the time of a visit that is cancelled is offered to whoever could come, without anybody asking for it.
alter table clinic add column fills_freed_times boolean not null default false;
