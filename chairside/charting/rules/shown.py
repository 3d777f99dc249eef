"""What the web app has to know of conditions, as JSON, so that both ask for the same: web/packages/dental/src/conditions.json."""

import json

from chairside.charting.rules.conditions import CONDITIONS, LAYERS, USUAL


def conditions_json() -> str:
    told = {
        name: {
            "sort": known.sort, "surfaces": known.surfaces, "materials": known.materials, "details": known.details,
            "spans": known.spans, "layers": LAYERS[known.sort],
            "usual": dict(zip(("condition", "material"), USUAL[name], strict=True)) if name in USUAL else None,
        }
        for name, known in CONDITIONS.items()
    }  # fmt: skip
    return json.dumps(told, indent=2) + "\n"
