"""What may be permitted, in one plain sentence each, and what the product's own roles permit. A clinic's rows of these roles
follow this table (`templates.py`); what it wants otherwise it makes a role of its own for."""

CATALOGUE = {
    "clinic.read": "See the clinic's details, providers, services and hours.",
    "clinic.write": "Change the clinic's details, providers, services and hours.",
    "members.read": "See who works here and as what.",
    "members.write": "Invite, suspend and change the roles of those who work here.",
    "security.write": "Set how people must sign in, and end their sessions.",
    "service_accounts.read": "See which programs may work here, and with what rights.",
    "service_accounts.write": "Let programs work here, and give and revoke their keys.",
    "roles.write": "Make and change roles.",
    "patients.read": "Find patients and see who they are and how to reach them.",
    "patients.register": "Register new patients.",
    "patients.write": "Change who a patient is and how to reach them.",
    "patients.archive": "Archive patients and restore them.",
    "patients.merge": "Merge two records of one patient, and take them apart again.",
    "patients.every": "Open any patient's record, also of those on whose care team they are not.",
    "patients.assign": "Say who is on a patient's care team.",
    "history.read": "See allergies, medications, conditions and alerts of patients.",
    "history.write": "Record and review what patients say of their health.",
    "history.strike": "Strike entries of a medical history through, and restore them.",
    "imports.run": "Bring patients in from a file, and undo it.",
    "scheduling.read": "See the schedule.",
    "scheduling.book": "Book, move, cancel and complete visits of every provider.",
    "scheduling.book_own": "Book, move, cancel and complete one's own visits.",
    "recalls.read": "See who is due for a recall and who waits for a time.",
    "recalls.write": "Call patients in, and keep their recalls and the waiting list.",
    "charting.read": "See the tooth chart.",
    "charting.write": "Record findings in the tooth chart, and strike them through.",
    "charting.scribe": "Record findings in the tooth chart for a provider whose name is given.",
    "imaging.read": "See radiographs and photos of patients.",
    "imaging.write": "Bring images, describe them, draw over them and put them into mounts.",
    "imaging.strike": "Strike images through, and restore them.",
    "treatment.read": "See treatment plans: procedure, tooth, surface and price.",
    "treatment.write": "Plan treatment, show it, have it signed and record it as done.",
    "notes.read": "Read progress notes.",
    "notes.write": "Write progress notes of one's own.",
    "notes.sign": "Sign one's own progress notes, and add to signed ones.",
    "notes.cosign": "Sign others' progress notes when asked to.",
    "notes.oversee": "See everybody's unsigned notes, and, if they write notes, strike others' through.",
    "notes.templates": "Keep the clinic's note templates and snippets.",
    "prescribing.read": "See prescriptions, and print them.",
    "prescribing.write": "Write and cancel prescriptions, and issue one's own.",
    "labs.track": "See which lab cases are out, and mark them sent and received.",
    "labs.read": "See lab cases with their instructions.",
    "labs.write": "Order work from laboratories, and keep their list.",
    "messages.read": "See what was sent to patients and what they answered.",
    "messages.write": "Write to patients, and keep how they want to be reached.",
    "billing.read": "See ledgers, invoices and payments.",
    "billing.charge": "Add charges without a visit.",
    "billing.invoice": "Draft and issue invoices.",
    "billing.collect": "Take payments and apply credit.",
    "billing.adjust": "Adjust and write off balances.",
    "billing.refund": "Refund payments.",
    "billing.void": "Void invoices.",
    "billing.close_day": "Count the drawer, close the day and reopen it.",
    "reports.day": "See the day's numbers.",
    "reports.read": "See every report.",
    "audit.read": "See who saw and changed what.",
    "audit.export": "Take the record of who saw and changed what away as a file.",
}

GROUPS = {
    "clinic": ("clinic",),
    "people": ("members", "roles"),
    "patients": ("patients", "messages", "imports"),
    "record": ("history",),
    "schedule": ("scheduling", "recalls"),
    "clinical": ("charting", "imaging", "treatment", "notes", "prescribing", "labs"),
    "money": ("billing",),
    "reports": ("reports",),
    "safety": ("security", "service_accounts", "audit"),
}
"""What belongs together when somebody reads the catalogue: the group, and the beginnings of its permissions' names."""


def group_of(permission: str) -> str:
    return next(group for group, domains in GROUPS.items() if permission.partition(".")[0] in domains)


_FRONT = ("clinic.read", "patients.read", "scheduling.read", "recalls.read", "messages.read", "treatment.read")
_MONEY = (
    "billing.read", "billing.charge", "billing.invoice", "billing.collect", "billing.adjust", "billing.refund", "billing.void",
    "billing.close_day",
)  # fmt: skip
_DRAFTING = ("notes.read", "notes.write")
_IMAGING = ("imaging.read", "imaging.write")
_TREATING = (
    "history.write",
    "history.strike",
    "charting.read",
    "charting.write",
    *_DRAFTING,
    "notes.sign",
    *_IMAGING,
    "imaging.strike",
)
_LABS = ("labs.track", "labs.read", "labs.write")
_PRESCRIBING = ("prescribing.read", "prescribing.write")
_NOTING = ("notes.cosign", "notes.templates")
_PRACTICE = (
    *_FRONT, "history.read", *_MONEY, "clinic.write", "patients.register", "patients.write", "patients.archive", "patients.merge",
    "patients.every", "patients.assign", "imports.run", "scheduling.book", "recalls.write", "messages.write", "reports.day",
    "reports.read", "members.read",
)  # fmt: skip
_RUNNING = (
    "members.write", "roles.write", "security.write", "service_accounts.read", "service_accounts.write", "audit.read",
    "audit.export",
)  # fmt: skip
_CLINICIAN = (*_FRONT, "history.read", *_TREATING, "patients.write", "scheduling.book_own", "recalls.write")

TEMPLATES = {
    "owner": ("Owner", (*_PRACTICE, *_TREATING, *_RUNNING, "treatment.write", *_NOTING, "notes.oversee", *_PRESCRIBING, *_LABS)),
    "admin": ("Administrator", (*_PRACTICE, *_RUNNING, "charting.read", "imaging.read", "notes.read", "notes.oversee",
                                "notes.templates", "prescribing.read")),
    "manager": ("Practice manager", _PRACTICE),
    "dentist": ("Dentist", (*_CLINICIAN, "treatment.write", *_NOTING, *_PRESCRIBING, *_LABS, "patients.assign", "billing.read")),
    "hygienist": ("Hygienist", (*_CLINICIAN, "prescribing.read", *_LABS)),
    "assistant": ("Assistant", (*_FRONT, "history.read", "history.write", "charting.read", "charting.scribe",
                               *_DRAFTING, *_IMAGING, "prescribing.read", *_LABS)),
    "receptionist": (
        "Receptionist",
        (*_FRONT, "history.read", "patients.register", "patients.write", "patients.archive", "patients.every", "patients.assign",
         "scheduling.book", "recalls.write", "messages.write", "labs.track",
         "billing.read", "billing.charge", "billing.invoice", "billing.collect", "billing.close_day",
         "reports.day"),
    ),
    "accountant": ("Accountant", (*_FRONT, *_MONEY, "patients.every", "reports.day", "reports.read")),
    "auditor": ("Auditor", ("members.read", "service_accounts.read", "audit.read")),
}  # fmt: skip
"""Slug to (name, grants): the table of the design, as far as its domains exist."""
