"""An invented list to begin with, in codes that nobody owns. Prices are zero where the clinic has to say; lengths in minutes."""

from typing import Any

_KINDS: tuple[tuple[str, tuple[tuple[Any, ...], ...]], ...] = (
    ("Examination", (
        ("EX-01", "Examination", 30, 60, "mouth"), ("EX-02", "Examination of a new patient", 45, 90, "mouth"),
        ("EX-03", "Emergency examination", 30, 70, "mouth"), ("EX-04", "Consultation", 30, 60, "mouth"),
    )),
    ("Radiographs", (
        ("RX-01", "Radiograph of a tooth", 10, 20, "tooth"), ("RX-02", "Bitewing radiographs", 10, 40, "mouth"),
        ("RX-03", "Panoramic radiograph", 15, 70, "mouth"), ("RX-04", "Volume tomography of a jaw", 20, 180, "arch"),
    )),
    ("Prevention", (
        ("PR-01", "Professional cleaning", 45, 80, "mouth"), ("PR-02", "Fluoride varnish", 10, 30, "mouth"),
        ("PR-03", "Fissure sealing", 15, 35, "tooth"),
    )),
    ("Periodontics", (
        ("PE-01", "Scaling and root planing of a quadrant", 60, 160, "quadrant"),
        ("PE-02", "Periodontal maintenance", 45, 95, "mouth"), ("PE-03", "Gum surgery of a quadrant", 90, 520, "quadrant"),
    )),
    ("Fillings", (
        ("FI-01", "Composite filling, one surface", 30, 110, (1, 1)),
        ("FI-02", "Composite filling, two surfaces", 40, 150, (2, 2)),
        ("FI-03", "Composite filling, three surfaces", 50, 190, (3, 3)),
        ("FI-04", "Composite filling, four or five surfaces", 60, 230, (4, 5)), ("FI-05", "Temporary filling", 20, 50, "tooth"),
    )),
    ("Root canals", (
        ("RC-01", "Root canal treatment, front tooth", 60, 350, "permanent"),
        ("RC-02", "Root canal treatment, premolar", 75, 450, "permanent"),
        ("RC-03", "Root canal treatment, molar", 90, 650, "permanent"),
        ("RC-04", "Pulpotomy of a primary tooth", 40, 120, "primary"),
    )),
    ("Crowns and bridges", (
        ("CR-01", "Ceramic crown", 90, 750, "permanent"), ("CR-02", "Metal-ceramic crown", 90, 600, "permanent"),
        ("CR-03", "Crown of a primary tooth", 40, 160, "primary"), ("CR-04", "Bridge", 120, 1800, "tooth_range"),
        ("CR-05", "Post and core", 45, 190, "permanent"),
    )),
    ("Surgery", (
        ("SU-01", "Extraction", 30, 110, "tooth"), ("SU-02", "Surgical extraction", 60, 260, "permanent"),
        ("SU-03", "Implant", 90, 1200, "permanent"), ("SU-04", "Frenectomy", 40, 220, "arch"),
    )),
    ("Prostheses", (
        ("DE-01", "Full denture of a jaw", 60, 900, "arch"), ("DE-02", "Partial denture of a jaw", 60, 800, "arch"),
        ("DE-03", "Night guard", 30, 250, "arch"),
    )),
    ("Cosmetic", (("CO-01", "Whitening", 60, 280, "mouth"), ("CO-02", "Veneer", 90, 650, "permanent"))),
)  # fmt: skip


def starting_list(minor_units: int) -> list[dict[str, Any]]:
    """As `add_procedure` takes them, without the currency; prices times the minor units of one of it."""
    return [
        {
            "code": code,
            "name": name,
            "category": category,
            "duration_minutes": minutes,
            "price": price * minor_units,
            **_where(where),
        }
        for category, items in _KINDS
        for code, name, minutes, price, where in items
    ]


def _where(where: str | tuple[int, int]) -> dict[str, Any]:
    surfaces = where if isinstance(where, tuple) else (None, None)
    area = "surfaces" if isinstance(where, tuple) else "tooth" if where in ("permanent", "primary") else where
    return {
        "area": area, "min_surfaces": surfaces[0], "max_surfaces": surfaces[1], "permanent_teeth": where != "primary",
        "primary_teeth": where != "permanent",
    }  # fmt: skip
