"""A well-formed request for every route, on things of the clinic that asks. `{names}` are filled in from the world.

A route that needs no body, and whose address names things under their own names, needs no line here.
"""

from typing import Any, NamedTuple

from tests.conftest import PASSWORD

PIN = "140771"
NEVER = "01a1fd99-0000-7000-8000-000000000000"
NEW_PASSWORD = "a password that is long enough"
RON = {"amount": 100, "currency": "RON"}
LETTER = {"to": "a@b.test", "subject": "x", "text": "x"}
WEEK = {"weekly": {"1": [["09:00", "17:00"]]}}
VISITOR = {"first_name": "x", "last_name": "x", "mobile": "0700000001", "consent": True}
NEW_CLINIC = {"name": "New", "slug": "new-{run}", "timezone": "UTC", "locale": "en", "currency": "EUR"}


class Request(NamedTuple):
    """`using`: the thing that stands for a name in the address. `raw` goes out as it is. `versioned`: the version of what the
    address names goes along."""

    body: Any = None
    query: str = ""
    using: dict[str, str] = {}
    raw: bytes | None = None
    versioned: bool = True


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
    "change_record_rules": Request({"care_teams": True}),
    "change_member": Request({"roles": ["dentist"]}),
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
    # What there is to book
    "add_service": Request({"name": "x", "duration_minutes": 30, "price": RON}),
    "change_service": Request({"name": "x"}),
    "add_provider": Request({"name": "x", "operatory_id": "{operatory_id}", "member_id": "{free_member}"}),
    "change_provider": Request({"operatory_id": "{operatory_id}", "member_id": "{free_member}"}),
    "list_licences": Request(query="provider_id={provider_id}"),
    "add_licence": Request({"authority": "x", "number": "x", "expires_on": "2027-03-01"}),
    "change_licence": Request({"number": "x"}),
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
    "decline_booking_request": Request({"reason": "x"}),
    "list_public_openings": Request(query="service_id={service_id}&provider_id={provider_id}"),
    "hold_public_time": Request(
        {"service_id": "{service_id}", "provider_id": "{provider_id}", "starts_at": "2027-04-12T09:00:00Z"}
    ),
    **{name: Request(using={"token": "public_token"}) for name in ("extend_public_hold", "release_public_hold")},
    "book_public_time": Request({"hold": "{public_token}", **VISITOR}),
    "join_public_waitlist": Request({"service_id": "{service_id}", **VISITOR}),
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
