"""How sure a guess is, as the screen says it."""

from typing import Literal

Confidence = Literal["certain", "likely", "unsure", "chosen"]
"""certain: nothing speaks against it; likely: most speaks for it; unsure: please look; chosen: by a person."""
