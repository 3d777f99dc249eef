"""Every row class names columns of its table, with types and nulls that agree."""

import importlib
import re
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Literal, NamedTuple, get_args, get_origin, get_type_hints

from typing_extensions import is_typeddict

import chairside

HOME = Path(chairside.__file__).parent
NOT_A_TABLE = {
    "Credentials": "what a sign-in function answers",
    "Proof": "who somebody showed to be",
    "OpenSession": "a session as a function lists it",
    "Name": "what a function answers",
    "LinkedPerson": "where a link leads, as a function answers",
    "Factors": "what a function answers",
    "Passkey": "as a function lists it",
    "KnownPasskey": "a passkey and whose it is, from a function",
    "Secret": "what a function answers",
    "Trip": "what a function answers",
    "SecondStep": "what a function answers",
    "KnownOutside": "an account elsewhere and whose it is, from a function",
    "OutsideIdentity": "as a function lists it",
    "SignInRules": "what of a clinic concerns signing in",
    "RecordRules": "what of a clinic concerns its records",
    "Chart": "a patient with what was found at their teeth",
    "PerioExam": "an exam with its teeth",
    "Bearing": "of a finding, what bears on its teeth",
    "Found": "of a finding, what a note says of it",
    "Note": "with the names of its author and of whoever is asked to sign it",
    "PlanRow": "a plan with its items and versions as JSON",
    "HeldPlan": "what of a plan an act has to know",
    "Unscheduled": "an item with its patient's name and what is left of it",
    "NoteLine": "how a note begins, with the names of its patient and its people",
    "NoteSignature": "with the name of whoever signed",
    "NoteAddendum": "with the name of its author",
    "NoteVersion": "with the name of whoever wrote it",
    "HeldNote": "what of a note an act has to know",
    "Prescription": "with the names of its provider and of who issued or cancelled it",
    "HeldPrescription": "what of a prescription an act has to know",
    "LabCase": "with the names of its patient, laboratory and provider, its visit and its steps",
    "HeldCase": "what of a lab case an act has to know",
    "Image": "with what is known of its file",
    "SealedFile": "a file with the picture that was made of it",
    "Visit": "of a patient and a visit, what a template says",
    "Glimpse": "a patient's name, and whether the record is open to whoever asks",
    "TeamMember": "as a function lists it",
    "Proxy": "with the names of both, and the day of the patient's coming of age",
    "NewSession": "holds the token, which is never stored",
    "Opened": "what opening a session answers",
    "LiveSession": "a session with its person, from one function",
    "Workplace": "what a function answers before any clinic is entered",
    "Member": "a membership with its roles",
    "Role": "with how many people have it",
    "Holder": "a membership with one of its roles",
    "Permission": "a line of the catalogue",
    "RoleChange": "who would gain and lose a permission",
    "SignedUp": "what a function answers",
    "Relative": "a patient seen from another",
    "Sheet": "an invoice with its lines and what covers it",
    "Paid": "a payment with its allocations and refunds",
    "Standing": "sums over a patient's and a family's ledger",
    "Entry": "a ledger transaction by its effect on one patient",
    "Balance": "a sum of postings",
    "Share": "a sum of allocations",
    "Bill": "an invoice with its family",
    "Movement": "a payment or a refund",
    "CashDrawer": "what of it the day's end needs",
    "DayClose": "a close with its author and its reversal",
    "ClosedItem": "a payment or a refund in a close",
    "LastClose": "a close with its author",
    "Taken": "a sum of postings",
    "Happened": "a booking or a step, with who took it back",
    "Guarantee": "two answers about a family",
    "Known": "a patient as far as it takes to recognise them",
    "Added": "a patient's id and number",
    "ImportState": "an import's finding, progress and file together",
    "MedicalHistory": "with the name of who looked through it, and the clinic's interval",
    "HistoryVersion": "with the names of who made it and looked through it",
    "HeldHistory": "a medical history that is being changed",
    "Procedure": "with what of it holds on a day",
    "Touch": "why a patient stays",
    "Touched": "a patient with whom something was done, and what",
    "News": "an event, and what the statement that found it sees",
    "Here": "what a function answers about a session",
    "Colleague": "a membership by its person",
    "DayVisit": "an appointment with its patient",
    "VisitCount": "a count",
    "Noted": "a row of the audit with the names of those in it",
    "Values": "two columns of one row",
    "Health": "how far the audit is sealed and looked through",
    "Figure": "a count and a sum",
    "Line": "one of what a figure counts",
    "SheetVisit": "an appointment with the names around it",
    "SlipVisit": "an appointment with what a route slip says of it",
    "BookedVisit": "an appointment with the name of its patient",
    "FollowedFeed": "where a token leads, as a function answers",
    "FeedVisit": "an appointment without its patient, with names of where and what",
    "Schedule": "a provider's hours, overrides and holidays together",
    "Calendar": "with its services, providers and needs",
    "Asked": "a provider of a calendar",
    "Required": "a need of a calendar with its resources",
    "CountedMinutes": "the claims of a resource, packed, and which visits count",
    "Candidate": "a provider with what their working time is made of",
    "Candidates": "everything a visit without a time could be made of",
    "Place": "an operatory by its name",
    "TakenMinutes": "the claims of a resource, packed",
    "AskedCalendar": "an outside calendar with its provider's zone",
    "InTheWay": "a claim with its visit's own time",
    "Blocked": "what came of blocking a time",
    "Holding": "what stood against holding a time",
    "Appointment": "with its items and its last step",
    "Held": "an appointment, and whose it is",
    "Merged": "a merge with whom it took in and who did it",
    "Moving": "counts of what goes along",
    "Clash": "two claims that overlap",
    "Ties": "two answers about a family",
    "GroupSession": "with the name of its calendar and its seats counted",
    "SessionAt": "a session as whoever looks for a time sees it",
    "SessionOpened": "what came of opening a session",
    "SeriesVisit": "an appointment by its number in a series",
    "Tried": "what stood against a booking",
    "Places": "where an appointment is to go",
    "Moved": "what came of a rescheduling",
    "LastStep": "a step by a shorter name",
    "Person": "what a function answers",
    "Linked": "where a token leads, as a function answers",
    "Sent": "a letter with its sender's name",
    "Proposal": "a letter that was not written yet",
    "AskedToOpen": "a sign-up; its clinic's id is the fence's",
    "RecallType": "with its services",
    "Recall": "with its type, its patient, its visit and what came of it",
    "Waiting": "with their name, the service and the visits around it",
    "Due": "a reminder with all that decides whether it goes",
    "Spoken": "a reminder with the visit as it is now",
    "Logged": "messages, reminders and inbound texts in one list",
    "InboundText": "with the name of whose it is",
    "Called": "a patient by their numbers",
    "HeldRecall": "a recall that is being changed",
    "OfferedService": "a service with who offers it",
    "OfferedProvider": "a provider as a page shows them",
    "Shopfront": "what of a clinic its page says",
    "BookingRequest": "with the names of what was asked for",
    "Newcomer": "a patient with the visit that they booked",
    "LinkedRequest": "what was asked for with the names around it, and nobody's",
    "AskedVisit": "an appointment as a request shows it",
    "FollowedLink": "where a token leads, as a function answers",
    "LinkedVisit": "an appointment with the names around it, and nobody's",
    "OfferInTurn": "an offer with whether it still makes sense",
    "PatientOffer": "an offer with the name of whose it is",
    "FollowedOffer": "where a token leads, as a function answers",
    "OfferedTime": "an offer with its time and the names around it, and nobody's",
    "ToTell": "an offer with its time",
    "Recipient": "a patient with how they want to be reached",
    "ListedService": "what a completion needs of a service",
}
TYPES = {
    "uuid": "UUID",
    "text": "str",
    "bigint": "int",
    "integer": "int",
    "date": "date",
    "timestamp with time zone": "datetime",
    "boolean": "bool",
    "time without time zone": "time",
    "ARRAY": "list",
    "bytea": "bytes",
}
JSON = {"dict", "list"}  # fmt: skip
COLUMNS = """
    select column_name, data_type, is_nullable = 'YES' from information_schema.columns
     where table_schema = 'public' and table_name = %s
"""


def row_classes():
    for path in sorted([*HOME.glob("*/rows.py"), *HOME.glob("*/rows/*.py")]):
        module = importlib.import_module(".".join(["chairside", *path.relative_to(HOME).with_suffix("").parts]))
        for thing in vars(module).values():
            row = isinstance(thing, type) and (hasattr(thing, "_fields") or is_dataclass(thing))
            if row and thing.__module__ == module.__name__:
                yield thing


def table_of(row: type) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", row.__name__).lower()


def kind_of(hint) -> str:
    if get_origin(hint) is Literal:
        return "str"
    return "dict" if is_typeddict(hint) else (get_origin(hint) or hint).__name__


def disagreements(db, row: type):
    columns = {name: (kind, nullable) for name, kind, nullable in db.execute(COLUMNS, [table_of(row)])}
    tuples = getattr(row, "_field_defaults", None)
    said_later = {one.name for one in fields(row) if one.default is not MISSING} if tuples is None else set(tuples)
    for field, hint in get_type_hints(row).items():
        if field in said_later:  # depends on who asks
            continue
        options = set(get_args(hint)) if get_origin(hint) is UnionType else {hint}
        found = {kind_of(o) for o in options - {NoneType}}
        kind, nullable = columns.get(field, ("missing", False))
        agrees = found <= JSON if kind == "jsonb" else found == {TYPES.get(kind)}
        if not agrees or nullable != (NoneType in options):
            yield f"{row.__name__}.{field}"


def test_rows_match_their_tables(root):
    rows = [row for row in row_classes() if row.__name__ not in NOT_A_TABLE]
    assert rows
    assert [wrong for row in rows for wrong in disagreements(root, row)] == []


def test_a_row_that_drifted_is_noticed(root):
    class Location(NamedTuple):
        id: str
        name: str | None
        title: str
        version: int

    assert list(disagreements(root, Location)) == ["Location.id", "Location.name", "Location.title"]
