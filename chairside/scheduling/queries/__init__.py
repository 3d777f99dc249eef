"""Doors that read."""
