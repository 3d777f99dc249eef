"""A well-formed request for every route, on things of the clinic that asks. `{names}` are filled in from the world.

A route that needs no body, and whose address names things under their own names, needs no line here.
"""

from typing import Any, Literal, NamedTuple

from tests.conftest import PASSWORD

PIN = "140771"
NEVER = "01a1fd99-0000-7000-8000-000000000000"
NEW_PASSWORD = "a password that is long enough"
RON = {"amount": 100, "currency": "RON"}
LETTER = {"to": "a@b.test", "subject": "x", "text": "x"}
WEEK = {"weekly": {"1": [["09:00", "17:00"]]}}
VISITOR = {"first_name": "x", "last_name": "x", "mobile": "0700000001", "consent": True}
NEW_CLINIC = {"name": "New", "slug": "new-{run}", "timezone": "UTC", "locale": "en", "currency": "EUR"}


# A PNG of one pixel.
SIGNATURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class Request(NamedTuple):
    """`using`: the thing that stands for a name in the address. `raw` goes out as it is. `versioned`: the version of what the
    address names goes along."""

    body: Any = None
    query: str = ""
    using: dict[str, str] = {}
    raw: bytes | None = None
    versioned: bool | Literal["always"] = True


def booking(**more: Any) -> dict[str, Any]:
    place = {"provider_id": "{provider_id}", "operatory_id": "{operatory_id}", "service_id": "{service_id}"}
    return {"patient_id": "{patient_id}", "starts_at": "2027-04-05T09:00:00Z", **place, **more}


def repeating(**more: Any) -> dict[str, Any]:
    repeat = {"unit": "week", "starts_on": "2027-05-10", "time": "12:00", "times": 2}
    place = {"provider_id": "{provider_id}", "operatory_id": "{operatory_id}", "service_id": "{service_id}"}
    return {"patient_id": "{patient_id}", "repeat": repeat, **place, **more}


CALENDAR = {
    "name": "x {run}", "service_ids": ["{service_id}"], "providers": [{"provider_id": "{provider_id}"}],
    "requires": [{"any_of": ["{operatory_id}"]}],
}  # fmt: skip
DRUG = {"drug": "Amoxicillin", "form": "capsule", "dose": "1 capsule", "times_a_day": 3, "quantity": 15}
REQUESTS: dict[str, Request] = {
    # Before and around signing in
    "sign_up": Request(NEW_CLINIC | {"owner": {"name": "x", "email": "new-{run}@example.test", "password": NEW_PASSWORD}}),
    "confirm_sign_up": Request({"token": "{sign_up_token}"}),
    "sign_in": Request({"email": "{email}", "password": PASSWORD}),
    "read_invitation": Request({"token": "{invitation_token}"}),
    "accept_invitation": Request({"token": "{invitation_token}", "name": "x", "password": NEW_PASSWORD}),
    "change_person": Request({"name": "x"}),
    "change_password": Request({"old": NEW_PASSWORD, "new": NEW_PASSWORD + "!"}),
    "ask_new_password": Request({"email": "{email}"}),
    "reset_password": Request({"token": "{reset_token}", "password": NEW_PASSWORD + "!"}),
    "ask_new_email": Request({"email": "other-{run}@example.test"}),
    "confirm_new_email": Request({"token": "{email_token}"}),
    "go_outside": Request({}),
    "go_outside_invited": Request({"token": "{invitation_token}"}),
    "go_outside_to_prove": Request({}),
    "link_outside_identity": Request({}),
    "take_second_step": Request({"code": "000000"}),
    "sign_in_by_passkey": Request({"challenge_id": NEVER, "credential": {}}),
    "prove": Request({"password": NEW_PASSWORD}),
    "set_pin": Request({"pin": PIN}),
    "unlock": Request({"pin": PIN}),
    "add_passkey": Request({"challenge_id": NEVER, "credential": {}, "name": "x"}),
    "rename_passkey": Request({"name": "x"}),
    "confirm_authenticator": Request({"code": "000000"}),
    "end_own_session": Request(using={"session_id": "own_session"}),
    # The clinic and its people
    "add_role": Request({"name": "xx", "permissions": []}),
    "change_role": Request({"name": "xx"}),
    "compare_role": Request({"permissions": []}),
    "change_sign_in_rules": Request({"mfa_grace_days": 3}),
    "add_service_account": Request({"name": "x", "permissions": ["patients.read"]}),
    "change_service_account": Request({"name": "x"}),
    "add_service_key": Request({}),
    "change_clinic": Request({"name": "x"}),
    "add_to_care_team": Request({"member_id": "{free_member}"}),
    "remove_from_care_team": Request(using={"member_id": "named_member"}),
    "add_proxy": Request({"name": "x", "relationship": "parent", "scopes": ["message"]}),
    "change_proxy": Request({"proof": "x"}),
    "restore_proxy": Request(using={"proxy_id": "revoked_proxy"}),
    "add_history_entry": Request({"kind": "allergy", "name": "x", "severity": "mild"}),
    "change_history_entry": Request({"note": "x"}, using={"entry_id": "history_entry_id"}),
    "end_history_entry": Request({"until": "2026-01"}, using={"entry_id": "history_entry_id"}),
    "resume_history_entry": Request(using={"entry_id": "ended_entry"}),
    "strike_history_entry": Request({"reason": "x"}, using={"entry_id": "history_entry_id"}),
    "restore_history_entry": Request(using={"entry_id": "struck_entry"}),
    "say_none": Request(using={"kind": "none_kind"}, versioned=False),
    "ask_again": Request(using={"kind": "none_kind"}, versioned=False),
    "review_medical_history": Request(versioned=False),
    "get_history_version": Request(using={"number": "history_number"}),
    "compare_history_versions": Request(query="since=1", using={"number": "history_number"}),
    "keep_proof_file": Request(raw=b"%PDF-1.7", query="name=x.pdf"),
    "change_record_rules": Request({"care_teams": True}),
    "change_member": Request({"roles": ["dentist"], "job_title": "x"}),
    "restore_member": Request(using={"member_id": "suspended_member"}),
    "invite": Request({"email": "x-{run}@example.test", "roles": ["assistant"]}),
    # Patients
    "register_patient": Request(
        {"first_name": "A", "last_name": "B", "birth_date": "1980-01-01", "guarantor_id": "{guarantor_id}"}
    ),
    "search_patients": Request({"q": "Ana"}),
    "check_duplicates": Request({"first_name": "Ana", "last_name": "Popescu", "birth_date": "1980-05-01"}),
    "change_patient": Request({"guarantor_id": "{guarantor_id}"}),
    "restore_patient": Request(using={"patient_id": "archived_patient"}),
    "preview_merge": Request(query="duplicate_id={duplicate_id}"),
    "merge_patients": Request({"duplicate_id": "{duplicate_id}"}),
    # The tooth chart
    "record_findings": Request({"teeth": ["26"], "surfaces": ["O"], "condition": "caries", "provider_id": "{provider_id}"}),
    "strike_finding": Request({"reason": "x"}),
    "restore_finding": Request(using={"finding_id": "struck_finding"}),
    "correct_finding": Request(
        {"teeth": ["27"], "condition": "watch", "reason": "x", "provider_id": "{provider_id}"}, using={"finding_id": "finding_id"}
    ),
    "fulfil_finding": Request({"provider_id": "{provider_id}"}, using={"finding_id": "planned_finding"}),
    # Periodontal exams
    "begin_perio_exam": Request(
        {"provider_id": "{provider_id}", "sites": [{"tooth": "16", "site": "MB", "probing_depth": 3}]},
        using={"patient_id": "unprobed_patient"},
    ),
    "measure_perio_exam": Request({"sites": [{"tooth": "16", "site": "MB", "probing_depth": 4, "bleeding": True}]}),
    "compare_perio_exams": Request(query="exam={exam_id}"),
    "strike_perio_exam": Request({"reason": "x"}),
    "restore_perio_exam": Request(using={"patient_id": "unprobed_patient", "exam_id": "struck_exam"}),
    "set_stage": Request({"stage": "mixed"}),
    # Images
    "begin_file": Request({"patient_id": "{patient_id}", "name": "x.png", "size": 70}),
    "send_part": Request(raw=b"\x89PNG\r\n\x1a\n", query="offset=0", using={"token": "own_part"}),
    "open_file": Request(using={"token": "own_file"}),
    "add_image": Request({"file_id": "{free_file}", "kind": "photo"}),
    "change_image": Request({"note": "x"}),
    "strike_image": Request({"reason": "x"}),
    "restore_image": Request(using={"image_id": "struck_image"}),
    "confirm_image": Request({"reason": "x"}, using={"image_id": "held_image"}),
    "draw_mark": Request({"kind": "text", "points": [1, 2], "words": "x"}),
    "restore_mark": Request(using={"mark_id": "removed_mark"}),
    "make_mount": Request({"template": "bitewings_2", "places": {"1": "{image_id}"}}),
    "fill_mount": Request({"places": {"1": "{image_id}"}}, versioned="always"),
    "restore_mount": Request(using={"mount_id": "removed_mount"}),
    # Notes
    "write_note": Request({"body": "x", "editing_id": NEVER}),
    "change_note": Request({"body": "y", "editing_id": NEVER}, using={"note_id": "own_note"}),
    "hand_note_over": Request({"member_id": "{free_member}"}, using={"note_id": "own_note"}),
    "ask_cosigner": Request({"member_id": "{free_member}"}, using={"note_id": "own_note"}),
    "ask_no_cosigner": Request(using={"note_id": "own_note"}),
    "sign_note": Request(using={"note_id": "own_note"}),
    "add_to_note": Request({"body": "x"}, using={"note_id": "signed_note"}),
    "cosign_note": Request(using={"note_id": "own_waiting"}),
    "strike_note": Request({"reason": "x"}),
    "restore_note": Request(using={"note_id": "struck_note"}),
    "get_note_version": Request(using={"number": "note_number"}),
    "fill_note_template": Request({"template_id": "{note_template_id}"}),
    "search_notes": Request(query="q=x"),
    # Prescriptions
    "draft_prescription": Request(DRUG | {"provider_id": "{provider_id}"}),
    "check_drug": Request({"drug": "Amoxicillin"}),
    "change_prescription": Request({"days": 7}),
    "issue_prescription": Request({}, using={"prescription_id": "own_prescription"}),
    "cancel_prescription": Request({"reason": "x"}),
    "restore_prescription": Request(using={"prescription_id": "cancelled_prescription"}),
    "draw_prescription": Request(using={"prescription_id": "issued_prescription"}),
    "add_prescription_favourite": Request(DRUG),
    # Lab cases
    "add_laboratory": Request({"name": "x"}),
    "change_laboratory": Request({"name": "x"}),
    "plan_lab_case": Request({"laboratory_id": "{laboratory_id}", "provider_id": "{provider_id}", "work": "crown", "teeth": ["26"]}),
    "change_lab_case": Request({"shade": "A3"}),
    "take_lab_step": Request({"step": "sent"}),
    "take_lab_step_back": Request(using={"case_id": "sent_case"}),
    "add_note_template": Request({"code": "a{run}", "name": "x", "body": "x"}),
    "change_note_template": Request({"name": "x"}),
    "add_note_snippet": Request({"code": "b{run}", "body": "x", "of_clinic": True}),
    "change_note_snippet": Request({"body": "x"}),
    # Treatment plans
    "begin_treatment_plan": Request({"title": "x"}),
    "change_treatment_plan": Request({"title": "y"}),
    "bring_treatment_plan_back": Request(using={"plan_id": "archived_plan"}),
    "add_treatment_items": Request({"items": [{"procedure_id": "{procedure_id}"}]}),
    "bring_planned_findings": Request({}),
    "arrange_treatment_plan": Request({"items": [{"item_id": "{item_id}", "phase": 2}]}),
    "change_treatment_item": Request({"note": "x"}),
    "restore_treatment_item": Request(using={"plan_id": "shown_plan", "item_id": "removed_item"}, versioned=False),
    "remove_treatment_item": Request(versioned=False),
    "book_treatment_item": Request(
        {"starts_at": "2027-09-12T03:10:00Z", "provider_id": "{provider_id}"},
        using={"plan_id": "agreed_plan", "item_id": "agreed_item"}, versioned=False,
    ),
    "perform_treatment_item": Request({}, using={"plan_id": "agreed_plan", "item_id": "agreed_item"}, versioned=False),
    "undo_treatment_item": Request(using={"plan_id": "agreed_plan", "item_id": "done_item"}, versioned=False),
    "get_treatment_presentation": Request(using={"plan_id": "shown_plan"}),
    "get_treatment_plan_version": Request(using={"plan_id": "shown_plan", "number": "plan_number"}),
    "draw_treatment_plan": Request(using={"plan_id": "shown_plan", "number": "plan_number"}),
    "accept_treatment_plan": Request(
        {
            "number": 1, "signer_name": "x", "picture": SIGNATURE,
            "decisions": [{"item_id": "{shown_item}", "accepted": True}],
        },
        using={"plan_id": "shown_plan"}, versioned=False,
    ),
    # What there is to book
    "add_service": Request({"name": "x", "duration_minutes": 30, "price": RON}),
    "change_service": Request({"name": "x"}),
    "add_procedure": Request({"code": "x {run}", "name": "x", "price": RON, "duration_minutes": 30, "area": "mouth"}),
    "change_procedure": Request({"name": "x"}),
    "restore_procedure": Request(using={"procedure_id": "archived_procedure"}),
    "import_procedures": Request({"text": "code,name,price\nEX-99,x,1"}),
    "add_provider": Request({"name": "x", "operatory_id": "{operatory_id}", "member_id": "{free_member}"}),
    "change_provider": Request({"operatory_id": "{operatory_id}", "member_id": "{free_member}"}),
    "list_licences": Request(query="provider_id={provider_id}"),
    "add_licence": Request({"authority": "x", "number": "x", "expires_on": "2027-03-01"}),
    "change_licence": Request({"number": "x"}),
    "keep_signature": Request({"picture": SIGNATURE}),
    "keep_view": Request({"name": "x", "view": "week", "of": "{provider_id}", "by": "provider", "columns": ["{provider_id}"]}),
    "change_view": Request({"name": "x", "of": "{provider_id}", "columns": ["{provider_id}"]}, using={"view_id": "own_view"}),
    "remove_view": Request(using={"view_id": "own_view"}),
    "list_outside_calendars": Request(query="provider_id={provider_id}"),
    "add_outside_calendar": Request({"name": "x", "address": "https://calendar.example/x.ics"}),
    "go_to_calendar": Request({"name": "x", "back": "account"}, using={"kind": "account_kind"}),
    "restore_outside_calendar": Request(using={"outside_id": "removed_outside"}),
    "add_operatory": Request({"name": "x"}),
    "change_operatory": Request({"name": "x"}),
    "set_hours": Request(WEEK, versioned=False),
    "set_provider_hours": Request(WEEK, versioned=False),
    "add_override": Request({"date": "2027-03-01", "blocks": []}),
    "add_vacation": Request({"first_on": "2027-06-01", "last_on": "2027-06-10"}),
    "add_travel": Request({"first_on": "2027-06-01", "last_on": "2027-06-10", "timezone": "UTC"}),
    "list_booked_visits": Request(query="from=2027-04-01&to=2027-04-30"),
    "suggest_holidays": Request(query="year=2027"),
    "add_holidays": Request({"holidays": [{"date": "2027-05-02", "name": "x"}]}),
    "add_calendar": Request(CALENDAR),
    "change_calendar": Request({field: CALENDAR[field] for field in ("service_ids", "providers", "requires")}),
    "preview_calendar": Request({"calendar": CALENDAR}),
    "add_holiday": Request({"date": "2027-05-01", "name": "x"}),
    # Visits
    "book_appointment": Request(booking()),
    "list_appointments": Request(
        query="patient_id={patient_id}&provider_id={provider_id}&operatory_id={operatory_id}&from=2027-04-01&to=2027-05-01"
    ),
    "list_openings": Request(
        query="calendar_id={calendar_id}&service_id={service_id}&provider_id={provider_id}&operatory_id={operatory_id}&patient_id={patient_id}"
        "&appointment_id={appointment_id}&from=2027-04-01&to=2027-04-08"
    ),
    "explain_time": Request(
        query="calendar_id={calendar_id}&service_id={service_id}&provider_id={provider_id}&operatory_id={operatory_id}&patient_id={patient_id}"
        "&appointment_id={appointment_id}&at=2027-04-05T09:00:00Z"
    ),
    "block_time": Request(
        {"provider_id": "{provider_id}", "operatory_id": "{operatory_id}", "starts_at": "2027-04-12T09:00:00Z",
         "ends_at": "2027-04-12T10:00:00Z", "reason": "x"}
    ),
    **{name: Request(using={"hold_id": "own_hold"}) for name in ("get_hold", "extend_hold", "release_hold")},
    "hold_time": Request(booking(starts_at="2027-04-09T09:00:00Z")),
    "change_appointment": Request({"notes": "x", "items": [{"service_id": "{service_id}"}]}),
    "reschedule_appointment": Request(
        {"starts_at": "2027-04-07T09:00:00Z", "provider_id": "{provider_id}", "operatory_id": "{operatory_id}"}
    ),
    "undo_confirmation": Request(using={"appointment_id": "confirmed_appointment"}),
    "undo_arrival": Request(using={"appointment_id": "arrived_appointment"}),
    "undo_seating": Request(using={"appointment_id": "seated_appointment"}),
    "complete_visit": Request({"items": [{"service_id": "{service_id}", "quantity": 1}]}),
    "undo_completion": Request(using={"appointment_id": "completed_appointment"}),
    "cancel_appointment": Request({"reason": "x"}),
    "undo_cancellation": Request(using={"appointment_id": "cancelled_appointment"}),
    "undo_no_show": Request(using={"appointment_id": "missed_appointment"}),
    "preview_series": Request(repeating()),
    "book_series": Request(repeating()),
    "reschedule_series": Request({"number": 1, "starts_at": "2027-08-04T09:00:00Z"}),
    "cancel_series": Request({"number": 1, "reason": "x"}),
    "list_group_sessions": Request(query="calendar_id={group_calendar}&from=2027-09-01&to=2027-09-30"),
    "open_group_session": Request(
        {"calendar_id": "{group_calendar}", "starts_at": "2027-09-20T09:00:00Z", "service_id": "{service_id}",
         "provider_id": "{provider_id}", "operatory_id": "{operatory_id}"}
    ),
    "change_group_session": Request({"capacity": 5}),
    "reschedule_group_session": Request(
        {"starts_at": "2027-09-27T09:00:00Z", "provider_id": "{provider_id}", "operatory_id": "{operatory_id}"}
    ),
    "cancel_group_session": Request({"reason": "x"}),
    "undo_session_cancellation": Request(using={"group_session_id": "cancelled_session"}),
    "get_schedule": Request(query="date=2027-04-05"),
    "get_week": Request(query="from=2027-04-05&to=2027-04-11&by=provider&of={provider_id}"),
    "list_changed_visits": Request(query="ids={appointment_id}&date=2027-04-05"),
    # Recalls
    "add_recall_type": Request(
        {"name": "x {run}", "interval": {"every": 6, "unit": "months"}, "service_ids": ["{service_id}"]}
    ),
    "change_recall_type": Request({"service_ids": ["{service_id}"]}),
    "add_recall": Request({"patient_id": "{patient_id}", "type_id": "{free_type}"}),
    "list_candidates": Request(query="provider_id={provider_id}&starts_at=2199-01-01T09:00:00Z&ends_at=2199-01-01T10:00:00Z"),
    "list_opening_fills": Request(query="provider_id={provider_id}&starts_at=2199-01-01T09:00:00Z&ends_at=2199-01-01T10:00:00Z"),
    "offer_opening": Request(
        {
            "provider_id": "{provider_id}", "operatory_id": "{operatory_id}", "starts_at": "2199-01-02T09:00:00Z",
            "ends_at": "2199-01-02T10:00:00Z", "wave_size": 2,
        }
    ),
    **{name: Request(using={"token": "offer_token"}) for name in ("read_offer", "accept_offer", "decline_offer")},
    "list_recalls": Request(query="patient_id={patient_id}&type_id={type_id}&due_before=2200-01-01"),
    "change_recall": Request({"note": "x"}),
    "snooze_recall": Request({"until": "2200-01-01"}),
    "wake_recall": Request(using={"recall_id": "snoozed_recall"}),
    "close_recall": Request({"reason": "x"}),
    "reopen_recall": Request(using={"recall_id": "closed_recall"}),
    "note_attempt": Request({"kind": "call", "outcome": "no_answer"}),
    "add_to_waitlist": Request(
        {"patient_id": "{patient_id}", "service_id": "{service_id}", "provider_ids": ["{provider_id}"], "appointment_id": "{appointment_id}"}
    ),
    "list_waitlist": Request(query="patient_id={patient_id}&service_id={service_id}"),
    "change_waiting": Request({"service_id": "{service_id}", "provider_ids": ["{provider_id}"]}),
    "close_waiting": Request({"reason": "x"}),
    "reopen_waiting": Request(using={"entry_id": "closed_entry"}),
    # What patients book by themselves
    "set_booking_page": Request(
        {"open": True, "services": [{"service_id": "{service_id}", "provider_ids": ["{provider_id}"]}]}, versioned=False
    ),
    "accept_booking_request": Request({"patient_id": "{patient_id}"}),
    "decline_booking_request": Request({"reason": "x", "words": "x"}),
    "list_public_openings": Request(query="service_id={service_id}&provider_id={provider_id}"),
    "hold_public_time": Request(
        {"service_id": "{service_id}", "provider_id": "{provider_id}", "starts_at": "2027-04-12T09:00:00Z"}
    ),
    **{name: Request(using={"token": "public_token"}) for name in ("extend_public_hold", "release_public_hold")},
    "book_public_time": Request({"hold": "{public_token}", "proof": "{code_token}", **VISITOR}),
    "send_public_code": Request({"mobile": "0722 123 456", "hold": "{public_token}"}),
    "prove_public_number": Request({"code": "123456"}, using={"token": "code_token"}),
    **{
        name: Request(using={"token": "request_token"})
        for name in ("read_request_link", "withdraw_request_by_link")
    },
    "link_request_to_visit": Request(using={"token": "accepted_token"}),
    "join_public_waitlist": Request({"service_id": "{service_id}", "proof": "{code_token}", **VISITOR}),
    **{
        name: Request(using={"token": "link_token"})
        for name in ("read_patient_link", "list_link_openings", "fetch_visit", "confirm_by_link", "cancel_by_link")
    },
    "move_by_link": Request({"starts_at": "2027-04-12T09:00:00Z"}, using={"token": "link_token"}),
    # Reminders and texts
    "set_reminder_settings": Request(
        {
            "undo_minutes": 10, "quiet_from": "20:00", "quiet_until": "08:00", "tell_changes": True,
            "rules": [{"channel": "sms", "before": 2, "unit": "days", "until_confirmed": False}],
        },
        versioned=False,
    ),
    "set_message_template": Request({"body": "x"}, versioned=False),
    "reset_message_template": Request(versioned=False),
    "preview_message_template": Request({"language": "en", "channel": "sms", "body": "x"}),
    "set_contact_preference": Request(
        {
            "do_not_contact": False, "email": True, "sms": True, "only_email": "a@b.test", "only_phone": "+40 721 234 567",
            "language": None, "timezone": None,
        },
        versioned=False,
    ),
    "send_text": Request({"text": "x"}),
    "tie_inbound_text": Request({"patient_id": "{patient_id}"}),
    "answer_text": Request({"text": "x"}),
    "hear_notice": Request({"Type": "Notification"}),
    # Money
    "add_charge": Request({"service_id": "{service_id}"}),
    "reverse_charge": Request({"reason": "x"}),
    "add_adjustment": Request({"amount": RON, "reason": "x"}),
    "draft_invoice": Request({"patient_id": "{patient_id}", "charge_ids": ["{charge_id}"]}),
    "list_invoices": Request(query="patient_id={patient_id}"),
    "change_invoice": Request({"note": "x"}, using={"invoice_id": "draft_invoice"}),
    "discard_invoice": Request(using={"invoice_id": "draft_invoice"}),
    "issue_invoice": Request(using={"invoice_id": "draft_invoice"}),
    "void_invoice": Request({"reason": "x"}),
    "apply_credit": Request({}),
    "send_invoice": Request(LETTER),
    "take_payment": Request(
        {"patient_id": "{patient_id}", "amount": RON, "method": "cash", "allocations": [{"invoice_id": "{invoice_id}", "amount": RON}]}
    ),
    "list_payments": Request(query="patient_id={patient_id}"),
    "refund_payment": Request({"amount": RON, "reason": "x"}),
    "send_receipt": Request(LETTER),
    "set_drawer": Request({"float": RON}, versioned=False),
    "close_day": Request("{count}"),
    "reverse_day_close": Request({"reason": "x"}),
    "list_day_lines": Request(query="figure=collected_check"),
    # Imports
    "create_import": Request({"kind": "patients", "filename": "a.csv", "size": 10}),
    "upload_import": Request(raw=b"Number,Last name,First name\n1,B,A\n"),
    "correct_import": Request({}, using={"import_id": "analysed_import"}),
    "run_import": Request(using={"import_id": "analysed_import"}),
    "get_refused_rows": Request(using={"import_id": "analysed_import"}),
    "undo_import": Request(using={"import_id": "done_import"}),
}  # fmt: skip
