"""An invented clinic worth looking at, for development: the same one every time it is made on the same day."""

from chairside.demo.seeding import seed

__all__ = ["seed"]
