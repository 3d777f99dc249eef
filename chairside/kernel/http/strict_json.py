"""JSON as RFC 8259 means it: no duplicate names, no NaN, no number beyond a double, no text that cannot be stored."""

import json
import re
from typing import Any

from chairside.kernel.refusals import Malformed, malformed

_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


def parse(body: bytes) -> Any:
    """Refuses Malformed, saying where."""
    try:
        found = json.loads(body, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float)
        if _SUSPECT.search(body):
            _check_text(found, "")
        return found
    except json.JSONDecodeError as error:
        raise malformed("", "json_invalid", f"This is not JSON: {error.msg} at character {error.pos}.") from error
    except UnicodeDecodeError as error:
        raise malformed("", "json_invalid", "The body is not UTF-8.") from error
    except RecursionError as error:
        raise malformed("", "too_deep", "The body is nested too deeply.") from error
    except Malformed:
        raise
    except ValueError as error:  # an integer of more digits than Python will read
        raise malformed("", "number_too_large", "A number in the body is too large.") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise malformed(f"/{twice[:100]}", "duplicate", "This name appears twice in one object.")
    return found


def _constant(word: str) -> Any:
    raise malformed("", "json_invalid", f"{word} is not a JSON number.")


def _float(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise malformed("", "number_too_large", "A number in the body is too large.")
    return number


def _check_text(found: Any, pointer: str) -> None:
    if isinstance(found, str):
        if "\x00" in found or any("\ud800" <= letter <= "\udfff" for letter in found):
            raise malformed(pointer, "bad_character", "This text has a character that cannot be stored.")
    elif isinstance(found, list):
        for index, value in enumerate(found):
            _check_text(value, f"{pointer}/{index}")
    elif isinstance(found, dict):
        for name, value in found.items():
            _check_text(name, pointer)
            _check_text(value, f"{pointer}/{name}")
