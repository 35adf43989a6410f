"""An area's brief: read back as a PDF, it says what data/ says, to eye and screen reader alike."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pikepdf
import pypdf
import pytest

from dashboard import brief, formatting
from dashboard.brief import context as said
from dashboard.brief import locator
from dashboard.data.loader import Data
from dashboard.palette import LIGHT
from dashboard.topics.areas.facts import get_area_facts
from dashboard.topics.comparators.similar import build_places_not_chosen
from dashboard.topics.funding.answer import describe_money
from expected import Row, read_table

AREAS = (
    *("blackpool", "derby", "norwich", "oldham", "north-yorkshire-coast", "west-somerset"),
    *("bradford", "doncaster", "fenland-and-east-cambridgeshire", "hastings", "ipswich"),
    "stoke-on-trent",
)
PAGES, BYTES, POINTS = 2, 200_000, 8.5
PLANTED = "#panic() *x* _y_ <script> $x$ ] [ `raw` @ref \\n // {{z}} --- ~ = 1."
MARKS = r"\[\d+(, \d+)*\]"
_MORE = r"\. (?:Abolished|The type of place is as in) [^\[]+"
REST = rf"(?: \(its districts[^)]*\)|, as [\w-]+|, \d+ pages|{_MORE})?"
TOUCHING_ALL = {"fourth-year-total", "core-share"}
Briefs = dict[str, "Brief"]
Rows = Callable[[str], list[Row]]


@dataclass(frozen=True)
class Brief:
    """A brief as bytes, its words with single spaces, and the sizes they are set in."""

    content: bytes
    words: str
    sizes: frozenset[float]
    pages: int


def read(content: bytes) -> Brief:
    sizes: set[float] = set()

    def see(words: str, place: Any, matrix: Any, _font: Any, size: float) -> None:
        if words.strip():
            sizes.add(round(size * abs(matrix[3]) * abs(place[3]), 2))

    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    words = " ".join(page.extract_text(visitor_text=see) for page in pages)
    return Brief(content, " ".join(words.split()), frozenset(sizes), len(pages))


@pytest.fixture(scope="session")
def folder(content: Data) -> bytes:
    return brief.render_all_briefs(content)


@pytest.fixture(scope="session")
def briefs(folder: bytes) -> Briefs:
    """Return all twelve, typeset once and read back."""
    with zipfile.ZipFile(io.BytesIO(folder)) as opened:
        return {one: read(opened.read(brief.build_file_name(one))) for one in AREAS}


@pytest.fixture(scope="session", params=AREAS)
def area_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def one(briefs: Briefs, area_id: str) -> Brief:
    return briefs[area_id]


@pytest.fixture
def opened(one: Brief) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(one.content)) as document:
        yield document


@pytest.fixture
def mine(area_id: str) -> Rows:
    """Return a reader of the rows that are the area's, or its districts'."""
    codes = {row["lad_code"] for row in read_table("districts") if row["area_id"] == area_id}

    def rows(name: str) -> list[Row]:
        return [
            row
            for row in read_table(name)
            if row.get("area_id") == area_id or ("area_id" not in row and row["lad_code"] in codes)
        ]

    return rows


def elements(node: Any) -> Iterator[Any]:
    """Yield the elements of a document's structure under a node, in reading order."""
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def structure(document: pikepdf.Pdf) -> list[Any]:
    return list(elements(document.Root.StructTreeRoot))


def kinds(node: Any) -> list[str]:
    return [str(element.S) for element in elements(node)]


# What it is


@pytest.mark.slow
def test_twelve_names_in_one_folder(folder: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(folder)) as opened:
        assert opened.namelist() == [f"opportunity-area-brief_{one}.pdf" for one in AREAS]
        modes = {entry.external_attr >> 16 for entry in opened.infolist()}
    assert modes == {0o100644}, "whoever unpacks it may read it"


@pytest.mark.slow
def test_the_same_figures_make_the_same_bytes(content: Data, briefs: Briefs) -> None:
    assert brief.render_brief(content, "hastings") == briefs["hastings"].content


def test_an_unknown_area_is_refused(content: Data) -> None:
    with pytest.raises(KeyError):
        brief.render_brief(content, "atlantis")


def test_it_fits_two_pages_that_can_be_sent(one: Brief) -> None:
    assert (one.pages, len(one.content) < BYTES) == (PAGES, True)


def test_no_word_is_small_or_missing(one: Brief) -> None:
    assert min(one.sizes) >= POINTS
    assert not re.findall(r"\b(?:nan|NaN|None|NaT|null)\b|<NA>", one.words)


def test_the_template_asks_for_nothing_from_elsewhere() -> None:
    template = Path(brief.__file__).with_name("brief.typ").read_text("utf-8")
    assert not re.findall(r"#import|#include|@preview|\bread\(|\bimage\(", template)


# What a screen reader is told


def test_it_says_that_it_is_accessible(opened: pikepdf.Pdf, content: Data, area_id: str) -> None:
    label = content.areas.set_index("area_id")["label"][area_id]
    assert (bool(opened.Root.MarkInfo.Marked), str(opened.Root.Lang)) == (True, "en-GB")
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
    with opened.open_metadata() as metadata:
        assert metadata["dc:title"] == f"{label}: opportunity area brief"
        assert metadata["pdfuaid:part"] == "1"


def test_headings_go_down_a_step_at_a_time(opened: pikepdf.Pdf) -> None:
    found = [re.fullmatch(r"/H(\d)", kind) for kind in kinds(opened.Root.StructTreeRoot)]
    levels = [int(one[1]) for one in found if one]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(lower - upper <= 1 for upper, lower in pairwise(levels))


def test_each_table_has_header_cells(opened: pikepdf.Pdf) -> None:
    tables = [element for element in structure(opened) if element.S == "/Table"]
    assert len(tables) == 6
    for table in tables:
        assert kinds(table)[0] == "/THead"
        assert "/TD" not in kinds(table)[: kinds(table).index("/TBody")]
        assert kinds(table).count("/TH") >= 2


@pytest.mark.parametrize(
    ("area", "charts"),
    [
        ("norwich", 3),
        ("north-yorkshire-coast", 3),
        ("west-somerset", 3),
        ("hastings", 3),
        ("ipswich", 3),
        ("fenland-and-east-cambridgeshire", 5),
        *((one, 15) for one in ("blackpool", "derby", "oldham", "bradford", "doncaster")),
        ("stoke-on-trent", 15),
    ],
)
def test_each_chart_is_told_in_words(briefs: Briefs, area: str, charts: int) -> None:
    with pikepdf.open(io.BytesIO(briefs[area].content)) as opened:
        figures = [element for element in structure(opened) if element.S == "/Figure"]
        told = [str(figure.Alt) for figure in figures]
    where, *told = told
    assert where.startswith("Map of England with the twelve areas; the filled one is ")
    assert len(told) == charts
    assert all(re.fullmatch(r".+: .+% in .+England.+\.|.+ in .+England.+\.", one) for one in told)


def test_the_map_has_each_area_where_it_lies(content: Data) -> None:
    maps = {one: locator.build_locator(content, one) for one in AREAS}
    marks = {one: tuple(drawn["mark"]) for one, drawn in maps.items()}
    across, down = ({one: mark[axis] for one, mark in marks.items()} for axis in (0, 1))
    assert min(across, key=across.__getitem__) == "west-somerset"
    assert max(down, key=down.__getitem__) == "hastings"
    assert min(down, key=down.__getitem__) == "north-yorkshire-coast"
    assert max(across, key=across.__getitem__) in {"ipswich", "norwich"}
    for one, drawn in maps.items():
        assert {*drawn["others"], drawn["mark"]} == {*marks.values()}
        points = [point for ring in drawn["area"] for point in ring]
        for axis, at in enumerate(marks[one]):
            assert min(point[axis] for point in points) < at < max(point[axis] for point in points)
        assert all(0 <= x <= drawn["width"] and 0 <= y <= 1 for x, y in points)


def test_the_money_is_that_of_the_profile(one: Brief, content: Data, area_id: str) -> None:
    answer = describe_money(content, get_area_facts(content, area_id))
    assert f"Money {answer} Some amounts below are part of others" in one.words


def test_whose_shapes_the_map_has(one: Brief, content: Data) -> None:
    assert f"Map: {content.districts_boundaries['attribution']}." in one.words


def test_each_link_says_where_it_goes(opened: pikepdf.Pdf) -> None:
    links = [link for page in opened.pages for link in page.get("/Annots", [])]
    assert links
    assert all(str(link.Contents) and "/StructParent" in link for link in links)
    outside = [str(link.A.URI) for link in links if "/A" in link and link.A.S == "/URI"]
    assert all(address.startswith(("https://", "http://")) for address in outside)


@pytest.mark.parametrize("cohort", ["Original six", "New six"])
def test_words_and_lines_stand_out(cohort: str) -> None:
    chosen = said.get_colours(cohort)
    assert all(_contrast(chosen[one]) >= 4.5 for one in ("ink", "quiet"))
    assert _contrast(chosen["area"]) >= 3


def test_no_other_colour_is_used(opened: pikepdf.Pdf, content: Data, area_id: str) -> None:
    cohort = content.areas.set_index("area_id")["cohort"][area_id]
    used = {
        "#" + "".join(f"{round(255 * float(one)):02x}" for one in step.operands)
        for page in opened.pages
        for step in pikepdf.parse_content_stream(page)
        if str(step.operator) in {"scn", "SCN"}
    }
    assert used == set(said.get_colours(cohort).values())


SHOWN = {"main", "in addition", "other programme"}


def _contrast(colour: str) -> float:
    """Return a colour's contrast with white paper, as WCAG 2.2 reckons it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    shares = zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    return 1.05 / (sum(share * one for share, one in shares) + 0.05)


# What it says


def test_what_it_is_and_of_when(one: Brief, content: Data, area_id: str) -> None:
    area = content.areas.set_index("area_id").loc[area_id]
    created = formatting.format_day(content.descriptor["created"][:10])
    version = content.descriptor["version"]
    opening = f"{area['label']} Opportunity area brief. {area['cohort']}. From figures of"
    assert one.words.startswith(f"{opening} {created} (version {version}).")
    assert "not official statistics" in one.words
    assert "It does not show what the programme caused." in one.words
    assert one.words.count("Page 1 of 2") == one.words.count("Page 2 of 2") == 1


@pytest.mark.parametrize(
    ("area", "share"),
    [
        (
            "blackpool",
            "40.4% (England: 10% by definition; not comparable with 2019, as the",
        ),
        (
            "fenland-and-east-cambridgeshire",
            "Fenland 8.9% and East Cambridgeshire 0.0% (England: 10% by definition; not",
        ),
        ("west-somerset", "Not given: the district was abolished"),
        ("north-yorkshire-coast", "Not given: the district was abolished"),
    ],
)
def test_deprivation_has_two_dates_and_no_trend(briefs: Briefs, area: str, share: str) -> None:
    words = briefs[area].words
    assert f"Deprivation, 2025 {share}" in words
    assert words.index("Deprivation, 2019") < words.index("Deprivation, 2025")


def test_what_is_published_by_district_too_is_not_held(one: Brief, mine: Rows) -> None:
    (area,) = mine("areas")
    in_a_county = area["upper_tier_code"].startswith("E10")
    assert ("are published by district too. Those figures are not held here." in one.words) == (
        in_a_county
    )
    assert "published for whole local authorities only" not in one.words
    assert "the official table was not seen" not in one.words.casefold()
    assert "Ranks of 2016 were read in a third-party copy of the whole table" in one.words


def test_doncaster_is_a_city_since(briefs: Briefs) -> None:
    told = "The type of place is as in 2017. Doncaster has been a city since late 2022."
    assert [area for area in AREAS if told in briefs[area].words] == ["doncaster"]


def test_its_parts_are_in_order(one: Brief) -> None:
    parts = (
        *("Facts The place", "Money ", "Research school Research school"),
        *("Priorities of the plan", "Ranks on the Social Mobility Index"),
        *("What happened next, against England", "What is not known", "Where sources disagree"),
        "Sources and licence",
    )
    places = [one.words.index(part) for part in parts]
    assert places == sorted(places)


def test_its_facts_are_those_of_the_package(one: Brief, mine: Rows) -> None:
    (area,) = mine("areas")
    children = sum(int(row["children_0_15_mid2017"]) for row in mine("districts"))
    deprived = sum(int(row["imd2019_most_deprived_tenth"]) for row in mine("districts"))
    there = sum(int(row["neighbourhoods"]) for row in mine("districts"))
    tenth = f"{deprived} of {there} neighbourhoods in England's most deprived tenth"
    for fact in (
        f"People, mid-2017 {int(area['population']):,}",
        f"Children, mid-2017 {children:,} aged 0 to 15",
        f"{tenth} ({100 * deprived / there:.1f}%, computed)",
        f"Region {area['region']}",
        f"Type of place, 2017 {area['place_type']} (our own grouping)",
        f"Announced {formatting.format_day(area['announced_on'])}",
        f"Delivery plan {formatting.format_day(area['plan_published_on'])}",
        f"What came next {area['successor']}. Its money ended in March 2025",
        *(f"{row['name']} district {row['lad_code']}" for row in mine("districts")),
    ):
        assert re.search(rf"{re.escape(fact)}{REST} {MARKS}", one.words), fact
    assert f"Chair of the board {area['chair'] or 'Not found'}" in one.words


@pytest.mark.parametrize(
    ("area", "fate"),
    [
        ("west-somerset", "Abolished on 1 April 2019: part of Somerset West and Taunton."),
        ("north-yorkshire-coast", "Abolished on 1 April 2023: part of North Yorkshire."),
    ],
)
def test_what_became_of_a_district(briefs: Briefs, area: str, fate: str) -> None:
    assert [one for one in AREAS if fate in briefs[one].words] == [area]


def test_each_amount_has_its_qualifier_period_and_overlap(one: Brief, mine: Rows) -> None:
    shown = [row for row in mine("funding_areas") if row["role"] in SHOWN]
    assert len(shown) >= 3
    for row in shown:
        amount = (
            formatting.format_money(int(row["amount_gbp"]), row["qualifier"])
            if row["amount_gbp"]
            else ""
        )
        ends = [row["period_start"], row["period_end"]]
        period = (
            formatting.format_day("/".join(ends))
            if all(ends)
            else f"From {formatting.format_day(ends[0])}"
        )
        if not ends[0]:
            period = f"To {formatting.format_day(ends[1])}"
        line = f"{row['what']} {period} {amount or 'Not found'}"
        following = " ".join(filter(None, [row["overlaps"], row["note"]]))
        assert re.search(
            rf"{re.escape(line)} {MARKS} {re.escape(following or 'No overlap known.')}", one.words
        )


def test_the_next_programme_s_money_is_told_apart(one: Brief, area_id: str, mine: Rows) -> None:
    (fund,) = (row for row in mine("funding_areas") if row["scope"] == "local needs fund")
    assert (fund["qualifier"], fund["role"]) == ("indicative", "other programme")
    amount = f"£{int(fund['amount_gbp']):,}"
    if int(fund["amount_gbp"]) % 10_000 == 0:
        amount = formatting.format_money(int(fund["amount_gbp"]))
    assert f"{fund['what']} To March 2025 {amount} (indicative) [" in one.words
    assert "Another programme's money: never added to the opportunity area's." in one.words
    assert ("From a press report" in one.words) == (area_id == "west-somerset")


def test_no_part_or_second_report_is_among_the_amounts(opened: pikepdf.Pdf, mine: Rows) -> None:
    shown = [row for row in mine("funding_areas") if row["role"] in SHOWN]
    money = [element for element in structure(opened) if element.S == "/Table"][2]
    assert kinds(money).count("/TR") == 1 + len(shown)


def test_its_research_school_is_that_of_the_package(one: Brief, mine: Rows) -> None:
    (row,) = mine("research_schools")
    inferred = " (inferred)" if row["postcode_basis"] == "inferred" else ""
    side = {"yes": "inside the area", "no": "outside the area"}.get(row["inside_area"])
    place = f"{row['postcode']}{inferred}, {row['host_district']} district, {side}"
    assert f"Name {row['name']} [" in one.words
    assert f"Host {row['host']} ({row['host_kind']}) [" in one.words
    assert f"Where the host is {place if side else 'No single school'} [" in one.words
    assert f"Award £{int(row['award_gbp']):,}, {row['award_period'].lower()} [" in one.words


def test_its_priorities_and_ranks_are_those_of_the_package(one: Brief, mine: Rows) -> None:
    for row in mine("priorities"):
        assert f"{row['number']}. {row['priority']} [" in one.words
    for row in mine("index_ranks"):
        marks = [f"worked out: place {row['rank_from_worst']} from the worst"] * (
            row["as_printed"] == "nth from worst"
        ) + ["not preferred"] * (row["preferred"] == "false")
        rank = f"{row['rank']} of 324{' (' if marks else ''}{'; '.join(marks)}{')' * bool(marks)}"
        told = f"{rank} [" if row["rank"] else row["note"]
        stage = "" if row["stage"] == "overall" else ", school stage"
        assert f"{row['index_year']}{stage} {told}" in one.words


def test_its_outcomes_end_with_the_last_value_published(one: Brief, mine: Rows) -> None:
    measures = {row["measure_id"]: row for row in read_table("measures")}
    nation = {
        (row["measure_id"], row["period"]): float(row["value"])
        for row in read_table("outcomes")
        if row["geography_level"] == "national"
    }
    lines: dict[tuple[str, str], dict[str, str]] = {}
    whole = {
        row["measure_id"]
        for row in mine("outcomes")
        if row["geography_level"] == "area of two districts"
    }
    for row in mine("outcomes"):
        part = row["measure_id"] in whole and row["geography_level"] == "district"
        if row["geography_level"] != "successor district" and not part:
            key = row["measure_id"], row["geography_code"]
            lines[key] = max(lines.get(key, row), row, key=lambda each: each["period"])
    assert "changes, in points, are computed over" in one.words
    for (measure_id, _), row in lines.items():
        unit = measures[measure_id]["unit"]
        last = formatting.format_value(float(row["value"]), unit)
        england = formatting.format_value(nation[measure_id, row["period"]], unit)
        words = rf"{re.escape(last)} \({row['period']}[^)]*\); England {re.escape(england)}\."
        if measure_id.startswith("elg_"):
            assert re.search(rf"{words[:-2].replace('; ', ', ')}[.;]", one.words)
            continue
        signed = r"[+−]?\d+(\.\d+)?"
        change = rf"(not computed: [^\[]+|{signed} from [^\[;]+; England {signed})"
        assert re.search(rf"{words} Change: {change}\. {MARKS}", one.words)
        assert f"{last} {row['period']} " in one.words, "the chart's own label"


def test_it_puts_the_area_beside_places_that_were_not_chosen(
    one: Brief, content: Data, area_id: str
) -> None:
    exhibit = build_places_not_chosen(content, get_area_facts(content, area_id))
    assert exhibit
    assert exhibit.title in one.words
    for measure, years, *changes in exhibit.table.to_numpy():
        assert f"{measure}, {years} {' '.join(changes)}" in one.words
    assert "This cannot show an effect" in one.words
    assert ("Ten similar: the districts in England most like it" in one.words) == (
        area_id not in ("west-somerset", "north-yorkshire-coast")
    )


@pytest.mark.parametrize(
    ("area", "note"),
    [
        ("west-somerset", "Expected standard at 11, West Somerset, 2021/22 to 2024/25: The source"),
        ("west-somerset", "English and maths by 19, West Somerset, 2019/20 to 2020/21: The source"),
        ("north-yorkshire-coast", "(Scarborough), 2023/24 to 2024/25: The source goes on giving"),
    ],
)
def test_it_says_which_years_are_of_an_abolished_district(
    briefs: Briefs, area: str, note: str
) -> None:
    assert note in briefs[area].words
    assert "goes on giving" not in briefs["hastings"].words


def test_what_is_missing_and_disputed_is_said(one: Brief, mine: Rows) -> None:
    for row in mine("gaps"):
        assert row["detail"] in one.words
    disputed = {row["disagreement_id"] for row in mine("disagreements")}
    for row in read_table("disagreements"):
        preferred = " We prefer this." if row["shown"] == "true" else ""
        told = re.search(rf"{re.escape(row['says'] + preferred)} {MARKS}", one.words)
        assert bool(told) == (row["disagreement_id"] in disputed | TOUCHING_ALL), row["says"]


def test_each_mark_leads_to_a_source(one: Brief) -> None:
    known = {
        _squeezed(
            f"{row['title']}, {row['publisher']}, {formatting.format_day(row['date'] or None)} "
            f"({row['tier']})"
        )
        for row in read_table("sources")
    }
    body, _, end = one.words.partition("Sources and licence")
    marks = {int(mark) for group in re.findall(r"\[([\d, ]+)\]", body) for mark in group.split(",")}
    listed = end.partition("Primary sources made")[0]
    numbers, named = re.findall(r"\[(\d+)\]", listed), re.split(r"\[\d+\]", listed)[1:]
    assert marks == {int(number) for number in numbers}
    assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))
    assert {_squeezed(source) for source in named} <= known


def _squeezed(words: str) -> str:
    """Return words without spaces: a line may end after a hyphen."""
    return "".join(words.split())


# How it is made


def test_no_line_goes_over_a_break(content: Data) -> None:
    charts = {one["title"]: one for one in said.build_context(content, "blackpool")["outcomes"]}
    for title, strokes in {"Attainment 8": [1, 3, 1, 1, 1, 3], "Progress 8": [4, 1, 2]}.items():
        assert [len(stroke) for stroke in charts[title]["own"]] == strokes
        assert [len(stroke) for stroke in charts[title]["england"]] == strokes


@pytest.mark.slow
def test_text_of_the_data_is_never_markup(content: Data) -> None:
    planted = {
        "areas": ["label", "chair", "successor", "announced_as"],
        "districts": ["name", "change_note"],
        "funding_areas": ["what", "note"],
        "research_schools": ["name", "host"],
        "priorities": ["priority", "note"],
        "measures": ["title"],
        "gaps": ["detail"],
        "disagreements": ["subject", "says"],
        "sources": ["title", "publisher"],
    }
    frames = {
        name: getattr(content, name).assign(**dict.fromkeys(columns, PLANTED))
        for name, columns in planted.items()
    }
    made = read(brief.render_brief(replace(content, **frames), "west-somerset")).words
    squeezed, sought = _squeezed(made), _squeezed(PLANTED)
    for before in ("Chairoftheboard", "Host", "Whatcamenext", "Name", "[1]", "•", "1."):
        assert f"{before}{sought}" in squeezed
    assert made.startswith(f"{PLANTED} Opportunity area brief.")


def test_what_is_not_known_says_so(content: Data) -> None:
    """Every cell that may be empty is: the brief still stands, and names nothing unknown."""
    emptied = {}
    for name in ("areas", "districts", "index_ranks", "funding_areas", "research_schools"):
        frame = getattr(content, name)
        resources = {one["name"]: one for one in content.descriptor["resources"]}
        free = [
            field["name"]
            for field in resources[name]["schema"]["fields"]
            if not field.get("constraints", {}).get("required")
        ]
        emptied[name] = frame.assign(**dict.fromkeys(free, pd.NA)).astype(frame.dtypes)
    told = json.dumps(
        said.build_context(replace(content, **emptied), "west-somerset"), ensure_ascii=False
    )
    assert "Not found" in told
    assert not re.findall(r"\b(?:nan|NaN|None|NaT|null)\b|<NA>", told)


def test_the_area_s_colour_is_its_cohort_s() -> None:
    assert said.get_colours("New six")["area"] == LIGHT.new != LIGHT.original
