"""Every kind of event says under which topic it is heard, and who may hear it."""

from dataclasses import dataclass, fields
from uuid import UUID

from chairside import app
from chairside.kernel.events import KINDS, Event, Topic
from chairside.tenancy.permissions import CATALOGUE

assert app.ROUTERS, "every domain is there, and with it its events"


def unheard(kinds):
    return [kind.name for kind in kinds if not isinstance(getattr(kind, "topic", None), Topic)]


def outspoken(kinds):
    """An event is names of things: whatever else it carried would be told to everybody who may hear of the topic."""
    return [kind.name for kind in kinds if any(field.type not in (UUID, "UUID") for field in fields(kind))]


def test_every_event_has_a_topic():
    assert unheard(KINDS.values()) == []


def test_every_topic_needs_a_permission_that_there_is_and_always_the_same():
    topics = {kind.topic for kind in KINDS.values()}
    assert {topic.needs for topic in topics} - set(CATALOGUE) == set()
    assert len({topic.name for topic in topics}) == len(topics)


def test_every_event_carries_ids_alone():
    assert outspoken(KINDS.values()) == []


def test_a_silent_or_outspoken_event_is_noticed():
    @dataclass(frozen=True)
    class Whispered(Event):
        name = "x.whispered"

        patient_name: str

    try:
        assert unheard([Whispered]) == outspoken([Whispered]) == ["x.whispered"]
    finally:
        del KINDS["x.whispered"]
