"""Text that would like to be markup goes through the service as data: JSON, CSV or a problem."""

import re
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import injection
from dashboard import web
from dashboard.web.api import endpoints
from injection import Planted

TYPES = {"application/json", "application/geo+json", "text/csv", "application/problem+json"}
# The tables that the service gives whole, each at its path.
WHOLE = {
    "/outcomes": "outcomes",
    "/funding": "funding_areas",
    "/funding/programme": "funding_programme",
    "/research-schools": "research_schools",
    "/index-2016": "index_2016",
    "/district-outcomes": "district_outcomes",
    "/similar-districts": "similar_districts",
    "/sources": "sources",
}
# The texts of the data that computed tables hold.
COMPUTED = {
    "/comparisons": {("district_outcomes", "district")},
    "/comparisons/choices": set(),
    "/places-not-chosen": {("districts", "name"), ("similar_districts", "similar_name")},
    "/last-figures": {("areas", "label"), ("outcomes", "geography_name")},
}


@pytest.fixture(autouse=True)
def served(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(planted.folder))


@pytest.mark.slow
@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("path", [one.path for one in endpoints.ENDPOINTS])
def test_a_table_holds_every_text_as_it_is(planted: Planted, path: str, form: str) -> None:
    answer = TestClient(Starlette(routes=web.build_routes())).get(f"/api/v1{path}?format={form}")
    assert answer.headers["content-type"].split(";")[0] in TYPES
    assert answer.headers["x-content-type-options"] == "nosniff"
    table = WHOLE.get(path, "areas")
    wanted = {mark for (name, _), mark in planted.marks.items() if name == table}
    if path in COMPUTED:
        wanted = {planted.marks[column] for column in COMPUTED[path]}
    assert set(re.findall(r"mk\d+x", answer.text)) >= wanted


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    ["areas/{}", "{}", "areas?cohort={}", "areas?{}=1", "outcomes?measure={}", "areas?format={}"],
)
def test_what_is_asked_for_comes_back_as_data(path: str) -> None:
    asked = path.replace("{}", quote(injection.SCRIPT, safe=""))
    answer = TestClient(Starlette(routes=web.build_routes())).get(f"/api/v1/{asked}")
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"].split(";")[0] in {*TYPES, "text/plain"}
