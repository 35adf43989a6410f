"""Research schools: what became of them and of their network, as far as it is known."""

import pytest

import expected
from apptest import get_text, view_page


def test_the_network_after_2023_and_what_was_not_found() -> None:
    said = get_text(view_page("research_schools"))
    gap = "What each research school is after July 2026, or what replaced it, was not found"
    assert gap in said
    (event,) = (
        row
        for row in expected.read_table("funding_programme")
        if row["event_id"] == "research-schools-network"
    )
    assert "33 schools from September 2023" in event["title"]
    assert "until at least 2026" in event["note"]
    assert (event["source_id"], event["cross_check_source_id"]) == ("EEF_RSN_33", "EEF_RSN_2026")


def test_west_somerset_s_has_a_page() -> None:
    school = expected.SCHOOLS["west-somerset"]
    assert school["website"] == "https://researchschool.org.uk/somerset"
    said = get_text(view_page("research_schools"))
    assert (
        "[Website of West Somerset Research School](https://researchschool.org.uk/somerset)" in said
    )
    assert "under the name of Somerset Research School" in said


@pytest.mark.parametrize(
    ("address", "says"),
    [({}, "The hosts lay"), ({"region": ["North West"]}, "The host lay")],
)
def test_hosts_outside_their_area_are_named_first(address: dict[str, list[str]], says: str) -> None:
    said = get_text(view_page("research_schools", **address))
    regions = address.get("region", [area["region"] for area in expected.AREAS])
    shown = {area["area_id"]: area["label"] for area in expected.AREAS if area["region"] in regions}
    schools = [expected.SCHOOLS[area_id] for area_id in shown]
    outside = [school for school in schools if school["inside_area"] == "no"]
    named = [
        f"{shown[one['area_id']]} ({one['host']}, in {one['host_district']})" for one in outside
    ]
    sentence = f"{says} outside the area of {', '.join(named[:-1])} and {named[-1]}."
    assert sentence.replace(" of  and ", " of ") in said
    assert (len(outside) > 1) == (not address)
    assert ("No single school, so no mark" in said) == any(not one["lat"] for one in schools)


def test_where_no_host_lay_outside_the_page_says_so() -> None:
    said = get_text(view_page("research_schools", region=["South East"]))
    assert "No host shown lay outside its area." in said
    assert "joined to its area" not in said
