"""The service keeps to its own OpenAPI document, whatever it is asked."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import exports, web

APP = Starlette(routes=web.build_routes())
CLIENT = TestClient(APP)
# Files take a while to make, and are asked for by hand, below.
FILES = ["/areas/{area}/brief.pdf", "/opportunity-areas.{form}"]
SCHEMA = schemathesis.openapi.from_asgi("/api/v1/openapi.json", APP).exclude(path=FILES)


@SCHEMA.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_answers_are_as_documented(case: Case[Any]) -> None:
    case.call_and_validate()


@pytest.fixture(scope="module")
def document() -> Any:
    return CLIENT.get("/api/v1/openapi.json").json()


@pytest.mark.slow
def test_health_is_as_documented(document: Any) -> None:
    path = document["paths"]["/healthz"]
    documented = path["get"]["responses"]
    assert set(documented) == {"200", "405", "503"}
    answer = CLIENT.get("/healthz")
    assert answer.json() == CLIENT.get("/api/v1/healthz").json()
    jsonschema.validate(answer.json(), documented["200"]["content"]["application/json"]["schema"])
    refused = CLIENT.post("/healthz")
    assert (refused.status_code, refused.headers["content-type"]) == (
        405,
        "application/problem+json",
    )
    jsonschema.validate(refused.json(), document["components"]["schemas"]["Problem"])


def columns(schema: Any) -> Iterator[tuple[str, Any]]:
    """Yield the columns of the rows that a schema has anywhere in it."""
    if isinstance(schema, list):
        for one in schema:
            yield from columns(one)
    elif isinstance(schema, dict):
        for name, one in schema.get("properties", {}).items():
            if isinstance(one, dict) and isinstance(one.get("type"), list):
                yield name, one
        for one in schema.values():
            yield from columns(one)


def named(rows: Any) -> set[str]:
    """Return the names of the columns of rows, those of rows inside rows among them."""
    found = set()
    for name, value in rows.items():
        found |= set().union(*map(named, value)) if isinstance(value, list) else {name}
    return found


COMPUTED = {"children", "deprived", "deprived_share", "fourth_year_per_child_gbp", "population"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/areas", "areas"),
        ("/areas/{area}", "areas/derby"),
        ("/outcomes", "outcomes"),
        ("/funding", "funding"),
        ("/funding/programme", "funding/programme"),
        ("/research-schools", "research-schools"),
        ("/district-outcomes", "district-outcomes?measure=eyfsp_gld"),
        ("/similar-districts", "similar-districts"),
        ("/comparisons", "comparisons"),
        ("/comparisons/choices", "comparisons/choices"),
        ("/places-not-chosen", "places-not-chosen"),
        ("/last-figures", "last-figures"),
        ("/sources", "sources"),
        ("/areas.geojson", "areas.geojson"),
    ],
)
def test_every_column_is_described(document: Any, path: str, asked: str) -> None:
    content = document["paths"][path]["get"]["responses"]["200"]["content"]
    described = dict(columns(content["application/json"]))
    found = CLIENT.get(f"/api/v1/{asked}").json()
    rows = found.get("data", [one["properties"] for one in found.get("features", [])])
    rows = rows if isinstance(rows, list) else [rows]
    assert named(rows[0]) - set(described) == set()
    assert [name for name, one in described.items() if not one.get("description")] == []
    if path.startswith("/areas"):
        assert set(described) >= COMPUTED
        for name in COMPUTED:
            assert described[name]["description"].startswith("Computed"), name
    sources = dict(columns(document["components"]["schemas"]["Sources"]))
    assert set(found["sources"][0]) == {name for name, one in sources.items() if one["description"]}


def test_what_a_csv_answer_has_more_is_told(document: Any) -> None:
    schema = document["paths"]["/areas"]["get"]["responses"]["200"]["content"]["text/csv"]["schema"]
    for name in ("computed_columns: ", "source: ", "licence: "):
        assert name in schema["description"]


def test_each_operation_has_a_name_that_a_program_can_use(document: Any) -> None:
    names = [item["get"]["operationId"] for item in document["paths"].values()]
    assert len(names) == len(set(names))
    assert all(name.isidentifier() for name in names)
    assert {"get_areas", "get_areas_area", "get_healthz", "get_areas_area_brief_pdf"} <= set(names)


@pytest.mark.slow
@pytest.mark.parametrize("form", exports.FORMATS)
def test_everything_as_a_file(form: str) -> None:
    answer = CLIENT.get(f"/api/v1/opportunity-areas.{form}?cohort=New+six")
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == exports.FORMATS[form].mime
    assert f'opportunity-areas_new-six.{form}"' in answer.headers["content-disposition"]
    assert CLIENT.head(f"/api/v1/opportunity-areas.{form}").status_code == 200


def test_a_brief_as_a_file() -> None:
    answer = CLIENT.get("/api/v1/areas/hastings/brief.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert "hastings" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("areas/atlantis/brief.pdf", 404),
        ("areas/derby/brief.doc", 404),
        ("opportunity-areas.exe", 404),
        ("opportunity-areas.xlsx?cohort=Old", 400),
    ],
)
def test_files_that_there_are_not(path: str, status: int) -> None:
    answer = CLIENT.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.json()["status"]) == (status, status)
