"""Facts that others may react to, written in the transaction that made them true."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields
from typing import Any, ClassVar, NamedTuple, TypeVar
from uuid import UUID

KINDS: dict[str, type["Event"]] = {}
LATER: dict[str, Callable[[Any, Any], Awaitable[None]]] = {}


class Topic(NamedTuple):
    """What a listener asks to hear of, and the permission without which they are told nothing of it."""

    name: str
    needs: str


@dataclass(frozen=True)
class Event:
    """Subclass with a past-tense name and the topic under which it is heard; ids only, never a fact about a patient."""

    name: ClassVar[str]
    topic: ClassVar[Topic]
    at_once: ClassVar[tuple[Callable[..., Awaitable[None]], ...]] = ()
    later: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        KINDS[cls.name] = cls

    def facts(self) -> dict[str, str]:
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}

    @staticmethod
    def restore(name: str, facts: dict[str, str]) -> "Event":
        return KINDS[name](**{field: UUID(value) for field, value in facts.items()})


Happened = TypeVar("Happened", bound=Event)
# The first is the operation; its module stands above this one.
Reaction = Callable[[Any, Happened], Awaitable[None]]


def on(kind: type[Happened]) -> Callable[[Reaction[Happened]], Reaction[Happened]]:
    """Run this in the transaction of the event: both or neither, and its refusal refuses the whole act."""

    def listen(reaction: Reaction[Happened]) -> Reaction[Happened]:
        kind.at_once += (reaction,)
        return reaction

    return listen


def later(kind: type[Happened]) -> Callable[[Reaction[Happened]], Reaction[Happened]]:
    """Run this as a job after every event of the kind: at least once, so it must be safe to repeat."""

    def listen(reaction: Reaction[Happened]) -> Reaction[Happened]:
        name = f"{reaction.__module__.removeprefix('chairside.').removesuffix('.reactions')}.{reaction.__name__}"
        LATER[name] = reaction
        kind.later += (name,)
        return reaction

    return listen
