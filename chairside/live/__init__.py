"""What happens in a clinic, told to those who look at it, as soon as it is so."""

from chairside.live.hub import Hub, TooManyStreams
from chairside.live.queries import UnknownTopic, hear
from chairside.live.stream import Stream

__all__ = ["Hub", "Stream", "TooManyStreams", "UnknownTopic", "hear"]
