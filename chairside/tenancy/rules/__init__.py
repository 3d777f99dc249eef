"""What a clinic's address, zone, language and currency may be, and who may give which roles."""

from chairside.tenancy.rules.places import currencies, is_locale, slug_is_an_address, timezones
from chairside.tenancy.rules.regions import is_region

__all__ = ["currencies", "is_locale", "is_region", "slug_is_an_address", "timezones"]
