"""An address is read as people write it, and nothing false is said of it."""

from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import addresses
from dashboard.addresses import MAX_QUOTED, ParsedAddress
from dashboard.data import store
from dashboard.parameters import MAX_OFFERS, PAGES, list_parameters

DATA = store.current()
COAST = "North Yorkshire Coast (Scarborough)"
FENS = "Fenland and East Cambridgeshire"


def read(page: str, query: str) -> ParsedAddress:
    return addresses.parse_address(DATA, page, parse_qs(query, keep_blank_values=True))


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("hastings", "Hastings"),
        ("Stoke on Trent", "Stoke-on-Trent"),
        ("Stoke", "Stoke-on-Trent"),
        ("North+Yorkshire+Coast", COAST),
        ("Hastings.", "Hastings"),
        ("Hastings%20", "Hastings"),
        ("HASTINGS", "Hastings"),
        ("north_yorkshire-coast", COAST),
        ("Scarborough", COAST),
        ("stoke-on-trent", "Stoke-on-Trent"),
        ("StokeOnTrent", "Stoke-on-Trent"),
        ("Stoke%252Don%2520Trent", "Stoke-on-Trent"),
        ("Fenland+%26+East+Cambridgeshire", FENS),
        ("“Ipswich”", "Ipswich"),
    ],
)
@pytest.mark.parametrize(("page", "name"), [("profile", "area"), ("map", "focus")])
def test_an_area_is_read_silently_by_its_own_names(
    page: str, name: str, written: str, label: str
) -> None:
    reading = read(page, f"{name}={written}")
    assert reading == ParsedAddress({name: (label,)}, {name: (label,)})


@pytest.mark.parametrize(
    ("written", "label", "says"),
    [
        ("E06000021", "Stoke-on-Trent", "E06000021 is Stoke-on-Trent."),
        ("Whitby", COAST, "Whitby is in Scarborough"),
        ("East Cambridgeshire", FENS, "East Cambridgeshire is a part of"),
        ("yo21+1aa", COAST, "YO21 1AA is in Scarborough"),
    ],
)
def test_a_place_in_an_area_leads_to_it_with_a_word(written: str, label: str, says: str) -> None:
    reading = read("profile", f"area={written}")
    assert reading.address == {"area": (label,)}
    assert reading.sentences[0].startswith(says)


@pytest.mark.parametrize(
    ("written", "says", "offers"),
    [
        ("Hastngs", "The nearest: Hastings", ["Hastings"]),
        ("Lancashire", "is the only one of the twelve in Lancashire", ["Blackpool"]),
        ("Yorks", "three of the twelve in Yorkshire", ["Bradford", "Doncaster", COAST]),
        ("Whitby, Cheshire", "Cheshire is in none of the twelve", [COAST]),
        ("Leeds", "Leeds is in none of the twelve areas.", []),
        ("Camelot", "We do not understand that", []),
    ],
)
def test_what_is_not_just_an_area_is_offered_and_not_chosen(
    written: str, says: str, offers: list[str]
) -> None:
    reading = read("profile", f"area={written}")
    assert (reading.address, reading.changes) == ({}, {"area": ()})
    (sentence,) = reading.sentences
    assert sentence.startswith(f"This address asks for the area “{written}”")
    assert says in sentence
    assert [offer.value for offer in reading.offers] == offers


@pytest.mark.parametrize(
    ("page", "query", "address"),
    [
        ("", "cohort=new+six", {"cohort": ("New six",)}),
        ("", "cohort=New+6", {"cohort": ("New six",)}),
        ("", "cohort=NEW-SIX", {"cohort": ("New six",)}),
        ("", "cohort=new", {"cohort": ("New six",)}),
        ("about", "cohort=original", {"cohort": ("Original six",)}),
        ("funding", "cohort=first+six", {"cohort": ("Original six",)}),
        ("", "Cohort=newsix", {"cohort": ("New six",)}),
        ("", "cohort=all", {}),
        ("", "cohort=All+twelve", {}),
        ("", "region=south-east&region=North_West", {"region": ("South East", "North West")}),
        ("", "region=south+east,north+west", {"region": ("South East", "North West")}),
        ("", "region=Yorkshire", {"region": ("Yorkshire and The Humber",)}),
        ("", "region=SE&region=South+East", {"region": ("South East",)}),
        ("", "place=coastal&place=TOWN.", {"place": ("Coastal", "Town")}),
        ("", "place=seaside", {"place": ("Coastal",)}),
        ("map", "colour=population", {"colour": ("Population",)}),
        ("map", "colour=fourth_year_gbp", {"colour": ("Fourth-year money",)}),
        ("map", "colour=cohort", {}),
        ("outcomes", "measure=attainment8", {"measure": ("Attainment 8",)}),
        ("outcomes", "measure=Phonics+in+year+1", {"measure": ("Phonics check in year 1",)}),
        ("compare", "measure=progress-8", {"measure": ("Progress 8",)}),
        ("outcomes", "measure=eyfsp_gld", {}),
        ("outcomes", "sort=by+change", {"sort": ("Change",)}),
        ("all_measures", "held=all", {"held": ("Whole authorities too",)}),
        ("all_measures", "held=districts", {}),
        ("compare", "areas=hastings&areas=Stoke", {"areas": ("Hastings", "Stoke-on-Trent")}),
        ("compare", "areas=hastings,derby", {"areas": ("Hastings", "Derby")}),
        ("compare", "areas=Blackpool&areas=Bradford", {"areas": ("Blackpool", "Bradford")}),
        ("sources", "table=research_schools", {"table": ("Research schools",)}),
        ("sources", "table=RESEARCH+SCHOOLS", {"table": ("Research schools",)}),
        ("sources", "part=gaps&order=newest", {"part": ("Gaps",), "order": ("Newest",)}),
        ("sources", "tier=Primary&all=1", {"tier": ("primary",), "all": ("true",)}),
    ],
)
def test_what_is_meant_is_written_as_the_widgets_write_it(
    page: str, query: str, address: dict[str, tuple[str, ...]]
) -> None:
    reading = read(page, query)
    assert (reading.address, reading.sentences) == (address, ())


@pytest.mark.parametrize(
    ("page", "query", "names", "offers"),
    [
        ("", "cohort=nw+sx", ["the cohort “nw sx”"], ["New six"]),
        ("", "cohort=six", ["the cohort “six”"], ["Original six", "New six"]),
        ("", "region=Sotuh+East", ["the region “Sotuh East”"], ["South East", "South West"]),
        ("", "place=town&place=moon", ["the type of place “moon”"], ["City", "Coastal", "Rural"]),
        ("map", "colour=Popluation", ["the colour “Popluation”"], ["Population"]),
        (
            "outcomes",
            "measure=attainment",
            ["the measure “attainment”"],
            ["Attainment 8", "Attainment 8, disadvantaged pupils"],
        ),
        (
            "sources",
            "table=postcode",
            ["the table “postcode”"],
            ["Postcodes", "First halves of postcodes"],
        ),
        ("", "cohort=x&region=y", ["the cohort “x” and the region “y”"], None),
        ("compare", "areas=Derby&areas=Atlantis", ["the area “Atlantis”"], []),
    ],
)
def test_what_is_not_understood_is_said_and_what_was_meant_offered(
    page: str, query: str, names: list[str], offers: list[str] | None
) -> None:
    reading = read(page, query)
    (sentence,) = reading.sentences
    assert sentence.startswith("This address asks for ")
    assert "We do not understand that, so " in sentence
    assert [name for name in names if name not in sentence] == []
    if offers is not None:
        assert [offer.value for offer in reading.offers] == offers


def test_a_region_that_holds_none_of_the_twelve_is_said_to() -> None:
    assert read("", "region=London").sentences == ("London is in none of the twelve areas.",)
    assert read("", "region=North+East").sentences == (
        "The North East is in none of the twelve areas.",
    )


def test_more_than_one_value_where_one_can_be() -> None:
    reading = read("", "cohort=New+six&cohort=original")
    assert reading.address == {"cohort": ("Original six",)}
    assert "more than once. The last is shown: Original six." in reading.sentences[0]
    assert read("", "cohort=New+six&cohort=new").sentences == ()


def test_an_area_that_the_filters_leave_out_is_not_chosen_on_the_map() -> None:
    reading = read("map", "cohort=New+six&focus=Derby")
    assert reading.address == {"cohort": ("New six",)}
    assert "The filters leave Derby out" in reading.sentences[0]


@pytest.mark.parametrize("query", ["cohort=", "cohort=+", "area=&area=", "areas=,", "region="])
def test_empty_values_say_nothing(query: str) -> None:
    assert {read(page, query).sentences for page in ("", "profile", "compare")} == {()}


@pytest.mark.parametrize(
    "query", ["utm_source=x&fbclid=y", "embed=true", "area=Nowhere", "page2=x"]
)
def test_what_no_page_knows_is_left_alone(query: str) -> None:
    assert read("", query) == ParsedAddress({}, {})


def test_a_page_that_there_is_not_is_said_and_the_nearest_offered() -> None:
    reading = read("", "page=fundng")
    assert reading.sentences == ("There is no page called “fundng” here.",)
    assert [(offer.parameter, offer.value) for offer in reading.offers] == [("page", "funding")]
    assert reading.changes == {"page": ()}
    assert read("funding", "page=x") == ParsedAddress({}, {})


def test_text_from_an_address_is_short_and_can_be_shown() -> None:
    value = "%3Cscript%3E%00%0A" + "x" * 3000
    (sentence,) = read("", f"cohort={value}").sentences
    assert sentence.isprintable()
    assert len(sentence) < MAX_QUOTED + 110
    many = "&".join(f"region=unknown{number}" for number in range(500))
    assert len(read("", many).sentences[0]) < 300


def test_a_label_with_markup_is_written_as_each_widget_writes_it() -> None:
    areas = DATA.areas.assign(label=DATA.areas["label"].str.replace("Derby", "Der*by*"))
    odd = replace(DATA, areas=areas)
    assert addresses.parse_address(odd, "profile", {"area": ["Derby"]}).address == {
        "area": ("Der*by*",)
    }
    assert addresses.parse_address(odd, "compare", {"areas": ["derby"]}).address == {
        "areas": (r"Der\*by\*",)
    }
    assert addresses.parse_address(odd, "profile", {"area": ["Der*by*"]}).changes == {}


VALUES = st.text(max_size=60) | st.sampled_from(
    ["Hastings", "new six", "South East", "a,b;c|d", "%"]
)
QUERIES = st.dictionaries(
    st.sampled_from([*list_parameters(DATA, "map"), "area", "areas", "page", "Cohort", "x"]),
    st.lists(VALUES, max_size=4),
    max_size=4,
)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(list(PAGES)), QUERIES)
def test_once_put_right_an_address_is_right(page: str, query: dict[str, list[str]]) -> None:
    reading = addresses.parse_address(DATA, page, query)
    assert len(reading.offers) <= MAX_OFFERS
    again = {name: list(values) for name, values in query.items()}
    for name, values in reading.changes.items():
        again.pop(name, None)
        if values:
            again[name] = list(values)
    # What the widgets know is left as it is, and nothing more is said of it.
    assert addresses.parse_address(DATA, page, again) == ParsedAddress(reading.address, {})
    known = list_parameters(DATA, page)
    for name, values in reading.address.items():
        assert set(values) <= set(known[name].choices)


@pytest.mark.parametrize("value", ["", " ", ",", "%20", "\u200b", "\x00", ", ,%20"])
def test_a_cleared_choice_says_nothing(value: str) -> None:
    cleared = addresses.parse_address(DATA, "compare", {"areas": [value]})
    assert (cleared.address, cleared.sentences, cleared.offers) == ({}, (), ())
    kept = addresses.parse_address(DATA, "compare", {"areas": ["Derby", value]})
    assert (kept.address, kept.sentences) == ({"areas": ("Derby",)}, ())
