-- Whose turn it is where nobody in particular is asked for: who was booked least recently.
create index appointment_by_turn on appointment (clinic_id, provider_id, id);
