"""The table of all measures, worked out again from the csv files alone."""

import re
from dataclasses import replace

import pytest

from dashboard.data import loader
from dashboard.data.loader import DEFAULT_FOLDER
from dashboard.exhibits import NOT_HELD, Exhibit, NotedNumber
from dashboard.topics.comparators import all_measures, last_figures
from dashboard.topics.comparators.exhibits import CANNOT_SHOW
from dashboard.topics.comparators.last_figures import Difference
from dashboard.topics.outcomes.exhibits import list_measures
from expected import AREAS, DISTRICTS, Row, list_districts, read_table
from expected_districts import CELLS

CONTENT = loader.load(DEFAULT_FOLDER)
MEASURES = sorted(read_table("measures"), key=lambda row: int(row["sort_order"]))
OUTCOMES = [row for row in read_table("outcomes") if row["geography_level"] != "successor district"]
NATION = "E92000001"
OWN = {row["lad_code"] for row in DISTRICTS}
INDEX = read_table("index_2016")
OTHERS = {row["lad_code"] for row in INDEX if int(row["rank"]) > 270} - OWN
HELD = {row["measure_id"] for row in read_table("district_outcomes")}
WEIGHTS = {
    row["lad_code"]: int(row["pupils"])
    for row in read_table("district_outcomes")
    if (row["measure_id"], row["period"]) == ("eyfsp_gld", "2017/18")
}


def build(*, whole_authorities: bool = False, area_ids: list[str] | None = None) -> Exhibit:
    areas = CONTENT.areas
    if area_ids is not None:
        areas = areas[areas["area_id"].isin(area_ids)]
    return all_measures.build_all_measures(CONTENT, areas, whole_authorities=whole_authorities)


def map_cells(exhibit: Exhibit) -> dict[str, dict[str, str]]:
    """Return the cells of each row, by its name and their heading."""
    rows = [
        {str(head): cell for head, cell in row.items()} for row in exhibit.table.to_dict("records")
    ]
    return {row.pop("Area"): row for row in rows}


def list_notes(cell: str) -> list[str]:
    return list(cell.notes) if isinstance(cell, NotedNumber) else []


def last(measure_id: str, code: str) -> Row | None:
    """Return a place's last row of a measure."""
    own = [
        row for row in OUTCOMES if (row["measure_id"], row["geography_code"]) == (measure_id, code)
    ]
    return max(own, key=lambda row: row["period"], default=None)


def england(measure_id: str, period: str) -> float:
    (value,) = (
        float(row["value"])
        for row in OUTCOMES
        if (row["measure_id"], row["period"], row["geography_code"]) == (measure_id, period, NATION)
    )
    return value


def cold_spots(measure_id: str, period: str) -> tuple[float, int]:
    """Return the share of all pupils of the others with a figure, and how many those are."""
    rows = [
        row
        for row in read_table("district_outcomes")
        if (row["measure_id"], row["period"]) == (measure_id, period)
        and row["lad_code"] in OTHERS
        and row["value"]
    ]
    if all(row["pupils"] for row in rows):
        reached = sum(int(row["reached"]) for row in rows)
        return 100 * reached / sum(int(row["pupils"]) for row in rows), len(rows)
    rows = [row for row in rows if row["lad_code"] in WEIGHTS]
    weighted = sum(float(row["value"]) * WEIGHTS[row["lad_code"]] for row in rows)
    return weighted / sum(WEIGHTS[row["lad_code"]] for row in rows), len(rows)


def list_codes() -> dict[str, str]:
    """Return the names of the rows of places, in order, with the code of each."""
    codes = {}
    for area in AREAS:
        districts = list_districts(area["area_id"])
        for row in districts:
            several = f"{row['name']}, in {area['label']}"
            codes[several if len(districts) > 1 else area["label"]] = row["lad_code"]
    return codes


def is_whole(measure_id: str, *, national: bool) -> bool:
    """Tell whether a measure is published in whole per cents, for England or for places."""
    return all(
        float(row["value"]) % 1 == 0
        for row in OUTCOMES
        if row["measure_id"] == measure_id
        and (row["geography_code"] == NATION) == national
        and row["computed"].casefold() == "false"
    )


def is_chance(measure_id: str, row: Row, other: float) -> bool:
    """Tell whether a share of the counts' pupils may be a draw from another, 19 times in 20."""
    cells = [
        cell
        for code in row["geography_code"].split("+")
        if (cell := CELLS.get((measure_id, code, row["period"])))
    ]
    if not cells or not all(cell["pupils"] for cell in cells):
        return False
    pupils = sum(int(cell["pupils"]) for cell in cells)
    share = sum(int(cell["reached"]) for cell in cells) / pupils
    level = other / 100
    return (share - level) ** 2 <= 1.96**2 * level * (1 - level) / pupils


def write_gap(value: float, other: float, name: str, *, counts: bool) -> str:
    difference = round(value - other, 2)
    words = f"{abs(difference):.2f}".rstrip("0").rstrip(".")
    signed = f"+{words}" if difference > 0 else f"−{words}"
    if not counts:
        return f"same as {name} ({signed})" if abs(difference) > 0.001 else f"same as {name}"
    return f"{signed}, {'above' if difference > 0 else 'below'} {name}"


def find_decimals(measure_id: str) -> int:
    """Return the most decimals of a measure's published figures of places."""
    return max(
        len(f"{float(row['value']):g}".partition(".")[2])
        for row in OUTCOMES
        if row["measure_id"] == measure_id
        and row["geography_code"] != NATION
        and row["computed"].casefold() == "false"
    )


def does_count(measure_id: str, row: Row, other: float, limit: float) -> bool:
    """Tell whether a gap is more than rounding or chance can make, and large enough to count."""
    size = abs(round(float(row["value"]) - other, 2))
    ignored = 0.0 if limit else {1: 0.5}.get(find_decimals(measure_id), 0.1)
    if size < limit - 1e-9 or size <= ignored + 1e-9:
        return False
    return not is_chance(measure_id, row, other)


def work_out(measure: Row, code: str) -> tuple[str, list[str]] | None:
    """Return the figure and the notes of a cell, None where there is no figure."""
    measure_id = measure["measure_id"]
    row = last(measure_id, code)
    nation = last(measure_id, NATION)
    if row is None or nation is None:
        return None
    marks = [] if row["period"] == nation["period"] else [row["period"]]
    marks += ["provisional"] if row["status"] == "provisional" else []
    unit = "%" if measure["unit"] == "%" else ""
    figure = f"{float(row['value']):.4g}".replace("-", "−") + unit
    limit = 0.0
    if is_whole(measure_id, national=False):
        limit = 1.0 if is_whole(measure_id, national=True) else 0.5
    value = float(row["value"])
    beside = [(england(measure_id, row["period"]), limit, "England")]
    if measure_id in HELD:
        level = round(cold_spots(measure_id, row["period"])[0], 1)
        beside.append((level, min(limit, 0.5), "cold spots"))
    notes = [
        write_gap(value, other, name, counts=does_count(measure_id, row, other, most))
        for other, most, name in beside
    ]
    return f"{figure} ({', '.join(marks)})" if marks else figure, notes


@pytest.mark.slow
@pytest.mark.parametrize("whole_authorities", [False, True])
def test_every_cell_is_that_of_the_csv_files(whole_authorities: bool) -> None:
    table = map_cells(build(whole_authorities=whole_authorities))
    shown = [row for row in MEASURES if whole_authorities or row["geography"] == "district"]
    codes = list_codes()
    assert list(table) == [*codes, "Other cold spots (computed)", "England"]
    assert len(table["England"]) == len(shown) == (18 if whole_authorities else len(HELD))
    for head, measure in zip(table["England"], shown, strict=True):
        nation = last(measure["measure_id"], NATION)
        assert nation
        lower = " (lower is better)" if measure["better"] == "lower" else ""
        assert head == f"{measure['short_title']}, {nation['period']}{lower}"
        for name, code in codes.items():
            cell, made = table[name][head], work_out(measure, code)
            if made is None:
                assert cell == NOT_HELD
            else:
                assert isinstance(cell, NotedNumber)
                assert (str(cell), list_notes(cell)) == made, (name, head)


def test_the_rows_of_england_and_of_the_other_cold_spots_are_those_of_the_csv_files() -> None:
    table = map_cells(build(whole_authorities=True))
    for head, measure in zip(table["England"], MEASURES, strict=True):
        nation = last(measure["measure_id"], NATION)
        assert nation
        figure = f"{float(nation['value']):.4g}".replace("-", "−")
        assert table["England"][head].startswith(figure)
        cell = table["Other cold spots (computed)"][head]
        if measure["measure_id"] not in HELD:
            assert cell == NOT_HELD
            continue
        level = round(cold_spots(measure["measure_id"], nation["period"])[0], 1)
        assert cell == f"{level:.4g}%"
        said = write_gap(level, float(nation["value"]), "England", counts=True)
        assert list_notes(cell) == [said]


def test_the_file_holds_what_the_table_shows() -> None:
    frame = build(whole_authorities=True).provenance.frame
    names = {row["short_title"]: row["measure_id"] for row in MEASURES}
    assert set(frame["measure_id"]) == set(names.values())
    for row in frame.dropna(subset=["area_id"]).to_dict("records"):
        own = last(row["measure_id"], row["geography_code"])
        assert own
        assert (row["period"], row["value"]) == (own["period"], float(own["value"]))
        assert row["source_id"] == own["source_id"]
        nation = england(row["measure_id"], row["period"])
        assert row["england"] == nation
        assert row["difference_england"] == pytest.approx(row["value"] - nation)
        if row["measure_id"] in HELD:
            level, count = cold_spots(row["measure_id"], row["period"])
            assert row["other_cold_spots"] == round(level, 1)
            assert row["districts_others"] == count
            assert row["difference_cold_spots"] == pytest.approx(row["value"] - round(level, 1))
    groups = frame[frame["area_id"].isna()]
    assert len(groups) == len(MEASURES) + len(HELD)


def count_words(table_of: Exhibit, words: str, *, anywhere: bool = False) -> int:
    (*places, _, _) = map_cells(table_of).values()
    cells = [cell for place in places for cell in place.values()]
    notes = [note for cell in cells for note in list_notes(cell)]
    return sum(words in note if anywhere else note.endswith(words) for note in notes)


def test_the_title_counts_the_cells() -> None:
    exhibit = build()
    below = count_words(exhibit, "below England")
    total = count_words(exhibit, "England", anywhere=True)
    assert count_words(exhibit, "same as England", anywhere=True) > 0
    behind = count_words(exhibit, "below cold spots")
    assert exhibit.title == (
        f"Worse than England in {below} of {total} last figures, and than the other cold spots "
        f"in {behind}"
    )
    ahead = count_words(exhibit, "above England"), count_words(exhibit, "above cold spots")
    assert exhibit.lead[0].startswith(
        f"Better than England in {ahead[0]} and than the other cold spots in {ahead[1]}"
    )


def test_where_lower_is_better_a_lower_figure_is_the_better() -> None:
    areas = CONTENT.areas
    measure = next(one for one in list_measures(CONTENT) if one.better == "lower")
    places = last_figures.list_places(CONTENT, [measure], areas)
    figures = last_figures.list_last_figures(CONTENT, [measure], places)
    above = sum(one.against_england is not None and one.against_england.sign > 0 for one in figures)
    assert above > 0
    assert last_figures.count_signs(figures, "england")[2] == above
    assert last_figures.count_signs(figures, "others") == (0, 0, 0)


@pytest.mark.parametrize(
    ("value", "other", "rounding", "gap"),
    [
        (72, 71.8, 0.5, Difference(0.2, 0)),
        (62, 63, 1, Difference(-1.0, -1)),
        (63, 63, 1, Difference(0.0, 0)),
        (67, 71.8, 0.5, Difference(-4.8, -1)),
        (66.7, 66.6, 0, Difference(0.1, 1)),
        (-0.2, -0.03, 0, Difference(-0.17, -1)),
    ],
)
def test_a_gap_that_rounding_can_make_is_none(
    value: float, other: float, rounding: float, gap: Difference
) -> None:
    assert last_figures.compute_gap(value, other, rounding) == gap


def test_an_area_of_two_districts_is_one_row_where_all_its_figures_are_its_own() -> None:
    early = replace(
        CONTENT, measures=CONTENT.measures[CONTENT.measures["measure_id"] == "eyfsp_gld"]
    )
    table = map_cells(
        all_measures.build_all_measures(early, CONTENT.areas, whole_authorities=False)
    )
    assert len(table) == len(AREAS) + 2
    (cell,) = table["Fenland and East Cambridgeshire"].values()
    assert cell == "69.8% (computed)"


def test_abolished_districts_say_the_year_of_their_last_figure() -> None:
    row = map_cells(build())["West Somerset"]
    assert {"68% (2017/18)", "64.4% (2020/21)"} <= set(row.values())


def test_who_is_left_out_is_said_once() -> None:
    said = build(whole_authorities=True).lead[1].replace("\\", "")
    left_out = [row["label"] for row in AREAS if last("progress8", find_code(row)) is None]
    assert len(left_out) == 6
    assert all(label in said for label in left_out)
    assert said.count("a county's figure is never shown as an area's") == 1
    assert build().lead[1].count("Not held") == 1
    assert "Not held for West Somerset" in build().lead[1]
    assert "Not held" not in build(whole_authorities=True, area_ids=["derby"]).lead[1]


def find_code(area: Row) -> str:
    return list_districts(area["area_id"])[0]["lad_code"]


def test_one_area_has_its_own_count() -> None:
    exhibit = build(area_ids=["hastings"])
    assert exhibit.title == (
        "Worse than England in 3 of 6 last figures, and than the other cold spots in 1"
    )


def test_nothing_says_that_the_programme_caused_it() -> None:
    for whole_authorities in (False, True):
        exhibit = build(whole_authorities=whole_authorities)
        words = " ".join([exhibit.title, *exhibit.lead, exhibit.provenance.method])
        assert CANNOT_SHOW in words.replace("\\", "")
        assert not re.search(r"\b(because of|thanks to|due to|impact|improved|helped)\b", words)


def test_the_sources_are_those_of_the_measures_the_index_and_the_weights() -> None:
    sources = set(build().provenance.source_ids)
    own = {row["source_id"] for row in MEASURES if row["measure_id"] in HELD}
    assert own | {row["source_id"] for row in INDEX} <= sources
