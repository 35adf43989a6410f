"""Research schools: what became of them and of their network, as far as it is known."""

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
