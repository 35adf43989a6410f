"""What the service answers: the data's figures, in the form asked for, or kindly why not."""

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import cache, exports, web
from dashboard.build_queue import BusyError
from dashboard.data import loader as package
from dashboard.data import store
from dashboard.web.api import file_limit, openapi
from expected import read_table

DATA = package.DEFAULT_FOLDER
CLIENT = TestClient(Starlette(routes=web.build_routes()))


AREAS = {row["area_id"]: row for row in read_table("areas")}
NEW = {area for area, row in AREAS.items() if row["cohort"] == "New six"}
LISTINGS = [
    "areas",
    "outcomes",
    "funding",
    "funding/programme",
    "research-schools",
    "index-2016",
    "district-outcomes",
    "similar-districts",
    "comparisons",
    "comparisons/choices",
    "places-not-chosen",
    "last-figures",
    "sources",
]


def body(path: str, **headers: str) -> dict[str, Any]:
    answer = CLIENT.get(f"/api/v1/{path}", headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.slow
def test_the_document_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear_all()
    before = {path: CLIENT.get(f"/api/v1/{path}").content for path in ("openapi.json", "")}

    def refuse(*_: object) -> None:
        raise AssertionError("asked for again")

    monkeypatch.setattr(openapi, "build_document", refuse)
    for path, content in before.items():
        assert CLIENT.get(f"/api/v1/{path}").content == content
    cache.clear_all()
    with pytest.raises(AssertionError, match="asked for again"):
        CLIENT.get("/api/v1/openapi.json")


@pytest.mark.slow
@pytest.mark.parametrize("path", LISTINGS)
def test_every_row_has_sources_that_come_along(path: str) -> None:
    found = body(path)
    named = {
        row[name]
        for row in found["data"]
        for name in row
        if name.endswith("source_id") and row[name]
    }
    assert named == {row["source_id"] for row in found["sources"]}
    assert found["count"] == len(found["data"]) > 0
    assert found["licence"]["title"] == "Open Government Licence v3.0"


def test_figures_are_those_of_the_files() -> None:
    rows = {row["opportunity_area_code"]: row for row in body("areas")["data"]}
    assert {code: row["population"] for code, row in rows.items()} == {
        code: int(row["population"]) for code, row in AREAS.items()
    }
    values = {
        (row["measure_id"], row["geography_code"], row["time_period"]): row["value"]
        for row in body("outcomes")["data"]
    }
    assert values == {
        (row["measure_id"], row["geography_code"], row["period"].replace("/", "")): float(
            row["value"]
        )
        for row in read_table("outcomes")
    }
    amounts = {row["amount_id"]: row["amount_gbp"] for row in body("funding")["data"]}
    assert amounts == {
        row["amount_id"]: int(row["amount_gbp"]) if row["amount_gbp"] else None
        for row in read_table("funding_areas")
    }


@pytest.mark.parametrize("path", ["areas", "funding", "research-schools"])
def test_a_filter_leaves_just_its_areas(path: str) -> None:
    found = body(f"{path}?cohort=New+six")
    assert {row["opportunity_area_code"] for row in found["data"]} == NEW
    assert found["filtered"] == {"cohort": "New six"}
    assert found["holds"] == "6 of 12 areas: New six"


def test_filters_go_together_and_england_stays() -> None:
    found = body("outcomes?region=South+East&region=South+West&measure=gcse_english_maths_by_19")
    codes = {row["opportunity_area_code"] for row in found["data"]}
    assert codes == {None, "hastings", "west-somerset"}
    assert {row["measure_id"] for row in found["data"]} == {"gcse_english_maths_by_19"}
    nowhere = [row for row in found["data"] if not row["opportunity_area_code"]]
    assert {row["geographic_level"] for row in nowhere} == {"National"}


@pytest.mark.parametrize("area", sorted(AREAS))
def test_an_area_has_its_own_rows(area: str) -> None:
    found = body(f"areas/{area}")["data"]
    assert found["opportunity_area_name"] == AREAS[area]["label"]
    for name in ("funding", "priorities", "outcomes", "districts"):
        assert found[name], name
        assert {row["opportunity_area_code"] for row in found[name]} == {area}
    districts = [row["lad_code"] for row in read_table("districts") if row["area_id"] == area]
    assert [row["lad_code"] for row in found["districts"]] == districts


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        ("", "*/*", "application/json"),
        ("", "text/csv", "text/csv; charset=utf-8"),
        ("", "application/json;q=0.5, text/csv", "text/csv; charset=utf-8"),
        ("", "text/*;q=0.1, application/*", "application/json"),
        ("", "text/csv;q=0, */*", "application/json"),
        ("?format=csv", "application/json", "text/csv; charset=utf-8"),
        ("?format=json", "text/csv", "application/json"),
    ],
)
def test_the_form_is_the_one_asked_for(query: str, accept: str, media_type: str) -> None:
    answer = CLIENT.get(f"/api/v1/funding{query}", headers={"Accept": accept})
    assert answer.headers["content-type"] == media_type
    assert answer.headers["vary"] == "Accept"


def test_csv_is_the_file_that_the_page_gives() -> None:
    answer = CLIENT.get("/api/v1/research-schools?format=csv")
    table = exports.dfe_standard.build_table(store.current(), "research_schools")
    assert answer.content == exports.write_csv(table)
    assert 'filename="research-schools_all-twelve.csv"' in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 12


@pytest.mark.parametrize("path", [*LISTINGS, "areas/derby", "areas.geojson", "datapackage.json"])
def test_what_a_reader_has_is_not_sent_again(path: str) -> None:
    first = CLIENT.get(f"/api/v1/{path}")
    tag = first.headers["etag"]
    assert "max-age" in first.headers["cache-control"]
    strong = tag.removeprefix("W/")
    for named in (tag, f'"x", {tag}', strong, "*"):
        again = CLIENT.get(f"/api/v1/{path}", headers={"If-None-Match": named})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    other = CLIENT.get(f"/api/v1/{path}", headers={"If-None-Match": '"another"'})
    assert other.status_code == 200
    head = CLIENT.head(f"/api/v1/{path}")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    assert head.headers["content-length"] == str(len(first.content))


@pytest.mark.parametrize("path", [*LISTINGS, "areas/derby", "areas.geojson", ""])
def test_a_body_that_may_be_compressed_on_its_way_has_a_weak_tag(path: str) -> None:
    assert CLIENT.get(f"/api/v1/{path}").headers["etag"].startswith('W/"')


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("outcomes?cohort=New+six", "outcomes_new-six.csv"),
        ("outcomes?measure=progress8&cohort=New+six", "outcomes-progress8_new-six.csv"),
        ("outcomes?measure=eyfsp_gld", "outcomes-eyfsp-gld_all-twelve.csv"),
        ("funding?place=Rural", "funding_rural.csv"),
        ("funding/programme?", "funding-programme.csv"),
        ("district-outcomes?measure=eyfsp_gld", "district-outcomes-eyfsp-gld.csv"),
        ("similar-districts?cohort=New+six", "similar-districts_new-six.csv"),
        ("comparisons?", "comparisons.csv"),
        ("comparisons/choices?measure=eyfsp_gld", "comparisons-choices-eyfsp-gld.csv"),
        ("places-not-chosen?place=Rural", "places-not-chosen_rural.csv"),
        ("sources?", "sources.csv"),
    ],
)
def test_a_csv_file_is_named_after_what_is_in_it(query: str, name: str) -> None:
    answer = CLIENT.get(f"/api/v1/{query}&format=csv")
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize("path", LISTINGS)
def test_rows_of_a_csv_carry_their_sources_and_licence(path: str) -> None:
    sources = {row["source_id"]: row for row in read_table("sources")}
    answer = CLIENT.get(f"/api/v1/{path}?format=csv")
    for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))):
        assert row["licence"].startswith("Open Government Licence v3.0, https://")
        for name, one in row.items():
            if name.endswith("source_id") and one and path != "sources":
                assert (
                    f"{one}: {sources[one]['publisher']}, {sources[one]['title']}"
                    in (row["source"])
                )


def test_a_form_has_a_tag_of_its_own() -> None:
    tags = {CLIENT.get(f"/api/v1/areas?format={one}").headers["etag"] for one in ("json", "csv")}
    assert len(tags) == 2


@pytest.mark.parametrize(
    ("method", "path", "status", "parameter"),
    [
        ("GET", "areas?cohort=Newest+six", 400, "cohort"),
        ("GET", "areas?cohort=New+six&cohort=Original+six", 400, "cohort"),
        ("GET", "areas?region=Atlantis", 400, "region"),
        ("GET", "areas?town=Derby", 400, "town"),
        ("GET", "areas?cohort=", 400, "cohort"),
        ("GET", "areas?%ff%00=%00", 400, None),
        ("GET", "outcomes?measure=rain", 400, "measure"),
        ("GET", "areas?measure=progress8", 400, "measure"),
        ("GET", "sources?cohort=New+six", 400, "cohort"),
        ("GET", "comparisons?cohort=New+six", 400, "cohort"),
        ("GET", "district-outcomes?region=South+West", 400, "region"),
        ("GET", "similar-districts?measure=eyfsp_gld", 400, "measure"),
        ("GET", "areas/derby?format=csv", 400, "format"),
        ("GET", "areas/atlantis", 404, None),
        ("GET", "areas/derby/more", 404, None),
        ("GET", "weather", 404, None),
        ("POST", "areas", 405, None),
        ("DELETE", "areas/derby", 405, None),
        ("POST", "../v1", 405, None),
        ("POST", "../../healthz", 405, None),
    ],
)
def test_what_cannot_be_answered_says_why(
    method: str, path: str, status: int, parameter: str | None
) -> None:
    answer = CLIENT.request(method, f"/api/v1/{path}")
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"]) == (status, status)
    assert problem["detail"]
    if parameter:
        assert problem["parameter"] == parameter
    if status == 405:
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("areas?cohort=new+six", ["New six"]),
        ("areas?cohort=First+6", ["Original six"]),
        ("areas?region=south-east", ["South East"]),
        ("areas?region=Sotuh+West", ["South West", "South East", "North West"]),
        ("areas?place=seaside", ["Coastal"]),
        ("outcomes?measure=Attainment+8", ["attainment8"]),
        ("areas/Hastings", ["hastings"]),
        ("areas/E06000021", ["stoke-on-trent"]),
        ("areas/Whitby", ["north-yorkshire-coast"]),
        ("areas?cohort=weather", None),
        ("areas/weather", None),
    ],
)
def test_a_refusal_says_what_was_meant(path: str, meant: list[str] | None) -> None:
    problem = CLIENT.get(f"/api/v1/{path}").json()
    assert problem["status"] in {400, 404}
    assert problem.get("did_you_mean") == meant


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "application/json;q=nan", ";;"])
def test_a_form_that_is_not_there(accept: str) -> None:
    answer = CLIENT.get("/api/v1/sources", headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.json()["on_offer"] == ["application/json", "text/csv"]


@pytest.mark.slow
def test_faulty_figures_are_not_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "areas.csv").write_text("area_id\n", encoding="utf-8")
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    for path in ("/api/v1/areas", "/healthz"):
        answer = CLIENT.get(path)
        assert (answer.status_code, answer.json()["status"]) == (503, 503)
        assert str(tmp_path) not in answer.text
    shutil.copy(DATA / "areas.csv", folder / "areas.csv")
    assert CLIENT.get("/healthz").json()["status"] == "ok"


@pytest.mark.slow
def test_the_last_good_figures_stay_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    before = CLIENT.get("/api/v1/areas").content
    for spoil in (
        lambda: (folder / "areas.csv").write_text("area_id\n", encoding="utf-8"),
        lambda: folder.rename(tmp_path / "gone"),
    ):
        spoil()
        assert CLIENT.get("/api/v1/areas").content == before
        said = CLIENT.get("/healthz").json()
        assert (said["status"], said["faults"] > 0) == ("ok", True)
    changed = (DATA / "areas.csv").read_text(encoding="utf-8").replace("Blackpool", "Blackpule")
    shutil.copytree(DATA, folder)
    (folder / "areas.csv").write_text(changed, encoding="utf-8")
    assert "Blackpule" in CLIENT.get("/api/v1/areas").text
    assert CLIENT.get("/healthz").json()["faults"] == 0


def test_shapes_are_of_the_areas_asked_for() -> None:
    found = json.loads(CLIENT.get("/api/v1/areas.geojson?cohort=New+six").content)
    assert {one["id"] for one in found["features"]} == NEW


@pytest.mark.slow
def test_it_can_be_mounted_under_a_path() -> None:
    client = TestClient(Starlette(routes=web.build_routes("oa")))
    assert client.get("/oa/healthz").status_code == 200
    assert client.get("/api/v1/areas").status_code == 404
    document = client.get("/oa/api/v1/openapi.json").json()
    assert document["servers"] == [{"url": "/oa/api/v1"}]
    assert client.get("/oa/api/v1/healthz").status_code == 200
    lost = client.get("/oa/api/v1/weather").json()
    assert lost["detail"] == "No such path. /oa/api/v1 lists those there are."
    assert {*client.get("/oa/api/v1").json()["paths"]} >= {
        "/oa/api/v1/areas",
        "/oa/api/v1/healthz",
    }


def test_a_lost_reader_is_led_to_the_index() -> None:
    said = CLIENT.get("/api/v1/weather").json()["detail"]
    assert said == "No such path. /api/v1 lists those there are."


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/geo+json"),
        ("application/geo+json", "application/geo+json"),
        ("application/json", "application/json"),
        ("application/json;q=0.5, application/geo+json", "application/geo+json"),
    ],
)
def test_shapes_come_as_what_was_asked_for(accept: str, media_type: str) -> None:
    answer = CLIENT.get("/api/v1/areas.geojson", headers={"Accept": accept})
    assert answer.headers["content-type"] == media_type
    documented = body("openapi.json")["paths"]["/areas.geojson"]["get"]["responses"]["200"]
    assert media_type in documented["content"]


def test_shapes_carry_their_sources() -> None:
    found = json.loads(CLIENT.get("/api/v1/areas.geojson?cohort=New+six").content)
    named = {
        value
        for one in found["features"]
        for name, value in one["properties"].items()
        if name.endswith("source_id") and value
    }
    assert named == {one["source_id"] for one in found["sources"]}


@pytest.mark.parametrize("path", ["areas", "", "areas/derby", "areas.geojson"])
def test_an_answer_leads_to_what_describes_it(path: str) -> None:
    links = CLIENT.get(f"/api/v1/{path}").headers["link"]
    assert '</api/v1/openapi.json>; rel="describedby"' in links
    assert 'rel="license"' in links


def test_the_index_names_every_path() -> None:
    paths = body("")["paths"]
    assert CLIENT.get("/api/v1").json()["paths"] == paths
    assert {f"/api/v1/{one}" for one in LISTINGS} <= set(paths)
    for path in paths:
        asked = path.replace("{area}", "derby").replace("{form}", "json")
        assert CLIENT.get(asked).status_code == 200


@pytest.mark.parametrize("path", ["opportunity-areas.json", "opportunity-areas.ods?cohort=New+six"])
def test_a_file_too_many_is_asked_for_again_later(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> bytes:
        raise BusyError

    cache.clear_all()
    monkeypatch.setattr(exports, "build", refuse)
    answer = CLIENT.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert "try again" in answer.json()["detail"]


@pytest.mark.slow
@pytest.mark.parametrize("path", ["areas/derby/brief.pdf", "opportunity-areas.json"])
def test_a_file_has_few_open_requests_and_a_table_does_not_wait_for_them(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        file_limit, "_open", {object() for _ in range(file_limit.MAX_OPEN_REQUESTS)}
    )
    answer = CLIENT.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert CLIENT.get("/api/v1/areas.geojson").status_code == 200
    assert CLIENT.get("/api/v1/areas?format=csv").status_code == 200


def test_a_whole_file_is_built_once_for_all_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    built = []

    def build(*_: object) -> bytes:
        built.append(1)
        return b"{}"

    form = exports.FORMATS["json"]
    monkeypatch.setitem(exports.FORMATS, "json", replace(form, build=build))
    cache.clear_all()
    for _ in range(3):
        answer = CLIENT.get("/api/v1/opportunity-areas.json?place=Rural")
        assert (answer.status_code, answer.content) == (200, b"{}")
    cache.clear_all()
    assert built == [1]
