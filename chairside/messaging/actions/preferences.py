from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from chairside import patients
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Stale, malformed
from chairside.messaging.events import PreferenceChanged
from chairside.messaging.queries.preferences import preference_of
from chairside.messaging.rows import PREFERENCE, ContactPreference
from chairside.messaging.rules.letters import is_address
from chairside.messaging.rules.numbers import number_of, region_of

# `version` 0: nothing was said yet. Two who say it first at once: the later one is told.
SET = f"""
    insert into contact_preference (patient_id, do_not_contact, email, sms, only_email, only_phone, language, timezone)
    values (%(patient_id)s, %(do_not_contact)s, %(email)s, %(sms)s, %(only_email)s, %(only_phone)s, %(language)s, %(timezone)s)
    on conflict (clinic_id, patient_id) do update
       set do_not_contact = excluded.do_not_contact, email = excluded.email, sms = excluded.sms,
           only_email = excluded.only_email, only_phone = excluded.only_phone, language = excluded.language,
           timezone = excluded.timezone,
           unsubscribed_at = case when excluded.email then null else contact_preference.unsubscribed_at end,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = contact_preference.version + 1
     where contact_preference.version = coalesce(%(version)s, contact_preference.version)
    returning {PREFERENCE}
"""
UNSUBSCRIBE = """
    insert into contact_preference (patient_id, email, unsubscribed_at)
    values (%(patient_id)s, false, %(at)s)
    on conflict (clinic_id, patient_id) do update
       set email = false, unsubscribed_at = coalesce(contact_preference.unsubscribed_at, excluded.unsubscribed_at),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = contact_preference.version + 1
     where contact_preference.unsubscribed_at is null
"""


class PreferenceIsStale(Stale):
    """Somebody changed how this patient wants to be reached while you were looking."""


@needs("messages.write")
async def set_preference(op: Op, *, patient_id: UUID, version: int | None, wish: dict[str, Any]) -> ContactPreference:
    """What is not named stays. Whoever turns e-mail on again has asked the patient.
    Refuses patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam, PreferenceIsStale, and addresses that are none."""
    await patients.get(op, patient_id=patient_id)
    before = await preference_of(op, patient_id)
    if version not in (None, before.version):
        raise PreferenceIsStale(version=before.version)
    wanted = before._replace(**wish)
    if wanted.only_email and not is_address(wanted.only_email):
        raise malformed("/only_email", "not_an_email", "This is no e-mail address.")
    if wanted.only_phone and not number_of(wanted.only_phone, region_of(op.clinic.locale)):
        raise malformed("/only_phone", "not_a_phone", "Write a phone number, with its digits.")
    if wanted.timezone and wanted.timezone not in available_timezones():
        raise malformed("/timezone", "not_a_time_zone", "There is no such time zone.")
    facts = wanted._asdict()
    del facts["unsubscribed_at"], facts["version"]
    after = await op.db.one(ContactPreference, SET, patient_id=patient_id, version=version, **facts)
    if after is None:
        raise PreferenceIsStale()
    await op.emit(PreferenceChanged(patient_id))
    return after
