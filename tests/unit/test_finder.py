"""The finder answers names, towns and postcodes, typed anyhow, and survives anything else."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.data import loader
from dashboard.search.finder import VINTAGE, find
from dashboard.search.place_names import Places, build_places
from dashboard.search.results import SearchResult

DATA = Path(__file__).resolve().parents[2] / "data"

FENS = "fenland-and-east-cambridgeshire"
COAST = "north-yorkshire-coast"

# Three of each district, drawn from the directory by chance, seed 2017.
INSIDE = {
    "blackpool": ("FY1 9GZ", "FY4 1RZ", "FY3 7XJ"),
    "derby": ("DE22 1HQ", "DE24 8LX", "DE2 8QN"),
    "stoke-on-trent": ("ST1 5QL", "ST6 7HF", "ST6 4DN"),
    FENS: ("CB7 5PP", "CB5 9BH", "CB6 2HG", "PE7 2AZ", "PE15 8RL", "PE14 7EP"),
    "hastings": ("TN38 9HH", "TN37 7YE", "TN38 1NL"),
    "norwich": ("NR3 1DW", "NR1 1EQ", "NR1 3JJ"),
    # The last three: Staithes, and two that the neighbourhoods' coarse edges put in Ryedale.
    COAST: ("YO12 7DP", "YO12 6NS", "YO11 9AD", "TS13 5BH", "YO12 4NH", "YO13 9PN"),
    "west-somerset": ("TA24 5UH", "TA24 5BX", "TA24 7AF", "EX16 9JQ"),
    "ipswich": ("IP2 0EF", "IP4 4BH", "IP4 3DJ"),
    "oldham": ("OL2 8AA", "OL4 2BN", "OL9 6NA"),
    "doncaster": ("DN8 5SQ", "DN11 0ZB", "DN4 5LX", "DN55 1PT"),
    "bradford": ("BD17 7WL", "BD6 1PY", "BD6 3ND", "BD5 0BE"),
}
# Well known ones, then some in a sector that one of the districts shares, drawn in that way.
OUTSIDE = """
SW1A 1AA, M1 1AE, EH1 1YZ, CF10 1EP, BT1 1AA, B33 8TH, CR2 6XH, W1A 0AX, EC1A 1BB,
FY8 5ET, FY6 7GQ, DE72 3AG, DE23 3AL, ST9 9JR, ST5 0BN, CB25 9PW, PE17 3JW, PE14 8DT, PE12 0SR,
TN40 2AR, TN40 2QN, NR7 8QN, NR3 4DR, YO25 3QN, YO25 0JF, EX16 9NT, TA1 9RB, IP4 5UD, IP9 1PG,
M24 2RU, OL16 3AN, S65 4DF, S31 7PN, HX3 6LA, BD20 7DE, TA5 1YQ, EX16 9JJ
""".replace("\n", " ").strip()

NAMES = {
    "blackpool": "Blackpool, blackpol, BLACKPOOL COUNCIL, Bispham, Lancashire",
    "derby": "Derby, derby city council, Spondon, Mickleover, Derbyshire",
    "stoke-on-trent": "Stoke-on-Trent, Stoke, stoke on trent, Hanley, Burslem, Tunstall, Longton, "
    "Fenton, Staffordshire, West Midlands",
    FENS: "Fenland and East Cambridgeshire, fenland & east cambridgeshire, Fenland, "
    "East Cambridgeshire, Wisbech, Wisbeach, March, Chatteris, Whittlesey, Ely, Littleport, Soham, "
    "Cambridgeshire",
    "hastings": "Hastings, Hasting, St Leonards, St. Leonards-on-Sea, SAINT LEONARDS, East Sussex",
    "norwich": "Norwich, Norwhich, Norfolk, Norfolk County Council",
    COAST: "North Yorkshire Coast, North Yorkshire Coast (Scarborough), Scarborough, "
    "Scarborough Borough Council, Whitby, whitbey, Filey, Staithes, Robin Hoods Bay, "
    "Robin Hood’s Bay, North Yorkshire",
    "west-somerset": "West Somerset, Minehead, Mínehead, Watchet, Williton, Dulverton, Porlock, "
    "Dunster, Somerset",
    "ipswich": "Ipswich, ipswitch, Suffolk, Whitton",
    "oldham": "Oldham, Oldam, Saddleworth, Royton, Chadderton, Failsworth, Shaw, "
    "Greater Manchester",
    "doncaster": "Doncaster, City of Doncaster, Mexborough, Thorne, Bawtry, Conisbrough, "
    "South Yorkshire",
    "bradford": "Bradford, The City of Bradford, bradford!!!, Keighley, Keighly, Shipley, Bingley, "
    "Ilkley, West Yorkshire",
}
COUNTIES = "Norfolk, Somerset, Cambridgeshire, East Sussex, Suffolk, North Yorkshire, Lancashire"
ELSEWHERE = "Leeds, Manchester, London, York, Lewes, Henley, Bedford, Hull, Kent, Wales, Scotland"

WEIRD = (
    "x" * 10_000,
    "9" * 10_000,
    " " * 10_000 + "\x00",
    "\x00\x1b[31m\u202e\ufeff",
    "'; DROP TABLE areas; --",
    "<script>alert('BD5')</script>",
    "[link](javascript:alert(1)) **bold** `code` $x$",
    "😀🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "\ud800",
    "%s {0} ${HOME}",
    "../../etc/passwd",
    "北京",
    "-",
    "____________",
)


def split(text: str) -> list[str]:
    return text.split(", ")


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, area_id) for area_id, names in table.items() for name in split(names)]


@pytest.fixture(scope="module")
def known() -> Places:
    return build_places(loader.load(DATA))


@pytest.mark.parametrize(
    ("postcode", "area_id"),
    [(code, area_id) for area_id, codes in INSIDE.items() for code in codes],
)
def test_a_postcode_in_an_area_typed_any_way(postcode: str, area_id: str, known: Places) -> None:
    bare = postcode.replace(" ", "")
    typed = (postcode, bare, bare.lower(), f" {postcode.replace(' ', '-')} ", "  ".join(bare))
    for query in (*typed, f"10 High Street, {postcode}."):
        answer = find(query, known)
        assert (answer.kind, answer.area_ids) == ("area", (area_id,)), query
        assert answer.message.startswith(f"{postcode} is in ")


@pytest.mark.parametrize("postcode", split(OUTSIDE))
def test_a_postcode_elsewhere(postcode: str, known: Places) -> None:
    for query in (postcode, postcode.replace(" ", "").lower()):
        answer = find(query, known)
        assert (answer.kind, answer.area_ids) == ("elsewhere", ())
        assert answer.message.startswith(postcode)
        assert VINTAGE in answer.message


def test_the_letter_o_is_taken_for_nought(known: Places) -> None:
    assert find("BD5 OBE", known) == find("BD5 0BE", known)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("ZZ9 9ZZ", "We know no postcode that begins with ZZ9."),
        ("QQ1", "We know no postcode that begins with QQ1."),
        ("BD5 1AA", "We know no postcode that begins with BD5 1."),
        ("BD5 0ZZ", "BD5 0ZZ is not a postcode we know."),
    ],
)
def test_what_cannot_be_a_postcode_says_so(query: str, said: str, known: Places) -> None:
    assert find(query, known) == SearchResult("unknown", (), said)


@pytest.mark.parametrize(
    ("query", "kind", "begins"),
    [
        ("BD5", "area", "All postcodes that begin with BD5 are in Bradford."),
        ("bd5 0", "area", "All postcodes that begin with BD5 0 are in Bradford."),
        ("LS29", "area", "Some postcodes that begin with LS29 are in Bradford."),
        ("SW1A", "elsewhere", "SW1A is not in any of the twelve"),
        ("BT7", "elsewhere", "BT7 is not in any of the twelve"),
    ],
)
def test_the_beginning_of_a_postcode(query: str, kind: str, begins: str, known: Places) -> None:
    answer = find(query, known)
    assert answer.kind == kind
    assert answer.message.startswith(begins)


@pytest.mark.parametrize(("name", "area_id"), pairs(NAMES))
def test_a_name_typed_any_way(name: str, area_id: str, known: Places) -> None:
    for query in (name, name.upper(), f"  {name.lower()} "):
        answer = find(query, known)
        assert (answer.kind, answer.area_ids) == ("area", (area_id,)), answer.message


@pytest.mark.parametrize("name", split(COUNTIES))
def test_a_county_is_more_than_its_area(name: str, known: Places) -> None:
    answer = find(name, known)
    assert f"is the only one of the twelve in {name}." in answer.message
    assert f"The rest of {name} was in none of them." in answer.message


@pytest.mark.parametrize(
    ("query", "count"), [("Yorkshire", 3), ("East of England", 3), ("north west", 2), ("Darby", 2)]
)
def test_several_are_all_named(query: str, count: int, known: Places) -> None:
    answer = find(query, known)
    assert answer.kind == "several"
    assert len(answer.area_ids) == count


def test_one_name_in_two_areas_gives_both(known: Places) -> None:
    twice = {"norton": {"derby": "One.", "ipswich": "Other."}}
    answer = find("Norton", replace(known, names=twice))
    assert answer == SearchResult("several", ("derby", "ipswich"), "One. Other.")


@pytest.mark.parametrize("name", split(ELSEWHERE))
def test_a_place_elsewhere_is_not_taken_for_one_of_ours(name: str, known: Places) -> None:
    assert find(name, known).kind == "elsewhere"


def test_a_name_that_other_places_share_says_so(known: Places) -> None:
    assert "Other places share the name." in find("Chippenham", known).message
    assert "share" not in find("Whitby", known).message


def test_an_abolished_district_is_said_to_be_one(known: Places) -> None:
    assert "until 2023" in find("Whitby", known).message
    assert "until 2019" in find("Minehead", known).message


@pytest.mark.parametrize("query", ["", "   ", "\t\n", "\x00"])
def test_nothing_asks_for_something(query: str, known: Places) -> None:
    assert find(query, known).kind == "empty"


@pytest.mark.parametrize("query", WEIRD, ids=range(len(WEIRD)))
def test_anything_else_is_answered_kindly(query: str, known: Places) -> None:
    answer = find(query, known)
    assert answer.kind in {"unknown", "empty"}
    assert answer.area_ids == ()
    assert len(answer.message) < 150
    assert answer.message.isprintable()
    assert not set(answer.message) & set("<>[]*`$_{}\\")


def test_every_way_of_typing_an_ending_has_two_letters(known: Places) -> None:
    """The finder looks for the two letters in the row's text, so none may run together."""
    rows = [units for parts in known.sectors.values() for units in parts.values()]
    assert all(len(unit) == 2 for units in rows for unit in units.split(" "))
