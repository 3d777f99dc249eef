"""Where the key-encryption key is kept: a key file, or AWS KMS."""

from pathlib import Path

from chairside.kernel.keys.kms import Kms
from chairside.kernel.keys.port import KEY_BYTES, Context, KeyPort, KeysAway, Wrapped, WrongKey
from chairside.kernel.keys.ring import Ring
from chairside.kernel.settings import Settings

__all__ = ["KEY_BYTES", "Context", "KeyPort", "KeysAway", "Kms", "Ring", "Wrapped", "WrongKey", "chosen"]

_HERE: list[Ring] = []


def chosen(settings: Settings) -> KeyPort:
    """By the settings. With neither, in development, the keys are this process' own and end with it. Refuses Stop."""
    if settings.kms_key:
        return Kms(settings.kms_key.replace(",", " ").split(), region=settings.kms_region, endpoint=settings.kms_endpoint)
    if settings.keyring:
        return Ring(Path(settings.keyring))
    if not _HERE:
        _HERE.append(Ring(None))
    return _HERE[0]
