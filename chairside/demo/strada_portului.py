"""A smaller practice in Bucharest. Nobody in it exists. Romania sets no telephone numbers aside for fiction; after the code 21
none begins with 0, so these reach nobody."""

from chairside.demo.setting import GroupSetting, MemberSetting, ProviderSetting, ServiceSetting, Setting, Words

DAY = [["09:00", "13:00"], ["14:00", "18:00"]]
AFTERNOON = [["12:00", "20:00"]]
LONG = [["08:00", "20:00"]]
EARLY = [["08:00", "14:00"]]

STRADA_PORTULUI = Setting(
    slug="strada-portului",
    name="Clinica Dentară Strada Portului",
    timezone="Europe/Bucharest",
    locale="ro-RO",
    currency="RON",
    details={
        "address": {
            "line1": "Strada Portului 7", "city": "București", "region": "Sector 1", "postal_code": "010001", "country": "RO",
        },
        "phone": "+40 21 000 0100", "email": "receptie@strada-portului.example",
    },
    owner=MemberSetting(name="Ioana Dumitrescu", email="demo@strada-portului.example", role="owner"),
    members=(
        MemberSetting(name="Mihai Stănescu", email="manager@strada-portului.example", role="manager"),
        MemberSetting(name="Răzvan Țurcanu", email="medic@strada-portului.example", role="dentist"),
        MemberSetting(name="Anca Șerban", email="receptie@strada-portului.example", role="receptionist"),
        MemberSetting(name="Livia Păun", email="contabilitate@strada-portului.example", role="accountant"),
    ),
    also=(MemberSetting(name="Maya Lindqvist", email="demo@harbor-street.example", role="admin"),),
    providers=(
        ProviderSetting(
            name="Dr. Ioana Dumitrescu", title="medic stomatolog", room="Cabinet 1", week=dict.fromkeys("12345", DAY),
            email="demo@strada-portului.example",
        ),
        ProviderSetting(
            name="Dr. Răzvan Țurcanu", title="chirurg dentoalveolar", room="Cabinet 2",
            week=dict.fromkeys("1245", AFTERNOON) | {"6": [["09:00", "13:00"]]}, email="medic@strada-portului.example",
        ),
        ProviderSetting(
            name="Cătălina Iordache", title="igienist", room="Igienă", hygiene=True, week=dict.fromkeys("12345", EARLY),
        ),
    ),
    services=(
        ServiceSetting(name="Consultație", code="CONS", minutes=30, price=15000, often=9),
        ServiceSetting(name="Consultație pacient nou", code="NOU", minutes=45, price=20000, after=5, often=3),
        ServiceSetting(name="Igienizare profesională", code="IGI", minutes=45, price=35000, after=5, often=12, hygiene=True),
        ServiceSetting(name="Detartraj subgingival", code="SUB", minutes=60, price=40000, after=10, often=3, hygiene=True),
        ServiceSetting(name="Obturație compozit", code="OBT", minutes=45, price=32000, after=5, often=8),
        ServiceSetting(name="Coroană zirconiu, preparare", code="COR", minutes=90, price=150000, after=10, often=3),
        ServiceSetting(name="Tratament endodontic, molar", code="ENDO", minutes=90, price=130000, after=10, often=2),
        ServiceSetting(name="Extracție", code="EXT", minutes=45, price=30000, after=10, often=2),
        ServiceSetting(name="Urgență", code="URG", minutes=30, price=20000, often=2),
        ServiceSetting(name="Radiografie retroalveolară", code="RAD", minutes=10, price=5000),
        ServiceSetting(name="Fluorizare", code="FLU", minutes=10, price=8000),
    ),
    week=dict.fromkeys("12345", LONG) | {"6": [["09:00", "13:00"]]},
    holidays=(
        (1, 1, "Anul Nou"), (1, 2, "Anul Nou"), (1, 6, "Boboteaza"), (1, 7, "Sfântul Ion"), (1, 24, "Ziua Unirii Principatelor"),
        (5, 1, "Ziua Muncii"), (6, 1, "Ziua Copilului"), (8, 15, "Adormirea Maicii Domnului"), (11, 30, "Sfântul Andrei"),
        (12, 1, "Ziua Națională"), (12, 25, "Crăciunul"), (12, 26, "Crăciunul"),
    ),
    patients=220,
    female=(
        "Adina", "Alexandra", "Anca", "Andreea", "Bianca", "Camelia", "Carmen", "Corina", "Cristina", "Daniela", "Elena",
        "Gabriela", "Ileana", "Ioana", "Irina", "Lavinia", "Loredana", "Luminița", "Magda", "Mihaela", "Monica", "Oana", "Raluca",
        "Roxana", "Simona", "Ștefania", "Teodora", "Violeta",
    ),
    male=(
        "Adrian", "Alexandru", "Andrei", "Bogdan", "Cătălin", "Ciprian", "Cosmin", "Cristian", "Dan", "Dragoș", "Eugen", "Florin",
        "Gheorghe", "Horia", "Ion", "Iulian", "Laurențiu", "Liviu", "Lucian", "Marius", "Mihai", "Nicolae", "Octavian", "Radu",
        "Sorin", "Ștefan", "Tudor", "Vlad",
    ),
    last=(
        "Albu", "Anghel", "Ardeleanu", "Barbu", "Bălan", "Călinescu", "Cernat", "Chirilă", "Ciobanu", "Cojocaru", "Constantin",
        "Crăciun", "Diaconu", "Dobre", "Drăghici", "Enache", "Fărcaș", "Florea", "Gheorghiu", "Grigore", "Iacob", "Ilie",
        "Ionescu", "Lazăr", "Lungu", "Manea", "Marinescu", "Matei", "Mocanu", "Moldovan", "Munteanu", "Năstase", "Neagu", "Oprea",
        "Păduraru", "Petrescu", "Popa", "Rădulescu", "Rusu", "Sandu", "Sârbu", "Stoica", "Șandru", "Tănase", "Țepeș", "Voicu",
    ),
    group=GroupSetting(
        name="Curs de periaj pentru viitorii părinți", code="CURS", beside="IGI", minutes=30, price=5000, capacity=6
    ),
    streets=(
        "Strada Portului", "Strada Teilor", "Strada Morii", "Aleea Castanilor", "Strada Livezii", "Strada Fântânii",
        "Aleea Nucului",
    ),
    address={
        "city": "București", "region": "Sector {sector}", "postal_code": "0{sector}00{place}", "country": "RO",
        "line1": "{street} {number}",
    },
    phone="+40 21 000 01{place}",
    methods=("card", "card", "cash", "cash", "transfer"),
    float_amount=50000,
    bank_account="Banca Portului, cont terminat în 0042",
    words=Words(
        cancelled=("Bolnav", "Serviciu", "Mutată de pacient", "Probleme de familie", "Nu mai are dureri"),
        notes=(
            None, None, None, None, None, None, "Preferă diminețile.", "Anxios: explicați fiecare pas.", "Aude greu.",
            "Sună doar după ora 18.", "Vine cu însoțitor.",
        ),
        visit_notes=(None, None, None, None, None, None, "Aduce radiografia veche.", "Dorește plata în rate."),
        overbooked="Dureri, văzut între două vizite",
        refunded="Plătit de două ori",
        goodwill="Reducere după o așteptare lungă",
        short="Rest dat în plus",
        away="Curs",
        plan="Lucrări",
    ),
)  # fmt: skip
