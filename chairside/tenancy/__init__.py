"""Clinics, who works in them, and what their roles permit."""

from chairside.tenancy.actions import ClinicChanged, SlugTaken, add_clinic, change, sign_up, sign_up_key
from chairside.tenancy.permissions import CATALOGUE, TEMPLATES
from chairside.tenancy.queries import count, find, get, list_members, list_workplaces
from chairside.tenancy.rows import Clinic, Member, Workplace

__all__ = [
    "CATALOGUE", "TEMPLATES", "Clinic", "ClinicChanged", "Member", "SlugTaken", "Workplace", "add_clinic", "change", "count",
    "find", "get", "list_members", "list_workplaces", "sign_up", "sign_up_key",
]  # fmt: skip
