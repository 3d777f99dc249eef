"""Every function that the app's role may call, and why it may. Trigger functions cannot be called by hand."""

import psycopg
import pytest

from tests.walls.test_relations import app_role, settings

__all__ = ["app_role"]

SEARCH = "select id from app.find_patients('%%', '%%', '%%', '%%', '', 20)"
FUNCTIONS = """
    select p.oid::regprocedure::text, p.prosecdef
      from pg_proc p
     where p.pronamespace = 'app'::regnamespace and p.prorettype <> 'trigger'::regtype
       and has_function_privilege('chairside_app', p.oid, 'execute')
"""
# With the caller's own rights.
CALLABLE = {
    "fences the transaction, or says who acts in it: what a clinic's code sets, it may set": {"act", "act_as", "in_session"},
    "takes away, and gives nothing": {"restrict_to_teams"},
    "reads a setting": {"actor", "clinic", "opens_every"},
    "for migrations: the app's role may alter no table": {"fence", "keep_to_team"},
    "looks within the fence": {"last_day_close", "may_open", "team_of"},
    "computes, and reads no table": {"archived_before", "chain", "fact", "key_version", "linked"},
    "takes turns for a provider or a chair: locks of the clinic's own, and who waits behind": {"queue_for", "let_in"},
}
# With the rights of a role that sees more, because there is no clinic yet, or because a person belongs to none.
DEFINED = {
    "the token is the proof": {"enter", "find_session", "close_session"},
    "the hash of a link or an address, or of a passkey's id, is the proof": {
        "take_outside", "find_second_step", "take_second_step", "find_outside_identity", "find_invitation", "find_sign_up_link", "find_sign_up", "find_person_link", "take_person_link", "find_passkey", "find_calendar_feed", "find_patient_link",
        "find_opening_offer", "find_booking_request",
    },
    "before somebody is known: what they say is compared with, and how often they guessed, by digests": {
        "find_credentials", "find_person", "count_guess", "forget_guess", "forget_guesses_at", "ask_challenge", "take_challenge",
    },
    "of one person, by their id; the door that calls has looked who they are": {
        "open_session", "close_sessions", "list_sessions", "lock_session", "unlock_session", "renew_session", "revoke_session",
        "set_pin", "try_pin", "note_factor", "note_sign_in", "find_name", "rename_person", "change_email", "change_password",
        "add_passkey", "list_passkeys", "rename_passkey", "remove_passkey", "use_passkey", "begin_totp", "confirm_totp",
        "find_totp", "remove_totp", "use_totp", "replace_recovery_codes", "use_recovery_code", "find_factors", "settle_factors",
        "strictest", "clinics_of", "is_suspended", "begin_outside", "link_outside_identity", "list_outside_identities",
        "unlink_outside_identity", "use_outside_identity", "ways_in",
    },
    "adds a person, or a program": {"add_principal", "add_program"},
    "one clinic by its address, or how many there are": {"find_clinic", "count_clinics"},
    "within the clinic of the setting": {"find_notes", "find_patients", "list_clinic_sessions", "find_clinic_session", "enrolled_members", "audit_about"},
    "moves the rows of one merge on record, or back, and changes nothing of them but whose they are": {
        "move_visits", "move_books", "move_letters", "move_recalls", "move_relations", "move_proxies", "move_messages",
        "move_offers",
        "move_series",
        "move_charts",
        "move_perio",
        "move_history",
        "move_notes",
        "move_prescriptions",
        "move_lab_cases",
        "move_plans",
        "move_images",
    },
    "for the job that offers free times: ids of clinics where something may be due": {"clinics_with_openings"},
    "for the jobs that remind, and ask outside calendars: ids of clinics where something is due": {
        "clinics_with_reminders", "clinics_with_outside_calendars",
    },
    "whose a text is that came in, or a message that the network speaks of: a clinic's id": {
        "clinic_of_number", "clinic_of_sent", "clinics_that_wrote_to",
    },
    "shortens sessions, and shows none": {"tighten_sessions"},
    "ids of what happened, and whose session still is: for open streams, each told what concerns it": {"news", "still_there"},
    "for jobs that seal the audit: digests, and which clinics there are": {
        "seal", "unsigned_heads", "keep_checkpoint", "sealed_clinics", "sealing",
    },
    "for the job that puts months of the audit away which are older than six years: counts of what is left": {
        "keep_archive", "drop_archived_month",
    },
    "for jobs that follow a new key: which clinics are left, and secrets that stay encrypted": {
        "clinics_to_reseal", "count_stale_totp", "stale_totp", "reseal_totp",
    },
    "for jobs: no facts in, none out": {
        "count_anew", "roll_forward", "forget_answers", "forget_import_files", "forget_sign_ups", "queue_letters_again",
        "forget_guesses", "forget_person_links", "forget_outside_calendars",
    },
}  # fmt: skip


def named(reasons: dict[str, set[str]]) -> set[str]:
    return {name for names in reasons.values() for name in names}


async def test_is_reached_past_the_fences_only_by_functions_that_have_a_reason(root):
    found = dict(root.execute(FUNCTIONS).fetchall())
    names = {definer: {name[4:].partition("(")[0] for name in found if found[name] == definer} for definer in (False, True)}
    assert names == {False: named(CALLABLE), True: named(DEFINED)}
    assert sum(map(len, names.values())) == len(found), "a function has one form"


async def test_notices_another_function(root):
    root.execute("create function app.stray() returns int language sql security definer return 1")
    assert ("app.stray()", True) in root.execute(FUNCTIONS).fetchall()


async def test_is_not_reached_by_a_search_of_another_clinic(app_role, worlds):
    """The one function that reads a clinic's rows by the setting: in every state of it."""
    north, south = worlds
    for setting in settings(north):
        with app_role.transaction(force_rollback=True):
            app_role.execute("select set_config('app.clinic_id', %s, true)", [setting.value or ""])
            if setting.name == "garbage":
                with pytest.raises(psycopg.errors.InvalidTextRepresentation):
                    app_role.execute(SEARCH)
                continue
            found = {str(id) for (id,) in app_role.execute(SEARCH)}
            theirs = {id for name, id in south.things.items() if "patient" in name}
            assert not found & theirs
            assert bool(found) == (setting.name == "own")
