"""What may be permitted, in one plain sentence each, and what a clinic's roles permit to begin with."""

CATALOGUE = {
    "clinic.read": "See the clinic's details, providers, services and hours.",
    "clinic.write": "Change the clinic's details, providers, services and hours.",
    "members.read": "See who works here and as what.",
    "members.write": "Invite, suspend and change the roles of those who work here.",
    "patients.read": "Find patients and see who they are and how to reach them.",
    "patients.register": "Register new patients.",
    "patients.write": "Change who a patient is and how to reach them.",
    "patients.archive": "Archive patients and restore them.",
    "imports.run": "Bring patients in from a file, and undo it.",
    "scheduling.read": "See the schedule.",
    "scheduling.book": "Book, move, cancel and complete visits of every provider.",
    "scheduling.book_own": "Book, move, cancel and complete one's own visits.",
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
}

_FRONT = ("clinic.read", "patients.read", "scheduling.read")
_MONEY = (
    "billing.read", "billing.charge", "billing.invoice", "billing.collect", "billing.adjust", "billing.refund", "billing.void",
    "billing.close_day",
)  # fmt: skip
_PRACTICE = (
    *_FRONT, *_MONEY, "clinic.write", "patients.register", "patients.write", "patients.archive", "imports.run",
    "scheduling.book", "reports.day", "reports.read", "members.read",
)  # fmt: skip
_CLINICIAN = (*_FRONT, "patients.write", "scheduling.book_own", "billing.read", "reports.day")

TEMPLATES = {
    "owner": ("Owner", (*_PRACTICE, "members.write", "audit.read")),
    "admin": ("Administrator", (*_PRACTICE, "members.write", "audit.read")),
    "manager": ("Practice manager", _PRACTICE),
    "dentist": ("Dentist", _CLINICIAN),
    "hygienist": ("Hygienist", (*_FRONT, "patients.write", "scheduling.book_own")),
    "assistant": ("Assistant", _FRONT),
    "receptionist": (
        "Receptionist",
        (*_FRONT, "patients.register", "patients.write", "patients.archive", "scheduling.book",
         "billing.read", "billing.charge", "billing.invoice", "billing.collect", "billing.close_day",
         "reports.day"),
    ),
    "accountant": ("Accountant", (*_FRONT, *_MONEY, "reports.day", "reports.read")),
    "auditor": ("Auditor", ("members.read", "audit.read")),
}  # fmt: skip
"""Slug to (name, grants): the table of the design, as far as its domains exist."""
