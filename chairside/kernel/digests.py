"""What was signed, so that it can be held against what stands here later."""

import hashlib
import json
from collections.abc import Mapping


def digest_of(content: Mapping[str, object]) -> bytes:
    """SHA-256 of a JSON object with its keys in order, without spaces, in UTF-8; what JSON lacks stands as its text. It never
    changes: every signature that was ever made is read again with it."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).digest()
