"""A practice of five providers in New York. Nobody in it exists; 555-01xx is set aside for fiction."""

from chairside.demo.setting import GroupSetting, MemberSetting, ProviderSetting, ServiceSetting, Setting, Week, Words

FULL = [["08:00", "12:00"], ["13:00", "17:00"]]
LATE = [["10:00", "14:00"], ["15:00", "18:00"]]
MORNING = [["08:00", "13:00"]]
SATURDAY = [["09:00", "14:00"]]
SUNDAY = [["10:00", "14:00"]]


def _week(*days: tuple[str, list[list[str]]]) -> Week:
    return {day: blocks for names, blocks in days for day in names}


HARBOR_STREET = Setting(
    slug="harbor-street",
    name="Harbor Street Dental",
    timezone="America/New_York",
    locale="en-US",
    currency="USD",
    details={
        "address": {"line1": "12 Harbor Street", "city": "New York", "region": "NY", "postal_code": "10013", "country": "US"},
        "phone": "+1 212 555 0100", "email": "desk@harbor-street.example",
    },
    owner=MemberSetting(name="Maya Lindqvist", email="demo@harbor-street.example", role="owner"),
    members=(
        MemberSetting(name="Noah Whitaker", email="admin@harbor-street.example", role="admin"),
        MemberSetting(name="Grace Oyelaran", email="manager@harbor-street.example", role="manager"),
        MemberSetting(name="Daniel Okoye", email="dentist@harbor-street.example", role="dentist"),
        MemberSetting(name="Tom Nakagawa", email="hygienist@harbor-street.example", role="hygienist"),
        MemberSetting(name="Lucia Moreau", email="assistant@harbor-street.example", role="assistant"),
        MemberSetting(name="Sam Castellanos", email="reception@harbor-street.example", role="receptionist"),
        MemberSetting(name="Ingrid Solberg", email="accounts@harbor-street.example", role="accountant"),
        MemberSetting(name="Peter Vance", email="auditor@harbor-street.example", role="auditor"),
    ),
    providers=(
        ProviderSetting(
            name="Maya Lindqvist", title="DDS", room="Op 1", week=_week(("12345", FULL), ("7", SUNDAY)),
            email="demo@harbor-street.example",
        ),
        ProviderSetting(
            name="Daniel Okoye", title="DMD", room="Op 2", week=_week(("1235", FULL), ("6", SATURDAY)),
            email="dentist@harbor-street.example",
        ),
        ProviderSetting(name="Ruth Ferreira", title="DDS", room="Surgery", week=_week(("245", LATE), ("6", SATURDAY))),
        ProviderSetting(
            name="Tom Nakagawa", title="RDH", room="Hygiene 1", hygiene=True, email="hygienist@harbor-street.example",
            week=_week(("12345", FULL), ("6", SATURDAY), ("7", SUNDAY)),
        ),
        ProviderSetting(
            name="Abena Frimpong", title="RDH", room="Hygiene 2", hygiene=True, week=_week(("135", MORNING), ("2", LATE)),
        ),
    ),
    services=(
        ServiceSetting(name="Check-up", code="EXAM", minutes=30, price=9500, often=9),
        ServiceSetting(name="New patient exam", code="NEW", minutes=45, price=14500, after=5, often=3),
        ServiceSetting(name="Hygiene recall", code="HYG", minutes=45, price=12800, after=5, often=12, hygiene=True),
        ServiceSetting(name="Deep cleaning, one quadrant", code="SRP", minutes=60, price=24000, after=10, often=3, hygiene=True),
        ServiceSetting(name="Composite filling", code="FILL", minutes=45, price=21000, after=5, often=8),
        ServiceSetting(name="Crown preparation", code="CROWN", minutes=90, price=98000, after=10, often=3),
        ServiceSetting(name="Root canal, molar", code="ENDO", minutes=90, price=115000, after=10, often=2),
        ServiceSetting(name="Extraction", code="EXT", minutes=45, price=19500, after=10, often=2),
        ServiceSetting(name="Emergency visit", code="URG", minutes=30, price=11000, often=2),
        ServiceSetting(name="Whitening", code="WHITE", minutes=60, price=32000, after=5, often=1, hygiene=True),
        ServiceSetting(name="Bitewing radiographs", code="XRAY", minutes=10, price=5200),
        ServiceSetting(name="Fluoride varnish", code="FLUOR", minutes=10, price=3800),
    ),
    week=_week(("12345", [["08:00", "12:00"], ["13:00", "18:00"]]), ("6", SATURDAY), ("7", SUNDAY)),
    holidays=((1, 1, "New Year’s Day"), (7, 4, "Independence Day"), (12, 25, "Christmas Day")),
    patients=380,
    female=(
        "Amara", "Beatriz", "Carmen", "Daria", "Elena", "Fatima", "Grace", "Hana", "Ingrid", "Jasmine", "Kiran", "Leila", "Maya",
        "Nadia", "Olga", "Priya", "Quinn", "Rosa", "Sofia", "Thuy", "Uma", "Vera", "Wanda", "Ximena", "Yuki", "Zoë", "Chloé",
        "Siân",
    ),
    male=(
        "Adrian", "Ben", "Carlos", "Dmitri", "Elias", "Farid", "Gabriel", "Hugo", "Idris", "Jonas", "Kofi", "Liam", "Mateo",
        "Nikos", "Omar", "Pavel", "Quentin", "Rafael", "Samuel", "Tomás", "Umar", "Viktor", "Wei", "Xavier", "Yosef", "Zane",
        "Björn", "Seán",
    ),
    last=(
        "Abbott", "Almeida", "Bauer", "Bianchi", "Castillo", "Chen", "Dankova", "Delacroix", "Eriksen", "Farouk", "Fontaine",
        "García", "Haddad", "Horvath", "Ito", "Jensen", "Kaplan", "Kowalski", "Larsen", "López", "Marchetti", "Mbeki", "Nakamura",
        "Novak", "O'Brien", "Okafor", "Petrov", "Quispe", "Rahman", "Ramírez", "Santos", "Schneider", "Tanaka", "Tran", "Ueda",
        "Varga", "Vidal", "Weber", "Wójcik", "Yilmaz", "Zhang", "Zimmermann", "D'Angelo", "Núñez", "Çelik", "Ångström",
    ),
    group=GroupSetting(name="Brushing for expecting parents", code="CLASS", beside="HYG", minutes=30, price=3000, capacity=6),
    streets=(
        "Harbor Street", "Larch Lane", "Mill Road", "Quarry Hill", "Orchard Avenue", "Ferry Walk", "Linden Court", "Bell Yard",
    ),
    address={"city": "New York", "region": "NY", "postal_code": "100{place}", "country": "US", "line1": "{number} {street}"},
    phone="+1 212 555 01{place}",
    methods=("card", "card", "card", "cash", "check", "transfer"),
    float_amount=20000,
    bank_account="Harbor Savings, account ending 0042",
    words=Words(
        cancelled=("Ill", "Work", "Moved to another day by the patient", "Family matter", "No longer in pain"),
        notes=(
            None, None, None, None, None, None, "Prefers mornings.", "Nervous: give time, explain each step.", "Hard of hearing.",
            "Calls back only after six.", "Comes with an interpreter.", "Parking permit needed.",
        ),
        visit_notes=(
            None, None, None, None, None, None, "Bring the last radiographs.", "Ask about the new job.", "Wants to pay in parts.",
        ),
        overbooked="In pain, seen between two visits",
        refunded="Paid twice",
        goodwill="Goodwill after a long wait",
        short="A five was given out too much",
        away="Course",
        plan="Restorations",
    ),
)  # fmt: skip
