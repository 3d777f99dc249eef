"""The OpenAPI document: what every route shares is said once, here."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

PROBLEM = {
    "type": "object",
    "description": "RFC 9457: why a request was refused. `code` is stable; `detail` is a sentence for a person.",
    "required": ["type", "title", "status", "code", "detail", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "facts": {"type": "object", "additionalProperties": True},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                    "facts": {"type": "object", "additionalProperties": True},
                },
            },
        },
    },
}
REFUSED = {
    "description": "Refused",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
WRITING = ("post", "put", "patch", "delete")
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "maxLength": 200},
    "description": "A request repeated with its key has one effect and gets the same answer, for 72 hours.",
}


def document(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    made["components"]["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "__Host-chairside"},
        "key": {"type": "http", "scheme": "bearer"},
    }
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            operation["responses"].pop("422", None)
            operation["responses"]["4XX"] = REFUSED
            if method in WRITING and "{clinic}" in path and operation.get("x-kept", True):
                required = operation.get("x-idempotency") == "required"
                operation.setdefault("parameters", []).append(KEY | {"required": required})
            if "{clinic}" in path:
                operation["security"] = [{"session": []}, {"key": []}]
    return made
