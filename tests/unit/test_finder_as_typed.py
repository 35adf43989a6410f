"""The finder reads what people really type: whole addresses, O for nought, counties, slips."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.data import store
from dashboard.search.finder import find
from dashboard.search.gazetteer import FORMER_COUNTIES
from dashboard.search.place_names import build_places, normalise_name
from dashboard.search.results import SearchResult

COAST = "north-yorkshire-coast"
FENS = "fenland-and-east-cambridgeshire"
DATA = store.current()
PLACES = build_places(DATA)
EVERY = settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def ask(query: str) -> SearchResult:
    return find(query, PLACES)


@pytest.mark.parametrize(
    ("query", "postcode", "area_id"),
    [
        ("Y011 1AA", "YO11 1AA", COAST),
        ("0L1 1AA", "OL1 1AA", "oldham"),
        ("TN34 IAB", "TN34 1AB", "hastings"),
        ("FYI 1AA", "FY1 1AA", "blackpool"),
        ("yol1 1aa", "YO11 1AA", COAST),
        ("lP1 1AA", "IP1 1AA", "ipswich"),
        ("1P11AA", "IP1 1AA", "ipswich"),
        ("DE2I 7FH", "DE21 7FH", "derby"),
        ("ST1 SQL", "ST1 5QL", "stoke-on-trent"),
        ("8D5 OBE", "BD5 0BE", "bradford"),
        ("Flat 2, 10 Marine Parade, Whitby, Y021 3PR", "YO21 3PR", COAST),
    ],
)
def test_what_looks_alike_is_read_as_what_it_must_be(
    query: str, postcode: str, area_id: str
) -> None:
    answer = ask(query)
    assert (answer.kind, answer.area_ids) == ("area", (area_id,))
    assert answer.message.startswith(f"{postcode} is in ")


def test_a_reading_that_is_no_postcode_either_is_said_back_as_read() -> None:
    assert ask("YO12 OAA") == SearchResult(
        "unknown", (), "We know no postcode that begins with YO12 0."
    )


def swap(text: str) -> str:
    return text.translate(str.maketrans("O0I1", "0O1I"))


def every_postcode() -> Iterator[tuple[str, str, str]]:
    for sector, listed in PLACES.sectors.items():
        for code, units in listed.items():
            area_id = PLACES.districts[code][0]
            yield from ((sector, unit, area_id) for unit in units.split())


def test_every_postcode_is_found_with_o_and_nought_i_and_one_mixed_up() -> None:
    wrong = []
    for at, (sector, unit, area_id) in enumerate(every_postcode()):
        outcode, digit = sector.split()
        ways = [
            f"{swap(outcode)} {digit}{unit}",
            f"{outcode} {swap(digit)}{unit}",
            swap(f"{sector}{unit}"),
            swap(f"{outcode}{digit}{unit}"),
        ]
        # Each third of the ninety thousand, in one of the ways, in turn: all would take a minute.
        if at % 3 == 0 and ask(ways[at // 3 % 4]).area_ids != (area_id,):
            wrong.append((sector, unit))
    assert wrong == []


@pytest.mark.parametrize(
    "query",
    [
        "12 High Street\nWhitby\nNorth Yorkshire\nYO21 1AA",
        f"The Head Teacher, A School, {'Some Very Long Street Name, ' * 9}Whitby, yo211aa, UK",
        "WhitbyYO21 1AA",
        "Dear Sir, please tell me about " + "this, " * 60 + "Y021 1AA.",
    ],
)
def test_a_postcode_is_found_in_a_whole_address(query: str) -> None:
    answer = ask(query)
    assert answer.area_ids == (COAST,)
    assert answer.message.startswith("YO21 1AA is in ")


@pytest.mark.parametrize(
    ("query", "area_id"),
    [
        ("12 High Street, Hanley, Stoke-on-Trent, Staffordshire", "stoke-on-trent"),
        ("12 High Street Whitby", COAST),
        ("Manchester Road, Oldham", "oldham"),
        ("Church Street, Whitby, N Yorks", COAST),
        ("11 Old Road, Norwich", "norwich"),  # and not L1 0LD
        ("Whitby, YO21", COAST),
        ("Norwich, Norfolk, England", "norwich"),
        ("Oldham, Lancashire", "oldham"),  # its older county
    ],
)
def test_an_address_without_a_postcode(query: str, area_id: str) -> None:
    assert (ask(query).kind, ask(query).area_ids) == ("area", (area_id,))


@pytest.mark.parametrize(
    ("query", "kind", "area_ids", "says"),
    [
        ("TN341", "area", ("hastings",), ["TN34 1 are in Hastings"]),
        ("BD50", "area", ("bradford",), ["BD5 0 are in Bradford"]),
        ("yo111", "area", (COAST,), ["YO11 1"]),
        ("TN34I", "area", ("hastings",), ["TN34 1"]),
        # Outcodes that would be a sector with a space: what stands there, and what may be meant.
        ("DE13", "unsure", ("derby",), ["DE13 is not in any", "DE1 3 are in Derby"]),
        ("DN31", "unsure", ("doncaster",), ["DN31 is not in any", "DN3 1 are in Doncaster"]),
        ("BD12", "area", ("bradford",), ["BD12 are in Bradford", "BD1 2 are in Bradford"]),
        ("BD51", "unknown", (), ["BD51"]),
    ],
)
def test_a_sector_without_its_space(
    query: str, kind: str, area_ids: tuple[str, ...], says: list[str]
) -> None:
    answer = ask(query)
    assert (answer.kind, answer.area_ids) == (kind, area_ids)
    assert [words for words in says if words not in answer.message] == []


@pytest.mark.parametrize("query", ["15", "100", "2016", "E06000022", "11 Old", "SOS", "ill"])
def test_numbers_and_words_are_no_postcodes(query: str) -> None:
    assert ask(query).kind == "unknown"


@pytest.mark.parametrize(
    "query", ["South Somerset", "East Somerset", "South Norfolk", "Mid Sussex", "North Derbyshire"]
)
def test_a_side_of_a_county_is_never_a_slip_for_a_town(query: str) -> None:
    answer = ask(query)
    assert answer.kind in {"unsure", "elsewhere"}
    assert query in answer.message
    assert "nearest" not in answer.message


@pytest.mark.parametrize(
    "query",
    [
        "Stoke Newington",
        "Bradford-on-Avon",
        "West Bradford",
        "Great Derby",
        "South Holland",
        "Hart",
    ],
)
def test_a_name_that_holds_one_of_ours_is_not_ours(query: str) -> None:
    assert ask(query).area_ids == ()


def test_the_districts_of_the_index_are_known_not_to_be_ours() -> None:
    index = pd.DataFrame({"district": ["South Somerset", "Derbyshire Dales", "Sutton", "Hastings"]})
    known = build_places(replace(DATA, index_2016=index))
    assert find("South Somerset", known).message == "South Somerset is in none of the twelve areas."
    assert find("Derbyshire Dales District Council", known).kind == "elsewhere"
    assert find("Hastings", known).kind == "area"
    # A village in one of ours, and a borough of London.
    sutton = find("Sutton", known)
    assert (sutton.kind, sutton.area_ids) == ("unsure", (FENS,))
    assert "Another Sutton is in none of the twelve areas." in sutton.message


@pytest.mark.parametrize(
    ("query", "area_ids", "county"),
    [
        ("Yorks", ("bradford", "doncaster", COAST), "Yorkshire"),
        ("N Yorks", (COAST,), "North Yorkshire"),
        ("S. Yorks", ("doncaster",), "South Yorkshire"),
        ("Staffs", ("stoke-on-trent",), "Staffordshire"),
        ("Cambs.", (FENS,), "Cambridgeshire"),
        ("Lancs", ("blackpool",), "Lancashire"),
        ("E Sussex", ("hastings",), "East Sussex"),
        ("East Midlands", ("derby",), "the East Midlands"),
        ("Gtr Manchester", ("oldham",), "Greater Manchester"),
        ("Somerset West and Taunton", ("west-somerset",), "Somerset West and Taunton"),
    ],
)
def test_a_county_or_region_offers_its_areas(
    query: str, area_ids: tuple[str, ...], county: str
) -> None:
    answer = ask(query)
    assert (answer.area_ids, answer.how) == (area_ids, "wide")
    assert f"of the twelve in {county}. The rest of {county} was in none" in answer.message


@pytest.mark.parametrize("query", ["Lincs", "Notts", "Hants", "Co Durham", "North East", "Salop"])
def test_a_shortened_county_that_holds_none(query: str) -> None:
    assert ask(query).kind == "elsewhere"


def test_an_older_county_claims_nothing_of_its_rest() -> None:
    answer = ask("The West Riding")
    assert answer.area_ids == ("bradford", "doncaster")
    assert answer.message == "Bradford and Doncaster lay in the West Riding, an older county."


@pytest.mark.parametrize(
    ("query", "area_id", "says"),
    [
        ("Whitby, Cheshire", COAST, "Cheshire is in none of the twelve"),
        ("Stoke, Plymouth", "stoke-on-trent", "Plymouth is in none of the twelve"),
        ("Longton, Lancashire", "stoke-on-trent", "Stoke-on-Trent is not in Lancashire"),
        ("Whitby Cheshire", COAST, "Cheshire is in none of the twelve"),
        ("Whitby (Crewe, Cheshire)", COAST, "Crewe is in none of the twelve"),
        ("Ely, Cardiff", FENS, "Cardiff is in none of the twelve"),
        ("Shaw, Wilts", "oldham", "Wiltshire is in none of the twelve"),
        ("Whitby in Ontario", COAST, "We do not know “Ontario”"),
        ("Whitbey, Cheshire", COAST, "Cheshire is in none of the twelve"),
        ("Thornton, Lancs", "bradford", "Bradford is not in Lancashire"),
        ("Foo, Lancashire", "blackpool", "We do not know “Foo”"),
    ],
)
def test_what_follows_a_name_is_read(query: str, area_id: str, says: str) -> None:
    answer = ask(query)
    assert (answer.kind, answer.area_ids) == ("unsure", (area_id,))
    assert says in answer.message
    assert answer.message.endswith(".")


@pytest.mark.parametrize(
    ("query", "area_id"),
    [
        ("Hastings opportunity area", "hastings"),
        ("Hastings Borough Council", "hastings"),
        ("Bradford local authority", "bradford"),
        ("schools in Bradford", "bradford"),
        ("the City of Derby", "derby"),
        ("Stoke on Trent OA", "stoke-on-trent"),
        ("Fenland & East Cambs opportunity area", FENS),
        ("north_yorkshire_coast", COAST),
        ("NorthYorkshireCoast", COAST),
        ("stokeontrent", "stoke-on-trent"),
        ("E06000021", "stoke-on-trent"),
        ("e07000168", COAST),
        ("Derby North", "derby"),  # a constituency, inside
    ],
)
def test_words_for_the_kind_of_place_are_left_out(query: str, area_id: str) -> None:
    assert (ask(query).kind, ask(query).area_ids) == ("area", (area_id,))


@EVERY
@given(st.text(max_size=1500) | st.text("O0I1LS58 ABDY,-", max_size=12))
def test_no_input_raises_and_each_is_answered_in_a_sentence(query: str) -> None:
    answer = ask(query)
    assert answer.message.endswith((".", "?"))
    assert answer.message.isprintable()


CLAIMS = [(key, *ids) for key, ids in PLACES.names.items() if not key[-1].isdigit()]
COUNTIES = [
    "Cheshire",
    "Kent",
    "Devon",
    "Cornwall",
    "Northumberland",
    "Wiltshire",
    "Plymouth",
    *(name for name, _ in PLACES.groups.values()),
]


@EVERY
@given(
    st.sampled_from(CLAIMS),
    st.sampled_from(COUNTIES),
    st.sampled_from(["{}, {}", "{} {}", "{} ({})", "{}\n{}", "{} in {}", "{}, {}, UK"]),
)
def test_a_name_in_another_county_never_claims_silently(
    claim: tuple[str, ...], county: str, form: str
) -> None:
    name, *ids = claim
    key = normalise_name(county).removeprefix("the ")
    held = {*PLACES.groups.get(key, ("", ()))[1], *FORMER_COUNTIES.get(key, ())}
    answer = ask(form.format(name, county))
    if held & {*ids}:
        assert {*answer.area_ids} <= held or answer.kind == "unsure"
    else:
        assert answer.kind in {"unsure", "elsewhere"}, answer


def test_a_name_of_two_areas_is_narrowed_by_what_follows() -> None:
    twice = replace(
        PLACES, names={**PLACES.names, "norton": {"derby": "One.", "ipswich": "Other."}}
    )
    assert find("Norton, Suffolk", twice).area_ids == ("ipswich",)
    assert find("Norton, Derbyshire", twice).message == "One."
