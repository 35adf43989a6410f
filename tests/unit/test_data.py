"""The door: what goes through it is typed, complete, and never changed by what reads it."""

import io
import json
import logging
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest

from dashboard import charts, maps
from dashboard.data import frames, loader, store
from dashboard.data.loader import Data
from dashboard.data.validation import reading
from dashboard.data.validation.issues import DataError
from dashboard.filters import Filters
from dashboard.palette import LIGHT
from dashboard.topics import sources
from dashboard.topics.areas import comparison as facts_comparison
from dashboard.topics.areas import exhibits as areas
from dashboard.topics.areas import map_measures
from dashboard.topics.areas.facts import compute_area_facts, get_area_facts
from dashboard.topics.areas.map_measures import MAP_MEASURES
from dashboard.topics.funding import areas as funding
from dashboard.topics.funding import comparison, programme, successor
from dashboard.web import logging_config
from expected import read_table
from unit.test_planted_faults import FATAL, Plant

FRAMES = [field.name for field in fields(Data) if field.type is pd.DataFrame]
DTYPES = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64",
}


@pytest.mark.parametrize("name", FRAMES)
def test_every_row_is_read(content: Data, name: str) -> None:
    assert len(getattr(content, name)) == len(read_table(name))


@pytest.mark.parametrize("name", FRAMES)
def test_every_cell_is_read(content: Data, name: str) -> None:
    empty = [[cell == "" for cell in row.values()] for row in read_table(name)]
    assert getattr(content, name).isna().to_numpy().tolist() == empty


@pytest.mark.parametrize("name", FRAMES)
def test_every_column_has_its_type(content: Data, name: str) -> None:
    (resource,) = (one for one in content.descriptor["resources"] if one["name"] == name)
    expected = [(one["name"], DTYPES[one["type"]]) for one in resource["schema"]["fields"]]
    found = [(column, str(kind)) for column, kind in getattr(content, name).dtypes.items()]
    assert [(column, kind.split("[")[0]) for column, kind in found] == expected


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("population", 139870),
        ("lat", 53.82161),
        ("announced_on", pd.Timestamp(2016, 10, 4)),
        ("plan_isbn", "978-1-78105-808-4"),
    ],
)
def test_a_value_is_read_as_written(content: Data, column: str, value: object) -> None:
    assert content.areas[column][0] == value


@pytest.mark.parametrize(
    ("name", "size"),
    [("districts_boundaries", 13), ("england_boundaries", 1), ("index_boundaries", 324)],
)
def test_boundaries_are_read(content: Data, name: str, size: int) -> None:
    assert len(getattr(content, name)["features"]) == size


def test_the_descriptor_is_kept(content: Data) -> None:
    assert content.descriptor["name"] == "opportunity-areas"


def test_records_have_none_for_a_missing_value(content: Data) -> None:
    assert frames.to_records(content.areas)[1].chair is None


def test_sources_are_found_by_their_id(content: Data) -> None:
    assert list(content.source_by_id) == [row["source_id"] for row in read_table("sources")]


def test_the_own_folder_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DASHBOARD_DATA", raising=False)
    assert loader.get_folder() == loader.DEFAULT_FOLDER


def test_another_folder_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    assert loader.get_folder() == tmp_path.resolve()


def test_a_folder_in_the_environment_is_loaded(monkeypatch: pytest.MonkeyPatch, copy: Path) -> None:
    areas = copy / "areas.csv"
    areas.write_text(areas.read_text("utf-8").replace("Graham Cowley", "Somebody Else"), "utf-8")
    monkeypatch.setenv("DASHBOARD_DATA", str(copy))
    assert loader.load().areas["chair"][0] == "Somebody Else"


def test_a_fingerprint_stays(copy: Path) -> None:
    assert loader.list_file_stats(copy) == loader.list_file_stats(copy)


@pytest.mark.parametrize("change", ["longer", "gone", "new"])
def test_a_fingerprint_changes_with_the_files(copy: Path, change: str) -> None:
    before = loader.list_file_stats(copy)
    if change == "gone":
        (copy / "areas.csv").unlink()
    else:
        (copy / ("areas.csv" if change == "longer" else "new.csv")).open("a").close()
        (copy / ("areas.csv" if change == "longer" else "new.csv")).write_text("x")
    assert loader.list_file_stats(copy) != before


def test_no_folder_has_no_fingerprint(tmp_path: Path) -> None:
    assert loader.list_file_stats(tmp_path / "gone") == ()


def test_a_link_to_nothing_hides_no_change(copy: Path) -> None:
    (copy / ".#areas.csv").symlink_to("nobody@nowhere")
    before = loader.list_file_stats(copy)
    assert before
    (copy / "areas.csv").write_text("x")
    assert loader.list_file_stats(copy) != before


def test_what_else_a_package_declares_is_left_out(copy: Path) -> None:
    package = json.loads((copy / "datapackage.json").read_text("utf-8"))
    more = {"name": "more", "path": "england.geojson", "title": "More", "description": "More."}
    package["resources"].append(more)
    (copy / "datapackage.json").write_text(json.dumps(package), "utf-8")
    described = loader.load(copy).descriptor["resources"]
    assert [one["name"] for one in described] == [one["name"] for one in package["resources"][:-1]]


@pytest.fixture
def shown(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of good figures that a server is to show."""
    monkeypatch.setenv("DASHBOARD_DATA", str(copy))
    monkeypatch.setattr(store, "_snapshots", {})
    return copy


@pytest.mark.slow
@pytest.mark.parametrize("plant", FATAL.values(), ids=FATAL)
def test_the_last_good_figures_stay_whatever_a_file_holds(shown: Path, plant: Plant) -> None:
    good = store.current()
    plant(shown)
    assert store.current() is good
    assert store.list_issues()


@pytest.mark.parametrize("plant", FATAL.values(), ids=FATAL)
def test_without_good_figures_what_is_wrong_is_said(shown: Path, plant: Plant) -> None:
    plant(shown)
    with pytest.raises(DataError) as error:
        store.current()
    assert error.value.issues == store.list_issues()
    assert all(
        one.file in ("datapackage.json", "districts.geojson", "areas.csv")
        for one in error.value.issues
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", ["areas.csv", "districts.geojson", "datapackage.json"])
def test_a_file_that_may_not_be_read(
    shown: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = reading.read_bytes

    def forbidden(path: Path) -> bytes:
        if path.name == name:
            raise PermissionError(13, "Permission denied")
        return read(path)

    good = store.current()
    monkeypatch.setattr(reading, "read_bytes", forbidden)
    (shown / name).touch()
    assert store.current() is good
    assert [str(one) for one in store.list_issues()] == [
        f"{name}: cannot be read (Permission denied)"
    ]


@pytest.mark.parametrize("before", [True, False], ids=["good before", "none before"])
def test_an_error_that_no_check_foresaw(
    shown: Path, before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = store.current() if before else None
    asked = []

    def load(folder: Path) -> Data:
        asked.append(folder)
        raise ZeroDivisionError("nobody thought of it")

    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(logging_config._Formatter())
    monkeypatch.setattr(
        logging.getLogger("dashboard.data.validation.issues"), "handlers", [handler]
    )
    monkeypatch.setattr(loader, "load", load)
    (shown / "areas.csv").touch()
    for _ in range(3):
        if good:
            assert store.current() is good
        else:
            with pytest.raises(DataError, match="holds what no check foresaw"):
                store.current()
    (fault,) = store.list_issues()
    assert (fault.file, fault.value) == (shown.name, "ZeroDivisionError")
    assert asked == [shown], "files that have not changed are not read again"
    (line,) = [json.loads(one) for one in said.getvalue().splitlines()]
    assert line["event"] == "fault in the figures"
    assert line["error"].splitlines()[-1] == "ZeroDivisionError: nobody thought of it"


@pytest.mark.slow
def test_a_fault_that_was_mended_and_comes_again_is_told_again(
    shown: Path, caplog: pytest.LogCaptureFixture
) -> None:
    areas = shown / "areas.csv"
    sound = areas.read_bytes()
    store.current()
    for held, faults in ((b"", 1), (sound, 0), (b"", 1)):
        areas.write_bytes(held)
        assert len(store.list_issues()) == faults
    assert [one.message for one in caplog.records] == ["fault in the figures"] * 2


def call_everything(content: Data, facts: pd.DataFrame) -> None:
    filters = Filters("New six", ("East of England",), ("Rural", "Town"))
    shown = filters.apply(facts)
    area = get_area_facts(content, "ipswich")
    money = pd.DataFrame(
        {"name": facts["label"], "cohort": facts["cohort"], "value": 1.0, "words": "x"}
    )
    areas.list_figures(content, shown)
    compute_area_facts(content)
    charts.build_bars(money, LIGHT)
    charts.build_cohort_bars(money, LIGHT)
    for measure in (None, *MAP_MEASURES):
        map_measures.build_map(content, facts, measure)
        paints = maps.build_paints(facts, LIGHT, measure, "derby")
        area_of = dict(
            zip(content.districts["lad_code"], content.districts["area_id"], strict=True)
        )
        maps.build_feature_group(area_of, paints, maps.build_legend(LIGHT, measure))
    maps.build_shapes(content)
    maps.build_map(title="x", colours=LIGHT, scripts=("x",), styles=()).render()  # type: ignore[no-untyped-call]
    areas.build_at_a_glance(content, facts)
    areas.build_profile(content, area)
    facts_comparison.build_side_by_side(content, facts)
    programme.list_headlines(content)
    for build in (programme.build_totals, programme.build_other_announcements):
        build(content)
    for build_narrowed in (
        funding.build_fourth_year,
        funding.build_fifth_year,
        successor.build_local_needs_fund,
        funding.build_every_amount,
        comparison.build_side_by_side,
    ):
        build_narrowed(content, facts)
    sources.tabulate_disagreements(content)
    sources.tabulate_gaps(content)
    sources.tabulate_sources(content, content.sources)
    sources.tabulate_tiers(content)


def test_no_function_changes_a_frame_or_a_shape(content: Data) -> None:
    facts = compute_area_facts(content)
    before = {name: getattr(content, name).copy(deep=True) for name in FRAMES}
    facts_before, shapes_before = facts.copy(deep=True), str(content.districts_boundaries)
    call_everything(content, facts)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(getattr(content, name), frame)
    pd.testing.assert_frame_equal(facts, facts_before)
    assert str(content.districts_boundaries) == shapes_before
