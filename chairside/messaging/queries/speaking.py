"""Who hears what is said to a patient, where that is not the patient alone. Pieces of a statement about `patient`; %(today)s is
the clinic's day."""

# Of whom nobody knows the birth date, nobody knows that they are of age: whoever acts for them goes on.
# Who acts for them and receives their messages, in the order in which they began; then whoever pays.
OTHERS = """
    (select coalesce(jsonb_agg(jsonb_build_object(
                'contacts', one.contacts, 'only_email', theirs.only_email, 'only_phone', theirs.only_phone,
                'refuses', coalesce(theirs.do_not_contact, false), 'acts', one.acts,
                'schedules', one.schedules
            ) order by one.place, one.starts_on, one.id), '[]')
       from (select 1 as place, proxy.starts_on, proxy.id, proxy.holder_id, true as acts,
                    proxy.scopes && array['schedule', 'manage'] as schedules,
                    coalesce(holder.contacts, jsonb_build_array(
                        jsonb_build_object('type', 'mobile', 'value', coalesce(proxy.phone, '')),
                        jsonb_build_object('type', 'email', 'value', coalesce(proxy.email, '')))) as contacts
               from proxy
               join clinic on clinic.id = proxy.clinic_id
               left join patient as holder on holder.id = proxy.holder_id
              where proxy.patient_id = patient.id
                and proxy.revoked_at is null
                and 'message' = any(proxy.scopes)
                and proxy.starts_on <= %(today)s
                and (proxy.ends_on is null or proxy.ends_on >= %(today)s)
                and not (proxy.ends_at_majority
                         and coalesce(patient.birth_date + make_interval(years => clinic.majority_age) <= %(today)s, false))
                and (holder.id is null or (holder.archived_at is null and holder.deleted_at is null))
              union all
             select 2, null, guarantor.id, guarantor.id, false, true, guarantor.contacts
               from patient as guarantor
              where guarantor.id = patient.guarantor_id
                and guarantor.deleted_at is null) as one
       left join contact_preference as theirs on theirs.patient_id = one.holder_id)"""
MINOR = """
    coalesce((select patient.birth_date + make_interval(years => clinic.majority_age) > %(today)s
                from clinic
               where clinic.id = patient.clinic_id), false)"""
