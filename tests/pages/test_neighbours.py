"""Ways from a profile to the next, and which sections of Funding the filters touch."""

from apptest import view_page


def test_the_way_back_points_back() -> None:
    before, after = view_page("profile", area="Hastings").main.get("page_link")
    assert before.proto.label.startswith("Previous area")
    assert before.proto.icon == ":material/arrow_back:"
    assert after.proto.icon == ":material/arrow_forward:"


def test_what_is_of_the_whole_programme_comes_first() -> None:
    test = view_page("funding")
    assert "first three sections are about the **whole programme**" in test.markdown[1].value
    headings = [one.value for one in test.header]
    assert headings[2] == "What else was announced"
    assert headings[3].startswith("Fourth year")
