"""A list of procedures from a file that the clinic has a right to: named columns, separated by comma, semicolon or tab."""

import csv
import io
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from chairside.catalog.rules.codes import is_licensed
from chairside.catalog.rules.where import AREAS

COLUMNS = {
    "code": ("code", "cod", "nr", "number", "procedure code"),
    "name": ("name", "description", "procedure", "denumire", "nume", "bezeichnung"),
    "category": ("category", "group", "categorie", "kategorie"),
    "price": ("price", "fee", "amount", "pret", "preț", "preis"),
    "duration_minutes": ("minutes", "duration", "length", "time", "durata", "durată", "dauer"),
    "area": ("area", "where", "treatment area", "zona", "zonă"),
    "min_surfaces": ("min surfaces", "surfaces from", "min_surfaces"),
    "max_surfaces": ("max surfaces", "surfaces to", "max_surfaces", "surfaces"),
    "teeth": ("teeth", "dentition", "dinti", "dinți"),
}
"""Fields, and what a column may be called for it to be taken without asking."""
NEEDED = ("code", "name", "price")
MOST_ROWS = 5_000
MOST_PROBLEMS = 500
TEETH = {"": (True, True), "both": (True, True), "permanent": (True, False), "primary": (False, True)}


class Problem(NamedTuple):
    """`line` of the file, the first being 1; `field` and what is wrong with it."""

    line: int
    field: str
    code: str
    text: str


class Reading(NamedTuple):
    """`mapping`: of each field the column that it is read from. `items` as `add_procedure` takes them, without a currency."""

    columns: list[str]
    mapping: dict[str, str]
    items: list[dict[str, Any]]
    problems: list[Problem]
    rows: int


def read(text: str, *, mapping: dict[str, str] | None, usual_minutes: int, minor_units: int) -> Reading:
    """Rows with a problem are left out, and named."""
    head, _, _ = text.lstrip("\ufeff").partition("\n")
    separator = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator, strict=False)
    columns = [name.strip() for name in next(rows, [])]
    chosen = {field: name for field, name in (mapping or guessed(columns)).items() if name in columns and field in COLUMNS}
    places = {field: columns.index(name) for field, name in chosen.items()}
    items: list[dict[str, Any]] = []
    problems = [Problem(1, field, "column_missing", "") for field in NEEDED if field not in places]
    seen: set[str] = set()
    count = 0
    for row in rows if not problems else ():
        if not any(cell.strip() for cell in row):
            continue
        count += 1
        if count > MOST_ROWS:
            problems.append(Problem(rows.line_num, "code", "too_many", str(MOST_ROWS)))
            break
        cells = {field: row[at].strip() if at < len(row) else "" for field, at in places.items()}
        item, wrong = _item(cells, usual_minutes, minor_units)
        if not wrong and item["code"].lower() in seen:
            wrong = [("code", "duplicate")]
        seen.add(item["code"].lower())
        problems += [Problem(rows.line_num, field, code, cells.get(field, "")) for field, code in wrong]
        if not wrong:
            items.append(item)
    return Reading(columns, chosen, items, problems[:MOST_PROBLEMS], count)


def guessed(columns: list[str]) -> dict[str, str]:
    small = {name.lower(): name for name in columns}
    return {field: small[one] for field, names in COLUMNS.items() for one in reversed(names) if one in small}


def _item(cells: dict[str, str], usual_minutes: int, minor_units: int) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    wrong: list[tuple[str, str]] = []
    for field, longest in (("code", 30), ("name", 200)):
        if not cells[field]:
            wrong.append((field, "required"))
        elif len(cells[field]) > longest:
            wrong.append((field, "too_long"))
    if is_licensed(cells["code"]):
        wrong.append(("code", "licensed_code"))
    price = _amount(cells["price"], minor_units)
    if price is None:
        wrong.append(("price", "not_an_amount"))
    minutes = _whole(cells.get("duration_minutes") or str(usual_minutes))
    if minutes is None or not 5 <= minutes <= 720:
        wrong.append(("duration_minutes", "not_minutes"))
    area = (cells.get("area") or "mouth").lower().replace(" ", "_")
    if area not in AREAS:
        wrong.append(("area", "not_an_area"))
    least, most = _whole(cells.get("min_surfaces") or "1"), _whole(cells.get("max_surfaces") or "5")
    if area == "surfaces" and not (least and most and 1 <= least <= most <= 5):
        wrong.append(("max_surfaces", "wrong_count"))
    teeth = (cells.get("teeth") or "").lower()
    if teeth not in TEETH:
        wrong.append(("teeth", "not_a_dentition"))
    permanent, primary = TEETH.get(teeth, (True, True))
    item = {
        "code": cells["code"], "name": cells["name"], "category": cells.get("category", "")[:60], "price": price,
        "duration_minutes": minutes, "area": area, "min_surfaces": least if area == "surfaces" else None,
        "max_surfaces": most if area == "surfaces" else None, "permanent_teeth": permanent, "primary_teeth": primary,
    }  # fmt: skip
    return item, wrong


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _amount(text: str, minor_units: int) -> int | None:
    """With a point or a comma before the last two figures; groups of three may be marked by the other one, or a space."""
    plain = text.replace(" ", "").replace("\u00a0", "")
    mark = max(plain.rfind("."), plain.rfind(","))
    if mark >= 0 and len(plain) - mark - 1 != 3:
        plain = plain[:mark].replace(".", "").replace(",", "") + "." + plain[mark + 1 :]
    else:
        plain = plain.replace(".", "").replace(",", "")
    if not plain.replace(".", "", 1).isdigit() or len(plain) > 14:
        return None
    try:
        minor = Decimal(plain) * minor_units
    except InvalidOperation:
        return None
    return int(minor) if minor == minor.to_integral_value() else None
