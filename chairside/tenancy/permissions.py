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
    "imports.run": "Bring patients in from a file, and undo it.",
    "scheduling.read": "See the schedule.",
    "scheduling.book": "Book, move, cancel and complete visits of every provider.",
    "scheduling.book_own": "Book, move, cancel and complete one's own visits.",
    "recalls.read": "See who is due for a recall and who waits for a time.",
    "recalls.write": "Call patients in, and keep their recalls and the waiting list.",
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
    "schedule": ("scheduling", "recalls"),
    "money": ("billing",),
    "reports": ("reports",),
    "safety": ("security", "service_accounts", "audit"),
}
"""What belongs together when somebody reads the catalogue: the group, and the beginnings of its permissions' names."""


def group_of(permission: str) -> str:
    return next(group for group, domains in GROUPS.items() if permission.partition(".")[0] in domains)


_FRONT = ("clinic.read", "patients.read", "scheduling.read", "recalls.read", "messages.read")
_MONEY = (
    "billing.read", "billing.charge", "billing.invoice", "billing.collect", "billing.adjust", "billing.refund", "billing.void",
    "billing.close_day",
)  # fmt: skip
_PRACTICE = (
    *_FRONT, *_MONEY, "clinic.write", "patients.register", "patients.write", "patients.archive", "patients.merge",
    "patients.every", "patients.assign", "imports.run", "scheduling.book", "recalls.write", "messages.write", "reports.day",
    "reports.read", "members.read",
)  # fmt: skip
_RUNNING = (
    "members.write", "roles.write", "security.write", "service_accounts.read", "service_accounts.write", "audit.read",
    "audit.export",
)  # fmt: skip
_CLINICIAN = (*_FRONT, "patients.write", "scheduling.book_own", "recalls.write")

TEMPLATES = {
    "owner": ("Owner", (*_PRACTICE, *_RUNNING)),
    "admin": ("Administrator", (*_PRACTICE, *_RUNNING)),
    "manager": ("Practice manager", _PRACTICE),
    "dentist": ("Dentist", (*_CLINICIAN, "patients.assign", "billing.read")),
    "hygienist": ("Hygienist", _CLINICIAN),
    "assistant": ("Assistant", _FRONT),
    "receptionist": (
        "Receptionist",
        (*_FRONT, "patients.register", "patients.write", "patients.archive", "patients.every", "patients.assign",
         "scheduling.book", "recalls.write", "messages.write",
         "billing.read", "billing.charge", "billing.invoice", "billing.collect", "billing.close_day",
         "reports.day"),
    ),
    "accountant": ("Accountant", (*_FRONT, *_MONEY, "patients.every", "reports.day", "reports.read")),
    "auditor": ("Auditor", ("members.read", "service_accounts.read", "audit.read")),
}  # fmt: skip
"""Slug to (name, grants): the table of the design, as far as its domains exist."""
