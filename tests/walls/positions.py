"""Where in a route's request an id may stand: in its address, its query, anywhere in its body. Read from the OpenAPI document."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from tests.walls.requests import NEVER, Request

Place = tuple[str | int, ...]
SLUGS = ("role", "roles", "copied_from", "replacement")  # what is named by a word of the clinic's own


class Position(NamedTuple):
    where: str
    """path, query or body"""
    place: Place

    @property
    def is_slug(self) -> bool:
        return any(step in SLUGS for step in self.place)

    def __str__(self) -> str:
        return f"{self.where} {'/'.join(map(str, self.place))}"


class Document:
    def __init__(self, document: dict[str, Any]) -> None:
        self.schemas = document["components"]["schemas"]
        self.operations = {
            (method.upper(), path): one for path, all_ in document["paths"].items() for method, one in all_.items()
        }

    def positions(self, method: str, path: str) -> Iterator[Position]:
        operation = self.operations[method, path]
        for one in operation.get("parameters", ()):
            if any(True for _ in self._ids(one["schema"])) or one["name"] in SLUGS:
                yield Position(one["in"], (one["name"],))
        if schema := self._body(operation):
            yield from (Position("body", place) for place in self._ids(schema))

    def with_id(self, method: str, path: str, request: Request, position: Position, id: str) -> Request:
        """The same request with this id there; what it stands in is made where the request has nothing."""
        if position.where == "query":
            rest = [part for part in request.query.split("&") if part and part.partition("=")[0] != position.place[0]]
            return request._replace(query="&".join([*rest, f"{position.place[0]}={id}"]))
        schema = self._body(self.operations[method, path])
        return request._replace(body=self._put(deepcopy(request.body), position.place, schema or {}, id))

    def _body(self, operation: dict[str, Any]) -> dict[str, Any] | None:
        content = operation.get("requestBody", {}).get("content", {})
        return content["application/json"]["schema"] if "application/json" in content else None

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Without references and nulls."""
        while True:
            if "$ref" in schema:
                schema = self.schemas[schema["$ref"].rpartition("/")[2]]
            elif options := [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]:
                schema = options[0]
            else:
                return schema

    def _ids(self, schema: dict[str, Any]) -> Iterator[Place]:
        schema = self._resolved(schema)
        if schema.get("format") == "uuid":
            yield ()
        for name, inner in schema.get("properties", {}).items():
            yield from ((name, *place) for place in self._ids(inner))
            if name in SLUGS:
                yield (name, 0) if self._resolved(inner).get("type") == "array" else (name,)
        if "items" in schema:
            yield from ((0, *place) for place in self._ids(schema["items"]))

    def _put(self, body: Any, place: Place, schema: dict[str, Any], id: str) -> Any:
        schema = self._resolved(schema)
        if not place:
            return id
        step, *rest = place
        if isinstance(step, int):
            first = body[0] if isinstance(body, list) and body else self._least(schema["items"])
            return [self._put(first, tuple(rest), schema["items"], id)]
        body = body if isinstance(body, dict) else self._least(schema)
        inner = schema["properties"][step]
        return {**body, step: self._put(body.get(step), tuple(rest), inner, id)}

    def _least(self, schema: dict[str, Any]) -> Any:
        schema = self._resolved(schema)
        if schema.get("type") == "object":
            return {name: self._least(schema["properties"][name]) for name in schema.get("required", ())}
        if schema.get("type") == "array":
            return []
        if schema.get("format") == "uuid":
            return NEVER
        return {"integer": 1, "boolean": True}.get(schema.get("type", ""), (schema.get("enum") or ["RON"])[0])
