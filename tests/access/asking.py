"""What to send to a route: valid, and about the rows that the ids name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from studio_app.kit.clock import utc_now
from studio_app.kit.ids import new_id
from studio_app.web.api.app import api

OTHER_NAMES = {
    "leaving": "seat_id",
    "id": "proposal_id",
    "cancelled": "lesson_id",
    "ended": "series_id",
    "left": "enrolment_id",
    "unseated": "lesson_id",
    "cancelled_id": "lesson_id",
    "other_id": "held_id",
    "subject_id": "teacher_id",
    "from_term_id": "term_id",
    "to": "term_id",
    "place_id": "rollover_place_id",
    "answer": "rollover_place_id",
}
LARGEST_NUMBER = 2**53 - 1
FILE = {"file": ("a.csv", b"Name,Email\nA,b@example.org\n")}
CHOSEN: dict[str, Any] = {
    "role": "student",
    "permission": "people.view",
    "email": "new@example.org",
    "currency": "GBP",
    "country": "GB",
    "timezone": "Europe/London",
    "locale": "en-GB",
    "region": "ENG",
    "minor": 1000,
    "minutes": 30,
    "step_minutes": 30,
    "answer_minutes": 60,
    "capacity": 4,
    "max_capacity": 4,
    "basis_points": 0,
    "due_in": 14,
    "owed": {"minor": 1000, "currency": "GBP"},
    "month": "2026-09-01",
    "at": "18:00:00",
    "scopes": [],
    "document": {"rules": [{"id": "rest"}]},
    "key": "coach",
}


class Ids(dict[str, UUID]):
    """The ids that a request names; whatever it asks for is remembered."""

    def __init__(self, known: Mapping[str, UUID] | None = None) -> None:
        super().__init__(known or {})
        self._unknown = known is None
        self.used: set[str] = set()

    def __missing__(self, name: str) -> UUID:
        if not self._unknown:
            raise KeyError(f"the stage has no {name}: give it one")
        return self.setdefault(name, new_id())

    def of(self, name: str) -> str:
        self.used.add(name)
        return str(self[name])


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    body: Any = None
    files: Any = None


def route_names() -> set[str]:
    """`GET /api/v1/students` and so on: whatever answers over HTTP."""
    return set(_names(api.router))


def _names(router: Any) -> Iterable[str]:
    for route in router.routes:
        if hasattr(route, "original_router"):
            yield from _names(route.original_router)
            continue
        for method in route.methods - {"HEAD"}:
            yield f"{method} {route.path}"


def request_for(name: str, ids: Ids) -> Request:
    """A request with every field filled in, by the API's own description."""
    method, path = name.split(" ")
    told = api.openapi()
    operation = told["paths"].get(path, {}).get(method.lower())
    if operation is None:
        return Request(method, path)
    query: list[str] = []
    for parameter in operation.get("parameters", []):
        called, schema = parameter["name"], parameter["schema"]
        if parameter["in"] == "path":
            path = path.replace(f"{{{called}}}", str(_value(told, schema, called, ids)))
        elif parameter["in"] == "query" and (parameter.get("required") or called.endswith("_id")):
            value = _value(told, schema, called, ids)
            query += [f"{called}={one}" for one in (value if isinstance(value, list) else [value])]
    address = path + ("?" + "&".join(query) if query else "")
    content = operation.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        return Request(method, address, files=FILE)
    schema = content.get("application/json", {}).get("schema")
    return Request(method, address, _value(told, schema, "", ids) if schema else None)


def _value(told: dict[str, Any], schema: dict[str, Any], name: str, ids: Ids) -> Any:
    if name in CHOSEN:
        return CHOSEN[name]
    if "$ref" in schema:
        return _value(told, told["components"]["schemas"][schema["$ref"].split("/")[-1]], name, ids)
    for several in ("anyOf", "allOf", "oneOf"):
        if several in schema:
            real = next(one for one in schema[several] if one.get("type") != "null")
            return _value(told, real, name, ids)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        return _object(told, schema, name, ids)
    if kind == "array":
        return [_value(told, schema["items"], name.removesuffix("s"), ids)]
    return _plain(schema, name, ids)


def _object(told: dict[str, Any], schema: dict[str, Any], name: str, ids: Ids) -> dict[str, Any]:
    named = schema.get("propertyNames", {})
    if named.get("format") == "uuid":
        one = name.removesuffix("s")
        key = ids.of(OTHER_NAMES.get(one, one))
        return {key: _value(told, schema["additionalProperties"], one, ids)}
    parts = schema.get("properties", {})
    return {part: _value(told, inner, part, ids) for part, inner in parts.items()}


def _plain(schema: dict[str, Any], name: str, ids: Ids) -> Any:
    day = date.fromordinal(utc_now().date().toordinal()) + timedelta(days=3)
    match schema.get("type"), schema.get("format"):
        case "string", "uuid":
            return ids.of(OTHER_NAMES.get(name, name))
        case "string", "date":
            return (day + timedelta(days=7)).isoformat() if name in LATER else day.isoformat()
        case "string", "date-time":
            return f"{day.isoformat()}T18:00:00"
        case "string", "time":
            return "18:00:00"
        case "integer", _ if name.endswith("_id"):
            return UUID(ids.of(name)).int & LARGEST_NUMBER  # the queue numbers its rows
        case "integer", _:
            return schema.get("minimum", 1)
        case "boolean", _:
            return False
        case _:
            return "Anything"


LATER = ("until", "ends_on", "last_on", "until_on")
