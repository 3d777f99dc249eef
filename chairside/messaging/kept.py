"""What lies in the development mailbox, and on the development phone."""

import json
import mailbox
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from uuid import UUID


def newest(folder: str, most: int) -> list[dict[str, Any]]:
    if not (Path(folder) / "new").exists():
        return []
    box = mailbox.Maildir(folder)
    # A Maildir's keys begin with the second in which the letter came; then a count.
    keys = sorted(box.keys(), key=_order, reverse=True)[:most]
    return [_shown(key, letter) for key in keys if (letter := _letter(folder, key))]


def html(folder: str, key: str) -> str | None:
    letter = _letter(folder, key)
    part = letter.get_body(("html",)) if letter else None
    return part.get_content() if part else None


def attachment(folder: str, key: str, number: str) -> tuple[str, bytes, str] | None:
    letter = _letter(folder, key)
    parts = list(letter.iter_attachments()) if letter else []
    for place, part in enumerate(parts):
        if number == str(place):
            return _name(part), part.get_content(), part.get_content_type()
    return None


def _letter(folder: str, key: str) -> EmailMessage | None:
    """Only by a key that the mailbox itself knows: never a path."""
    if not (Path(folder) / "new").exists():
        return None
    with suppress(KeyError, OSError):
        found = message_from_bytes(mailbox.Maildir(folder).get_bytes(key), policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found
    return None


def _shown(key: str, letter: EmailMessage) -> dict[str, Any]:
    body = letter.get_body(("plain",))
    return {
        "id": key,
        "sender": str(letter["from"]),
        "to": str(letter["to"]),
        "subject": str(letter["subject"]),
        "at": parsedate_to_datetime(str(letter["date"])) if letter["date"] else None,
        "text": body.get_content() if body else "",
        "attachments": [_name(part) for part in letter.iter_attachments()],
    }


def _name(part: Any) -> str:
    return str(part.get_filename() or "attachment").replace('"', "")


def _order(key: str) -> tuple[int, str]:
    second, _, rest = key.partition(".")
    return (int(second) if second.isdigit() else 0, rest)


def newest_texts(folder: str, most: int) -> list[dict[str, Any]]:
    """By their names, which begin with when they came."""
    files = sorted(Path(folder).glob("*.json"), reverse=True)[:most]
    return [_text(path) for path in files]


def text(folder: str, text_id: UUID) -> dict[str, Any] | None:
    return next((_text(path) for path in Path(folder).glob(f"*-{text_id}.json")), None)


def _text(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text())
    return read | {"id": read.pop("message_id")}
