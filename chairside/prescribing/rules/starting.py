"""What a clinic may begin its favourites with: an invented list of substances that dentists prescribe often, with usual
directions. No advice: whoever prescribes answers for every word of it."""

from typing import NamedTuple


class Usual(NamedTuple):
    drug: str
    form: str
    strength: str
    dose: str
    times_a_day: int | None
    days: int | None
    directions: str | None
    quantity: int
    refills: int = 0


STARTING = (
    Usual("Amoxicillin", "capsule", "500 mg", "1 capsule", 3, 5, None, 15),
    Usual("Amoxicillin and clavulanic acid", "tablet", "875/125 mg", "1 tablet", 2, 5, "With a meal.", 10),
    Usual("Azithromycin", "tablet", "500 mg", "1 tablet", 1, 3, None, 3),
    Usual("Clindamycin", "capsule", "300 mg", "1 capsule", 3, 5, "With a full glass of water.", 15),
    Usual("Doxycycline", "capsule", "100 mg", "1 capsule", 2, 7, "Not with milk; not lying down.", 14),
    Usual("Metronidazole", "tablet", "400 mg", "1 tablet", 3, 5, "No alcohol until two days after the last.", 15),
    Usual("Ibuprofen", "tablet", "400 mg", "1 tablet", 3, 3, "As needed for pain, with a meal.", 9),
    Usual("Paracetamol", "tablet", "500 mg", "1–2 tablets", 4, 3, "As needed for pain; at most 8 in 24 hours.", 20),
    Usual("Chlorhexidine gluconate", "mouthwash", "0.12 %", "15 ml", 2, 14, "Rinse for 30 seconds, then spit out.", 300),
    Usual("Sodium fluoride", "gel", "1.1 %", "1 cm", 1, None, "Brush at bedtime; do not rinse afterwards.", 50, 3),
    Usual("Nystatin", "suspension", "100 000 units/ml", "4 ml", 4, 7, "Hold in the mouth for two minutes, then swallow.", 120),
)
