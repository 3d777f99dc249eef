"""The API, readable: the OpenAPI document as one page without scripts, so that it needs nothing from elsewhere and nothing of the
content policy."""

from html import escape
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

docs = APIRouter(prefix="/api/v1/docs", include_in_schema=False)

STYLE = """
:root {
  color-scheme: light dark;
  --line: color-mix(in oklch, currentcolor 18%, transparent);
  --soft: color-mix(in oklch, currentcolor 62%, transparent);
}
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.5rem 6rem; font: 14px/1.5 "Inter Variable", system-ui, sans-serif; }
h1 { font-size: 26px; margin: 0 0 4px; }
h2 { margin: 2.5rem 0 .5rem; font-size: 18px; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 1rem 0; }
p { margin: .25rem 0; }
.soft { color: var(--soft); }
details { border-top: 1px solid var(--line); }
details > div { padding: 0 0 1rem 4.75rem; }
summary { cursor: pointer; padding: .5rem 0; display: flex; gap: .75rem; align-items: baseline; }
summary b { width: 4rem; font-size: 12px; }
code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
td { padding: .2rem .75rem .2rem 0; vertical-align: top; }
@media (max-width: 40rem) { details > div { padding-inline-start: 0; } summary { flex-wrap: wrap; } }
"""


@docs.get("/style.css")
async def style() -> Response:
    return Response(STYLE, media_type="text/css", headers={"cache-control": "no-cache"})


@docs.get("")
async def page(request: Request) -> Response:
    return HTMLResponse(drawn(request.app.openapi()), headers={"cache-control": "no-cache"})


def drawn(document: dict[str, Any]) -> str:
    groups: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation.get("tags", ["other"])[0], []).append((method.upper(), path, operation))
    contents = "".join(f'<a href="#{escape(tag)}">{escape(tag)}</a>' for tag in [*groups, "shapes"])
    body = "".join(
        f'<h2 id="{escape(tag)}">{escape(tag)}</h2>' + "".join(_operation(*one) for one in operations)
        for tag, operations in groups.items()
    )
    shapes = "".join(_shape(name, schema) for name, schema in sorted(document["components"]["schemas"].items()))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{escape(document["info"]["title"])} API</title>'
        '<link rel="stylesheet" href="/api/v1/docs/style.css"></head><body>'
        f'<h1>{escape(document["info"]["title"])} API</h1><p class="soft">{escape(document["info"].get("description", ""))} '
        f'For programs: <a href="/api/v1/openapi.json">openapi.json</a></p><nav>{contents}</nav>{body}'
        f'<h2 id="shapes">shapes</h2>{shapes}</body></html>'
    )  # fmt: skip


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    rows = [
        _row(f"{one['name']} <span class=soft>{escape(one['in'])}</span>", one.get("schema", {}), one.get("required", False))
        for one in operation.get("parameters", ())
    ]
    sent = operation.get("requestBody", {}).get("content", {})
    rows += [_row("body", content.get("schema", {}), True) for content in sent.values()]
    answers = [
        _row(escape(status), next(iter(answer.get("content", {"": {}}).values())).get("schema", {}), None)
        for status, answer in operation["responses"].items()
    ]
    about = escape(operation.get("description") or operation.get("summary", ""))
    return (
        f"<details><summary><b>{method}</b><code>{escape(path)}</code></summary><div><p>{about}</p>"
        f"<table>{''.join(rows)}</table><p class=soft>Answers</p><table>{''.join(answers)}</table></div></details>"
    )


def _shape(name: str, schema: dict[str, Any]) -> str:
    required = schema.get("required", ())
    rows = "".join(_row(escape(field), kind, field in required) for field, kind in schema.get("properties", {}).items())
    about = escape(schema.get("description", ""))
    head = f'<details id="{escape(name)}"><summary><code>{escape(name)}</code></summary>'
    return f"{head}<div><p>{about}</p><table>{rows}</table></div></details>"


def _row(name: str, schema: dict[str, Any], required: bool | None) -> str:
    needed = {True: "required", False: "optional", None: ""}[required]
    return f"<tr><td><code>{name}</code></td><td>{_kind(schema)}</td><td class=soft>{needed}</td></tr>"


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        return f'<a href="#{name}">{name}</a>'
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return " or ".join(map(_kind, options))
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    if words := schema.get("enum"):
        return " | ".join(escape(str(word)) for word in words)
    return escape(" ".join(str(schema[key]) for key in ("type", "format") if key in schema) or "any")
