-- Changes are recorded by a trigger, as with django-pghistory: nobody forgets them, and they cost Django nothing.
create or replace function peer_audit() returns trigger language plpgsql as $$
declare
    about  jsonb := to_jsonb(new);
    audit  uuid := uuidv7();
    salt   bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    fields text[];
    after  jsonb;
begin
    select array_agg(field order by field), jsonb_object_agg(field, about -> field)
      into fields, after
      from jsonb_object_keys(about) as field
     where about -> field <> 'null'
       and field not in ('clinic_id', 'created_at', 'created_by', 'updated_at', 'updated_by', 'version');
    insert into app_auditevent (id, clinic_id, actor_id, session_id, action, entity, entity_id, patient_id, changed_fields, values_digest)
    values (audit, new.clinic_id, current_setting('peer.actor')::uuid, current_setting('peer.session')::uuid, lower(tg_op),
            tg_table_name, new.id, (about ->> 'patient_id')::uuid, fields, sha256(salt || convert_to(after::text, 'UTF8')));
    insert into app_auditvalue (clinic_id, audit_id, salt, new) values (new.clinic_id, audit, salt, after);
    return null;
end $$;
create trigger audit after insert on app_appointment for each row execute function peer_audit();
create trigger audit after insert on app_appointmentitem for each row execute function peer_audit();
