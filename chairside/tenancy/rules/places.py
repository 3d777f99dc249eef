"""What a clinic's address, zone, language and currency may be."""

import re
from functools import cache
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.numbers import list_currencies

SLUG = re.compile(r"^[a-z][a-z0-9-]{2,39}$")
UUID_SHAPED = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LOCALE = re.compile(r"^[a-z]{2,3}(-[A-Z]{2})?$")
RESERVED = frozenset({
    "about", "account", "accounts", "admin", "api", "app", "assets", "auth", "billing", "blog", "book", "booking", "c",
    "chairside", "clinic", "clinics", "console", "docs", "favicon",
    "files", "health", "help", "home", "invite", "legal", "link", "links",
    "login", "logout", "mail", "metrics", "new", "portal", "pricing", "privacy", "public", "ready", "root", "security", "session",
    "sessions", "settings", "signin", "signup", "sign-in", "sign-up", "start", "static", "status", "support", "system", "terms",
    "undefined", "null", "www",
})  # fmt: skip


def slug_is_an_address(slug: str) -> bool:
    """Never shaped like an id: both stand at the same place of an address."""
    return bool(SLUG.fullmatch(slug)) and slug not in RESERVED and not UUID_SHAPED.fullmatch(slug)


@cache
def timezones() -> frozenset[str]:
    return frozenset(zone for zone in available_timezones() if "/" in zone or zone == "UTC") - {"Factory"}


@cache
def currencies() -> frozenset[str]:
    return frozenset(list_currencies())


def is_locale(locale: str) -> bool:
    if not LOCALE.fullmatch(locale):
        return False
    try:
        Locale.parse(locale, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True
