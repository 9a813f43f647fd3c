"""Holds requests and replies against a published API description, so that neither side drifts."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs

from tests.standins.peer import Heard

Schema = dict[str, Any]


class NotDescribed(Exception):
    """What was said is not in the description."""


@dataclass(frozen=True)
class Operation:
    """One method of one path, and the values in the path."""

    described: Schema
    places: dict[str, str]


class Description:
    """OpenAPI 3.0, as far as these vendors use it."""

    def __init__(self, source: Path) -> None:
        self._source = json.loads(source.read_text())

    def operation(self, heard: Heard) -> Operation:
        for path, item in self._source["paths"].items():
            pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path))
            found = re.fullmatch(pattern, heard.path)
            if found and heard.method.lower() in item:
                return Operation(item[heard.method.lower()], found.groupdict())
        raise NotDescribed(f"no {heard.method} {heard.path}")

    def asked(self, operation: Operation, heard: Heard) -> dict[str, Any]:
        """The parameters of a request, as values. Raises NotDescribed."""
        query = self._parameters(operation, "query")
        path = self._parameters(operation, "path")
        self._check(path, self._decoded(path, list(operation.places.items())))
        self._check(query, self._decoded(query, heard.query))
        body = operation.described.get("requestBody")
        if body is None:
            return self._decoded(query, heard.query)
        kind = heard.headers.get("Content-Type", "").partition(";")[0]
        if kind not in body["content"]:
            raise NotDescribed(f"a body of {kind!r}")
        form = self._closed(body["content"][kind]["schema"])
        if kind == "application/json":
            return self._json(form, heard.body)
        said = parse_qsl(heard.body.decode(), keep_blank_values=True, strict_parsing=True)
        values = self._decoded(form, said)
        self._check(form, values)
        return values

    def answered(self, operation: Operation, status: int, body: Any) -> None:
        """Raises NotDescribed unless this is how the description says it is answered."""
        replies = operation.described["responses"]
        if str(status) not in replies:
            raise NotDescribed(f"an answer {status}")
        content = replies[str(status)].get("content")
        if content is None:
            self._check({"type": "null"}, body)
            return
        self._check(self._closed(content["application/json"]["schema"]), body)

    def _json(self, schema: Schema, body: bytes) -> dict[str, Any]:
        try:
            values = json.loads(body)
        except ValueError as fault:
            raise NotDescribed("a body that is not JSON") from fault
        self._check(schema, values)
        return values

    def _parameters(self, operation: Operation, where: str) -> Schema:
        listed = [p for p in operation.described.get("parameters", []) if p["in"] == where]
        return {
            "type": "object",
            "properties": {p["name"]: self._closed(p["schema"]) for p in listed},
            "required": [p["name"] for p in listed if p.get("required")],
            "additionalProperties": False,
        }

    def _closed(self, schema: Schema) -> Schema:
        """As JSON Schema: references followed, null where allowed, nothing undescribed."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            schema = {**schema, **self._source["components"]["schemas"][name]}
        made = {k: v for k, v in schema.items() if k not in {"$ref", "nullable"}}
        if "properties" in made:
            made["properties"] = {n: self._closed(s) for n, s in made["properties"].items()}
            made["additionalProperties"] = False
        if "items" in made:
            made["items"] = self._closed(made["items"])
        return {"anyOf": [made, {"type": "null"}]} if schema.get("nullable") else made

    def _decoded(self, schema: Schema, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """A form has only words; the schema says which are numbers, switches and lists."""
        values: dict[str, Any] = {}
        for name, word in pairs:
            kind = schema["properties"].get(name, {})
            if kind.get("type") == "array":
                values.setdefault(name, []).append(_value(kind["items"], word))
            elif name in values:
                raise NotDescribed(f"{name} said twice")
            else:
                values[name] = _value(kind, word)
        return values

    def _check(self, schema: Schema, value: Any) -> None:
        checker = jsonschema_rs.Draft202012Validator(schema, validate_formats=True, formats=FORMATS)
        for fault in checker.iter_errors(value):
            raise NotDescribed(f"{'/'.join(map(str, fault.instance_path))}: {fault.message}")


def _value(schema: Schema, word: str) -> Any:
    try:
        match schema.get("type"):
            case "integer":
                return int(word)
            case "number":
                return float(word)
            case "boolean":
                return {"true": True, "false": False}[word.lower()]
            case _:
                return word
    except (ValueError, KeyError):
        return word  # left to the check, which says what is wrong with it


def _rfc_2822(value: Any) -> bool:
    try:
        return parsedate_to_datetime(value).tzinfo is not None
    except (ValueError, TypeError):
        return False


FORMATS = {
    "date-time-rfc-2822": _rfc_2822,
    # Replies give addresses on the same host; the description calls them uri all the same.
    "uri": lambda value: re.match(r"https?://[\w.\[\]:-]+/|/", value) is not None,
}
