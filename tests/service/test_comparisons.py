"""The comparisons and the tables that they rest on, as the service answers them."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import web
from expected import read_table
from expected_districts import OTHERS, OWN, YEARS, change

CLIENT = TestClient(Starlette(routes=web.build_routes()))
AREAS = read_table("areas")


def body(path: str) -> dict[str, Any]:
    answer = CLIENT.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("measure", [None, "gcse_english_maths_by_19", "progress8"])
def test_every_district_s_outcomes_are_those_of_the_file(measure: str | None) -> None:
    query = f"?measure={measure}" if measure else ""
    found = [
        (row["measure_id"], row["lad_code"], row["time_period"], row["value"], row["pupils"])
        for row in body(f"district-outcomes{query}")["data"]
    ]
    assert found == [
        (
            row["measure_id"],
            row["lad_code"],
            row["period"].replace("/", ""),
            float(row["value"]) if row["value"] else None,
            int(row["pupils"]) if row["pupils"] else None,
        )
        for row in read_table("district_outcomes")
        if measure in (None, row["measure_id"])
    ]
    assert bool(found) == (measure != "progress8")


@pytest.mark.parametrize("query", ["", "?cohort=New+six"])
def test_similar_districts_are_those_of_the_areas_asked_for(query: str) -> None:
    areas = {row["area_id"] for row in AREAS if not query or row["cohort"] == "New six"}
    codes = {row["lad_code"] for row in read_table("districts") if row["area_id"] in areas}
    found = [
        (row["lad_code"], row["place"], row["similar_code"])
        for row in body(f"similar-districts{query}")["data"]
    ]
    assert found == [
        (row["lad_code"], int(row["place"]), row["similar_code"])
        for row in read_table("similar_districts")
        if row["lad_code"] in codes
    ]


@pytest.mark.slow
@pytest.mark.parametrize("measure", YEARS)
def test_comparisons_are_those_of_the_csv_files(measure: str) -> None:
    rows = body(f"comparisons?measure={measure}")["data"]
    assert {row["measure_id"] for row in rows} == {measure}
    assert len(rows) == 3 * len(YEARS[measure])
    changes = {row["group"]: row["change"] for row in rows}
    assert changes["Opportunity areas"] == pytest.approx(change(measure, OWN), abs=0.0051)
    assert changes["Other cold spots"] == pytest.approx(change(measure, OTHERS), abs=0.0051)
    first, *_ = body(f"comparisons/choices?measure={measure}")["data"]
    gap = change(measure, OWN) - change(measure, OTHERS)
    assert first["difference"] == pytest.approx(gap, abs=0.0051)


@pytest.mark.slow
def test_places_not_chosen_are_narrowed_by_filters_and_by_a_measure() -> None:
    rows = body("places-not-chosen?region=South+East&measure=eyfsp_gld")["data"]
    assert {row["opportunity_area_code"] for row in rows} == {"hastings"}
    assert [row["group"] for row in rows] == [
        "District itself",
        "Ten most similar districts",
        "Other cold spots",
        "England",
    ]
    assert rows[0]["change"] == pytest.approx(change("eyfsp_gld", ["E07000062"]), abs=0.0051)


def test_last_figures_keep_those_beside_whom_an_area_stands() -> None:
    rows = body("last-figures?region=South+East&measure=eyfsp_gld")["data"]
    assert [row["geography_name"] for row in rows] == ["Hastings", "Other cold spots", "England"]


@pytest.mark.parametrize(
    "path", ["comparisons", "comparisons/choices", "places-not-chosen", "last-figures"]
)
def test_a_method_comes_along(path: str) -> None:
    found = body(path)
    assert "cannot show an effect" in found["description"]
    documented = body("openapi.json")["paths"][f"/{path}"]["get"]
    assert documented["description"] == found["description"]
    assert documented["summary"].startswith("Computed: ")
