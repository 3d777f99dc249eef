"""An analysis as JSON: what is kept of it, and what the screen shows."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from chairside.exchange.rules.analysis import Analysis
from chairside.exchange.rules.codes import Code
from chairside.exchange.rules.survey import Survey
from chairside.exchange.rules.tally import DryRun


def as_json(analysis: Analysis) -> dict[str, Any]:
    """Amounts in minor units, days as YYYY-MM-DD. `reading` is what `Reading.from_json` takes."""
    return {**said(analysis.survey), **summed(analysis.dry_run), **listed(analysis.dry_run)}


def said(found: Survey) -> dict[str, Any]:
    """What the file says of itself, and how it is read."""
    return {
        "columns": [
            {"name": column.name, "target": column.target, "confidence": column.confidence, "samples": list(column.samples)}
            for column in found.columns
        ],
        "guesses": _guesses(found),
        "missing": list(found.missing),
        "reading": found.reading.as_json(),
    }


def summed(trial: DryRun) -> dict[str, Any]:
    """Figures alone; nothing that a cell says."""
    return {
        "counts": asdict(trial.counts),
        "balances": asdict(trial.totals),
        "reasons": [{"field": field, "code": code, "rows": rows} for field, code, rows in trial.reasons],
    }


def listed(trial: DryRun) -> dict[str, Any]:
    """Row by row, up to the number kept."""
    return {
        "problems": [problem.as_json() for problem in trial.problems],
        "already_present": [present._asdict() for present in trial.present],
    }


def _guesses(found: Survey) -> dict[str, Any]:
    reading = found.reading
    return {
        "encoding": {"value": reading.encoding, "confidence": found.encoding, "samples": list(found.encoding_samples)},
        "separator": {"value": reading.separator, "confidence": found.separator},
        "date_order": {
            "value": reading.date_order,
            "confidence": "chosen" if found.dates_chosen else found.dates.confidence,
            "agreeing": found.dates.agreeing,
            "contrary": found.dates.contrary,
            "examples": [{"text": text, "read": day.isoformat()} for text, day in found.date_examples],
        },
        "decimal_mark": {
            "value": reading.decimal_mark,
            "confidence": "chosen" if found.amounts_chosen else found.amounts.confidence,
            "agreeing": found.amounts.agreeing,
            "contrary": found.amounts.contrary,
            "examples": [{"text": text, "read": amount} for text, amount in found.amount_examples],
            "currencies": [{"sign": sign, "count": count} for sign, count in found.currencies],
        },
        "sexes": _codes(found.sexes),
        "statuses": _codes(found.statuses),
    }


def _codes(found: Iterable[Code]) -> list[dict[str, Any]]:
    return [{"code": code.code, "count": code.count, "meaning": code.meaning} for code in found]
