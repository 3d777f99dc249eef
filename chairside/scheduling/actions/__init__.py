"""Doors that write."""
