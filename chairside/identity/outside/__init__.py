"""Providers that vouch for people (OpenID Connect): where they are asked, and what of their answers is believed."""

from chairside.identity.outside.asking import Asking, ProviderAway, Providers
from chairside.identity.outside.tokens import Vouched, VouchedWrongly, asked_since

__all__ = ["Asking", "ProviderAway", "Providers", "Vouched", "VouchedWrongly", "asked_since"]
