"""Applies the program's own schema to a package, in addition to the package's rules.

Pages, files and addresses rely on the keys, fixed words, dates and numbers of the tables.
``schema.json`` beside this module has their columns, rules and keys. A package may add rules and
remove none: the stricter of two is checked. Only our own patterns are run, as a regular
expression can be written that never ends.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.data.validation.declared import DESCRIPTOR, is_table
from dashboard.data.validation.issues import Descriptor, ValidationIssue

# Made from data/datapackage.json by `make schema`; a test compares them.
SCHEMA_PATH = Path(__file__).with_name("schema.json")

_CHECKED_RULES = frozenset(
    {"required", "unique", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength"}
)


def load_schema() -> Descriptor:
    """Load our resources, each with its name, path and, for a table, schema."""
    return _read_schema(SCHEMA_PATH)


@cache
def _read_schema(path: Path) -> Descriptor:
    schema: Descriptor = json.loads(path.read_text(encoding="utf-8"))
    return schema


def reduce_package(package: Descriptor) -> Descriptor:
    """Reduce our own package's descriptor to what the program relies on."""
    return {"resources": list(map(_reduce_resource, package["resources"]))}


def _reduce_resource(resource: Descriptor) -> Descriptor:
    reduced = {"name": resource["name"], "path": resource["path"]}
    if is_table(resource):
        reduced["schema"] = reduce_schema(resource["schema"])
    return reduced


def reduce_schema(schema: Descriptor) -> Descriptor:
    """Reduce a table's schema to what is checked: names, types and rules of columns, and keys."""
    names = ("name", "type", "constraints")
    fields = [{name: field[name] for name in names if name in field} for field in schema["fields"]]
    keys: Descriptor = {key: schema[key] for key in ("primaryKey", "foreignKeys") if key in schema}
    return {"fields": fields, **keys}


def find_omissions(package: Descriptor) -> Iterator[ValidationIssue]:
    """Yield what a package must declare and does not, or declares differently."""
    declared = {resource["name"]: resource for resource in package["resources"]}
    for resource in load_schema()["resources"]:
        name = resource["name"]
        if name not in declared:
            yield _build_issue(name, "is a resource that is not declared")
        elif declared[name]["path"] != resource["path"]:
            yield _build_issue(name, f"must be the file {resource['path']}", declared[name]["path"])
        elif is_table(resource):
            yield from _find_table_omissions(declared[name], resource)


def _find_table_omissions(declared: Descriptor, ours: Descriptor) -> Iterator[ValidationIssue]:
    name, fields = ours["name"], _map_fields(declared)
    for column, field in _map_fields(ours).items():
        if column not in fields:
            yield _build_issue(f"{name}.{column}", "is a column that is not declared")
        elif (kind := fields[column]["type"]) != field["type"]:
            yield _build_issue(f"{name}.{column}", f"must be of the type {field['type']}", kind)
    key, own_key = ours["schema"].get("primaryKey"), declared["schema"].get("primaryKey")
    if key and own_key and own_key != key:
        yield _build_issue(name, f"must have the primary key {', '.join(key)}", ", ".join(own_key))


def find_foreign_rules(package: Descriptor) -> Iterator[ValidationIssue]:
    """Yield rules that a package has for our columns and that cannot be checked."""
    ours = _map_own_resources()
    for resource in package["resources"]:
        if resource["name"] not in ours or not is_table(resource):
            continue
        known = _map_fields(ours[resource["name"]])
        for column, field in _map_fields(resource).items():
            rules = field.get("constraints")
            if not isinstance(rules, dict):
                continue
            place = f"{resource['name']}.{column}"
            for name in sorted(set(rules) - _CHECKED_RULES):
                yield _build_issue(place, "has a rule that is not checked here", name)
            own_pattern = known.get(column, {}).get("constraints", {}).get("pattern")
            if rules.get("pattern", own_pattern) != own_pattern:
                rule = (
                    'has a pattern that is not the dashboard\'s, and no other is run: use "enum", '
                    '"minimum" or "maxLength", or leave it out'
                )
                yield _build_issue(place, rule, str(rules["pattern"]))


def _build_issue(what: str, rule: str, value: str | None = None) -> ValidationIssue:
    return ValidationIssue(DESCRIPTOR, None, what, rule, value)


def merge_package(package: Descriptor) -> Descriptor:
    """Reduce a package's descriptor to our resources, and merge our rules into its own."""
    ours = _map_own_resources()
    resources = [
        _merge_table(resource, ours[resource["name"]]) if is_table(resource) else resource
        for resource in package["resources"]
        if resource["name"] in ours
    ]
    return {**package, "resources": resources}


def drop_added_columns(package: Descriptor) -> Descriptor:
    """Drop the columns that are not ours, which no page or file reads, from a descriptor."""
    ours = _map_own_resources()
    resources = [
        _drop_added_fields(resource, _map_fields(ours[resource["name"]]))
        if is_table(resource)
        else resource
        for resource in package["resources"]
    ]
    return {**package, "resources": resources}


def _drop_added_fields(table: Descriptor, known: Collection[str]) -> Descriptor:
    fields = [field for field in table["schema"]["fields"] if field["name"] in known]
    return {**table, "schema": {**table["schema"], "fields": fields}}


def _merge_table(table: Descriptor, ours: Descriptor) -> Descriptor:
    if not is_table(ours):
        return table
    known, schema = _map_fields(ours), table["schema"]
    fields = [_merge_field(field, known.get(field["name"], {})) for field in schema["fields"]]
    columns = {field["name"] for field in fields}
    merged: Descriptor = {**schema, "fields": fields}
    # A column that is not declared is an issue already, which a key on it would repeat.
    key = ours["schema"].get("primaryKey", [])
    if key and set(key) <= columns:
        merged["primaryKey"] = key
    keys = [_reduce_key(key) for key in schema.get("foreignKeys", [])]
    for key in map(_reduce_key, ours["schema"].get("foreignKeys", [])):
        if key not in keys and set(key["fields"]) <= columns:
            keys.append(key)
    if keys:
        merged["foreignKeys"] = keys
    return {**table, "schema": merged}


def _reduce_key(key: Descriptor) -> Descriptor:
    reference = {name: key["reference"][name] for name in ("resource", "fields")}
    return {"fields": key["fields"], "reference": reference}


def _merge_field(field: Descriptor, ours: Descriptor) -> Descriptor:
    rules, own = ours.get("constraints", {}), field.get("constraints", {})
    if not isinstance(own, dict):
        return field
    checked = {name: rule for name, rule in own.items() if name in _CHECKED_RULES - {"pattern"}}
    stricter = {name: _merge_rule(name, rule, own.get(name)) for name, rule in rules.items()}
    return {**field, "constraints": checked | stricter}


def _merge_rule(name: str, ours: Any, own: Any) -> Any:
    """Return the stricter of two rules: ours if the other is missing or of another type."""
    if name == "enum" and isinstance(own, list):
        allowed = {str(value) for value in own}
        return [value for value in ours if str(value) in allowed]
    if name in ("minimum", "minLength") and _is_number(own):
        return max(ours, own)
    if name in ("maximum", "maxLength") and _is_number(own):
        return min(ours, own)
    return ours


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _map_own_resources() -> dict[str, Descriptor]:
    return {resource["name"]: resource for resource in load_schema()["resources"]}


def _map_fields(table: Mapping[str, Any]) -> dict[str, Descriptor]:
    return {field["name"]: field for field in table.get("schema", {}).get("fields", [])}
