"""Sealing the audit and signing where its chains end."""
