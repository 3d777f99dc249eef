from datetime import time
from typing import Any

from fastapi import APIRouter

from chairside import messaging
from chairside.kernel.http import InOp, Route, SeenVersion
from chairside.messaging.schemas import (
    CascadeView,
    Channel,
    Kind,
    Language,
    NewCascade,
    PreviewView,
    Templates,
    TemplateTrial,
    TemplateView,
    TemplateWords,
)

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["messaging"], route_class=Route)
TEMPLATE = "/message-templates/{kind}/{channel}/{language}"


@router.get("/reminder-settings", response_model=CascadeView)
async def get_reminder_settings(op: InOp) -> Any:
    """Version 0: the usual ones, which remind nobody of anything."""
    return CascadeView.of(await messaging.get_cascade(op))


@router.put("/reminder-settings", response_model=CascadeView)
async def set_reminder_settings(op: InOp, version: SeenVersion, new: NewCascade) -> Any:
    """As a whole; visits to come follow it at once."""
    done = await messaging.set_cascade(
        op, version=version, undo_minutes=new.undo_minutes, quiet_from=time.fromisoformat(new.quiet_from),
        quiet_until=time.fromisoformat(new.quiet_until), tell_changes=new.tell_changes,
        rules=[messaging.NewRule(**rule.model_dump()) for rule in new.rules],
    )  # fmt: skip
    return CascadeView.of(done)


@router.get("/message-templates", response_model=Templates)
async def list_message_templates(op: InOp) -> Any:
    """Of each kind, channel and language, as it is said now; the clinic's language first."""
    return {
        "fields": messaging.TEMPLATE_FIELDS,
        "items": [_shown(one.template, own=one.own) for one in await messaging.list_templates(op)],
    }


@router.put(TEMPLATE, response_model=TemplateView)
async def set_message_template(
    op: InOp, kind: Kind, channel: Channel, language: Language, version: SeenVersion, new: TemplateWords
) -> Any:
    done = await messaging.set_template(
        op, kind=kind, channel=channel, language=language, version=version, subject=new.subject, body=new.body
    )
    return _shown(done, own=True)


@router.delete(TEMPLATE, response_model=TemplateView)
async def reset_message_template(op: InOp, kind: Kind, channel: Channel, language: Language) -> Any:
    """The product's own words again."""
    return _shown(await messaging.reset_template(op, kind=kind, channel=channel, language=language), own=False)


@router.post("/message-templates/previews", response_model=PreviewView, openapi_extra={"x-changes-nothing": True})
async def preview_message_template(op: InOp, trial: TemplateTrial) -> Any:
    """With an invented patient in its fields. Refuses what could not be kept."""
    return await messaging.preview(op, **trial.model_dump())


def _shown(template: messaging.MessageTemplate, *, own: bool) -> dict[str, Any]:
    return template._asdict() | {"own": own}
