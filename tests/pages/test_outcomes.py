"""The outcomes page: every measure opens, says what it must and nothing that it must not."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from apptest import get_text, open_page, read_drawings, read_tables, view_page
from dashboard import cache
from dashboard.charts import drawings
from expected import Row, read_table

MEASURES = read_table("measures")
BREAKS = read_table("series_breaks")


# What ends the id of a measure of a group: with that of all pupils, it has a chart of the gap.
GROUPS = ("_disadvantaged", "_fsm")
IDS = {row["measure_id"] for row in MEASURES}


def _lines(measure: Row) -> int:
    """Six authorities; thirteen districts, or twelve where two are added up or one is gone."""
    if measure["geography"] == "local authority":
        return 6
    is_twelve = measure["measure_id"] == "eyfsp_gld" or measure["measure_id"].startswith("elg_")
    return 12 if is_twelve else 13


@pytest.mark.parametrize("measure", MEASURES, ids=lambda row: row["measure_id"])
def test_every_measure_opens_with_its_breaks(measure: Row) -> None:
    test = view_page("outcomes", measure=measure["title"])
    said = get_text(test)
    assert "It does not show what the programme caused." in said
    # The changes in order and, by district, the other cold spots.
    assert len(test.get("vega_lite_chart")) == (2 if measure["geography"] == "district" else 1)
    in_pair = any(f"{measure['measure_id']}{ending}" in IDS for ending in GROUPS) or any(
        measure["measure_id"].endswith(ending) for ending in GROUPS
    )
    assert len(read_drawings(test)) == _lines(measure) * (2 if in_pair else 1)
    for row in BREAKS:
        # A break before the first year shown is no business of the page.
        if row["measure_id"] == measure["measure_id"] and row["period"] > "2015/16":
            assert row["reason"] in said


def test_a_measure_for_authorities_names_the_six_left_out() -> None:
    said = get_text(view_page("outcomes", measure="Progress 8"))
    for name in ("Norwich", "North Yorkshire Coast", "West Somerset", "Hastings", "Ipswich"):
        assert name in said
    assert "a county's figure is never shown" in said


def left_out(title: str) -> str:
    """Return what the page says of the areas that a measure leaves out."""
    said = [str(one.value) for one in view_page("outcomes", measure=title).info]
    (told,) = (one for one in said if "no figure here" in one)
    return told


BY_DISTRICT_TOO = [
    "Attainment 8",
    "Attainment 8, disadvantaged pupils",
    "Progress 8",
    "Progress 8, disadvantaged pupils",
    "Reading, writing and maths at the end of primary school, disadvantaged pupils",
]


@pytest.mark.parametrize("title", BY_DISTRICT_TOO)
def test_a_measure_published_by_district_too_says_that_it_is_not_held(title: str) -> None:
    (told,) = (
        one.value
        for one in view_page("outcomes", measure=title).info
        if "no figure here" in one.value
    )
    assert told.startswith("This measure is held here for whole local authorities only.")
    assert "Since 2018/19 the Department for Education publishes it by district too" in told
    assert told.endswith("Those figures are not held here.")


@pytest.mark.parametrize(
    "title",
    [
        "Phonics check in year 1",
        "Level 3 qualifications by age 19",
        "In higher education by age 19",
        "Persistent absence",
    ],
)
def test_of_no_other_measure_is_that_said(title: str) -> None:
    (told,) = (
        one.value
        for one in view_page("outcomes", measure=title).info
        if "no figure here" in one.value
    )
    assert told.startswith("This measure was found for whole local authorities only.")
    assert "by district" not in told


def test_key_stage_2_by_district_is_a_measure_of_its_own() -> None:
    title = "Reading, writing and maths at the end of primary school, whole local authority"
    (told,) = (
        one.value
        for one in view_page("outcomes", measure=title).info
        if "no figure here" in one.value
    )
    assert told.endswith("Those figures are here as a measure of their own.")


@pytest.mark.slow
@pytest.mark.parametrize("page", ["outcomes", "compare", "profile"])
def test_nowhere_are_the_three_published_for_authorities_only(page: str) -> None:
    said = get_text(
        view_page(page, measure="Attainment 8", area="Hastings", areas=["Derby", "Norwich"])
    )
    assert "published for whole local authorities only" not in said


def test_the_average_of_2017_is_told_in_both_editions() -> None:
    said = get_text(view_page("outcomes", measure="Attainment 8"))
    assert "In the revised figures of January 2018 the average" in said
    assert "The value shown here for England is 46.5: it is the final one" in said


def places(test: AppTest) -> list[str]:
    """Return the names of the small charts, in order."""
    return [one.name for one in read_drawings(test)]


def test_the_heading_counts_only_what_rounding_and_chance_cannot_make() -> None:
    said = get_text(view_page("outcomes"))
    assert (
        "2013/14 to 2018/19: the change was better than England's in 4 of 11 places and about the "
        "same in 7" in said
    )
    assert "West Somerset is left out: too few years." in said


@pytest.mark.parametrize("measure", MEASURES, ids=lambda row: row["measure_id"])
def test_a_measure_has_intervals_or_says_that_chance_is_unknown(measure: Row) -> None:
    test = view_page("outcomes", measure=measure["title"])
    (words,) = (str(one.value) for one in test.markdown if str(one.value).startswith("Chosen:"))
    counted = measure["measure_id"] == "eyfsp_gld"
    assert ("how far chance alone goes cannot be known" in words) != counted
    assert ("chance alone may move a change by 1.5 to 4.1 points" in words) == counted
    said = [one.words for one in read_drawings(test)]
    assert any("By chance alone: " in words for words in said) == counted
    tables = [one.cells for one in read_tables(test)]
    cells = [str(cell) for table in tables for cell in table.to_numpy().flat]
    assert any(re.fullmatch(r"\d+% \(\d+ to \d+\)", cell) for cell in cells) == counted


@pytest.mark.parametrize("measure", MEASURES, ids=lambda row: row["measure_id"])
def test_the_key_names_the_other_cold_spots_where_they_are_drawn(measure: Row) -> None:
    by_district = measure["geography"] == "district"
    test = view_page("outcomes", measure=measure["title"])
    keys = [str(one.value) for one in test.markdown if "Dashed: England." in str(one.value)]
    assert {"Thin: other cold spots." in key for key in keys} == {by_district}
    rows = [name for one in read_tables(test) for name in one.cells.iloc[:, 0]]
    assert ("Other cold spots" in rows) == by_district


@pytest.mark.slow
def test_a_profile_has_them_and_compare_does_not() -> None:
    for page, names in (("profile", 1), ("compare", 0)):
        test = view_page(page, area="Hastings", areas=["Derby", "Norwich"])
        keys = [str(one.value) for one in test.markdown if "Dashed: England." in str(one.value)]
        assert sum("Thin: other cold spots." in key for key in keys) == names
        assert keys


def test_provisional_and_computed_figures_say_so() -> None:
    assert "(provisional)" in get_text(view_page("outcomes", measure="Phonics check in year 1"))
    test = view_page("outcomes")
    assert "69.8% (2018/19, computed)" in get_text(test)
    cells = [str(cell) for one in read_tables(test) for cell in one.cells.to_numpy().flat]
    assert {"69.8% (68 to 72, computed)", "69.6% (computed)"} <= set(cells)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda row: row["measure_id"])
def test_the_measure_chosen_is_told_in_full(measure: Row) -> None:
    said = get_text(view_page("outcomes", measure=measure["title"]))
    assert f"Chosen: **{measure['title']}**." in said


def test_the_key_names_the_cohorts_shown_by_shape_and_word() -> None:
    for address, cohorts in (({}, {"circle", "diamond"}), ({"cohort": "New six"}, {"diamond"})):
        keys = [str(one.value) for one in view_page("outcomes", **address).markdown]
        (key,) = (one for one in keys if "Dashed: England." in one)
        assert set(re.findall(r":material/(\w+): (?:Original|New) six", key)) == cohorts


def test_a_chart_s_sentence_has_cohort_and_breaks_and_spans_none() -> None:
    test = view_page("outcomes", measure="GCSEs in English and maths by age 19")
    said = [one.words for one in read_drawings(test)]
    assert said[0] == (
        "Blackpool (original six): 67% in 2016/17, 64.1% in 2021/22; England 71.6% and 74.9%. "
        "The series breaks in 2022/23, 2023/24 and 2024/25."
    )
    assert not [one for one in said if "2023/24;" in one]


def test_a_place_is_drawn_the_same_whatever_is_shown() -> None:
    def find(test: AppTest, title: str) -> dict[str, str]:
        return {one.words: one.address for one in read_drawings(test) if title in one.words}

    title = "Hastings (new six): 62%"
    (every,) = find(view_page("outcomes"), title).items()
    for page in (
        view_page("outcomes", region="South East"),
        view_page("outcomes", sort="Change"),
        view_page("profile", area="Hastings"),
    ):
        assert find(page, title) == dict([every])
    # A gap too has the same scales, and other areas other drawings.
    gaps = "Gap in points. Derby"
    whole = view_page("outcomes", measure="Progress 8")
    (gap,) = find(whole, gaps).items()
    assert find(view_page("outcomes", measure="Progress 8", region="East Midlands"), gaps) == dict(
        [gap]
    )
    assert len({one.address for one in read_drawings(whole)}) == len(read_drawings(whole))


@pytest.mark.slow
def test_without_drawings_the_page_says_so_and_has_all_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> list[bytes]:
        raise RuntimeError("no memory")

    monkeypatch.setattr(drawings, "_render", fail)
    cache.clear_all()
    for page, address in (("outcomes", {}), ("profile", {"area": "Hastings"})):
        test = open_page(page, **address)
        (said,) = (str(one.value) for one in test.warning)
        assert said.startswith("The charts could not be drawn this time.")
        assert not read_drawings(test)
        assert read_tables(test)
        assert "no memory" not in get_text(test)
    monkeypatch.undo()
    assert read_drawings(open_page("outcomes"))


def test_sorted_by_change_the_largest_rise_comes_first() -> None:
    test = view_page("outcomes", sort="Change")
    assert places(test)[0] == "West Somerset"


def test_a_cohort_leaves_out_the_other() -> None:
    test = view_page("outcomes", cohort="New six")
    assert len(places(test)) == 6
    assert "Blackpool" not in places(test)


def test_the_successor_is_named_apart() -> None:
    assert "Not joined to any line: Somerset West and Taunton, 71%" in get_text(
        view_page("outcomes")
    )


def test_only_left_out_areas_shown_says_so() -> None:
    test = view_page("outcomes", measure="Progress 8", region="South East")
    assert "Hastings has no figure here: it is published for East Sussex as a whole" in get_text(
        test
    )
    assert not test.get("vega_lite_chart")
    assert not read_drawings(test)


def test_closes_with_studies_and_their_kinds() -> None:
    (studies,) = (one for one in read_tables(view_page("outcomes")) if "Kind" in one.cells)
    kinds = " ".join(studies.cells["Kind"])
    for kind in ("Compared with similar places", "Before the programme", "No comparison"):
        assert kind in kinds
    assert set(studies.cells["Study"]) == set(studies.links)
    assert "that are planned" in get_text(view_page("outcomes"))


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("outcomes", {"measure": "Reading, writing and maths at the end of primary school"}),
        ("profile", {"area": "West Somerset"}),
        (
            "compare",
            {
                "areas": ["West Somerset", "Derby"],
                "measure": "GCSEs in English and maths by age 19",
            },
        ),
    ],
)
def test_the_years_of_an_abolished_district_are_told(
    page: str, address: dict[str, str | list[str]]
) -> None:
    said = get_text(view_page(page, **address))
    assert re.search(r"West Somerset, 20\d\d/\d\d to 20\d\d/\d\d: The source goes on giving", said)


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("Reading, writing and maths at the end of primary school", "why is not known"),
        (
            "Reading, writing and maths at the end of primary school, whole local authority",
            "53, 61 and 64 per cent in 2015/16, 2016/17 and 2017/18",
        ),
        (
            "Reading, writing and maths at the end of primary school, disadvantaged pupils",
            "England's figure is for state-funded schools.",
        ),
    ],
)
def test_key_stage_2_says_what_england_s_figure_is(measure: str, words: str) -> None:
    said = get_text(view_page("outcomes", measure=measure))
    assert words in said
    assert "state-funded schools" in said
