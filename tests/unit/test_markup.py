"""A table and a line of sources as HTML: every text is text, and links lead on."""

import pandas as pd
import pytest
from lxml.html import HtmlElement, fragments_fromstring, fromstring

from dashboard.exhibits import NOT_FOUND, NOT_HELD, Link, Links, NotedNumber, Number, make_link
from dashboard.ui import markup
from dashboard.ui.markup import SourceLine

HOSTILE = """<script>window.planted=1</script>"'><img src=x onerror=alert(1)> & **bold**"""


def draw(columns: dict[str, list[str]], caption: str = "What it is", name: str = "") -> HtmlElement:
    cells = pd.DataFrame(columns, dtype="object")
    return fromstring(f"<div>{markup.render_table(cells, caption, name=name)}</div>")


def list_classes(root: HtmlElement, at: int) -> set[str | None]:
    """Return the classes of a column, its heading's among them."""
    return {row[at].get("class") for row in root.iter("tr")}


@pytest.mark.parametrize(
    "cell",
    [HOSTILE, Number(HOSTILE), Link(HOSTILE, "https://a.example"), Links([HOSTILE])],
    ids=["text", "number", "link", "links"],
)
def test_text_is_text_wherever_it_stands(cell: str) -> None:
    root = draw({HOSTILE: [cell], "Other": [cell]}, HOSTILE)
    assert root.xpath("//script | //img") == []
    caption, head, first, other = root.xpath("//caption | //th[1] | //td[1]")
    for one in (caption, head, first, other):
        assert one.text_content() == HOSTILE
    assert root.xpath("//@aria-label") in ([], [HOSTILE])


def test_notes_of_a_figure_are_lines_of_text_under_it() -> None:
    root = draw({"Name": ["a"], "Figure": [NotedNumber(HOSTILE, [HOSTILE, "−3 below England"])]})
    assert root.xpath("//script | //img") == []
    (cell,) = root.iter("td")
    assert cell.get("class") == "number"
    assert cell.text.strip() == HOSTILE
    assert [note.text_content() for note in cell] == [HOSTILE, "−3 below England"]
    assert {note.get("class") for note in cell} == {"note"}


def test_notes_do_not_change_where_a_figure_stands_in_an_order() -> None:
    figures = [NotedNumber(f"{number}%", [f"−{number} below"]) for number in (9, 10, 70, 8, 1, 2)]
    table = draw({"A": list("abcdefg"), "B": [*figures, NOT_HELD]}, name="A name")
    assert table.xpath("//td/@data-order") == ["3", "4", "5", "2", "0", "1"]


def test_an_address_stays_inside_its_attribute() -> None:
    address = 'https://a.example/"><script>window.planted=1</script>?b=c&d=e'
    (link,) = draw({"A": [Link("words", address)]}).iter("a")
    assert (link.get("href"), link.text_content()) == (address, "words")
    assert set(link.attrib) == {"href"}


def test_several_links_are_each_one_and_text_among_them_is_text() -> None:
    cell = Links([Link("One", "https://a.example/1"), "Two", Link("Three", "https://a.example/3")])
    root = draw({"A": ["x"], "B": [cell]})
    assert root.xpath("//td")[0].text_content() == "One; Two; Three"
    assert root.xpath("//td/a/@href") == ["https://a.example/1", "https://a.example/3"]


def test_links_keep_their_address_in_a_heading() -> None:
    cells = pd.DataFrame(
        [["1"]], columns=pd.Index([Link("Derby", "profile?area=Derby")], dtype=object)
    )
    root = fromstring(f"<div>{markup.render_table(cells, 'What it is')}</div>")
    assert root.xpath("//thead//a/@href") == ["profile?area=Derby"]


@pytest.mark.parametrize(
    ("cells", "is_number"),
    [
        ([Number("1"), Number("2")], True),
        ([Number("1"), NOT_FOUND, ""], True),
        ([NotedNumber("1", ["2 below"]), NOT_HELD, ""], True),
        ([Number("1"), "none"], False),
        ([NOT_FOUND, NOT_FOUND], False),
        (["", ""], False),
        (["1", "2"], False),
    ],
)
def test_a_column_is_set_to_the_right_only_if_all_of_it_is_figures(
    cells: list[str], is_number: bool
) -> None:
    root = draw({"Name": ["a", "b", "c"][: len(cells)], "Figure": cells})
    assert list_classes(root, 1) == {"number" if is_number else None}
    assert list_classes(root, 0) == {None}


def test_rows_and_columns_have_headings() -> None:
    root = draw({"Name": ["Derby", "Norwich"], "People": [Number("1"), Number("2")]})
    assert root.xpath("//thead//th/@scope") == ["col", "col"]
    assert [one.text_content() for one in root.xpath("//tbody//th[@scope='row']")] == [
        "Derby",
        "Norwich",
    ]


def test_a_caption_is_read_aloud() -> None:
    (caption,) = draw({"A": ["a"]}).iter("caption")
    assert caption.text_content() == "What it is"
    assert [one.get("class") for one in caption] == ["unseen"]


def test_a_long_table_with_a_name_can_be_sorted_by_each_column() -> None:
    words = [*"gfedcb", "Not found", ""]
    figures = [Number(one) for one in ("£1.97 million", "£980,000", "−3", "12%", "7", "1,000")]
    table = draw({"Place": words, "Money": [*figures, "Not found", ""]}, name="Money by place")
    assert table.xpath("//th/button/@aria-label") == [
        "Sort by Place: Money by place",
        "Sort by Money: Money by place",
    ]
    places = [row.xpath("./*/@data-order") for row in table.xpath("//tbody/tr")]
    assert [row[0] for row in places[:6]] == ["5", "4", "3", "2", "1", "0"]
    assert [row[1] for row in places[:6]] == ["5", "4", "0", "2", "1", "3"]
    assert places[6:] == [[], []]


@pytest.mark.parametrize(("rows", "name"), [(6, "A name"), (7, "")])
def test_a_short_table_or_one_without_a_name_cannot(rows: int, name: str) -> None:
    assert draw({"A": ["a"] * rows}, name=name).xpath("//button | //@data-order") == []


def test_a_table_without_links_can_be_reached_by_keyboard_to_be_moved() -> None:
    plain, linked = draw({"A": ["a"]}), draw({"A": [Link("a", "https://a.example")]})
    assert plain.xpath("//div[@tabindex='0'][@role='region']/@aria-label") == ["What it is"]
    assert linked.xpath("//@tabindex") == []


@pytest.mark.parametrize(("others", "more"), [(0, ""), (1, ", and 1 more"), (2, ", and 2 more")])
def test_a_line_links_the_main_source_and_counts_the_others(others: int, more: str) -> None:
    main = make_link("Tes, 18 January 2017", "https://example.org/a")
    (line,) = fragments_fromstring(markup.render_source_line(SourceLine(main, others)))
    assert line.text_content() == f"Source: Tes, 18 January 2017{more}."
    (link,) = line.iter("a")
    assert (link.text, link.get("href")) == ("Tes, 18 January 2017", "https://example.org/a")


def test_a_line_says_where_sources_disagree_and_whose_shapes_a_map_shows() -> None:
    (line,) = fragments_fromstring(
        markup.render_source_line(SourceLine("Tes, 2017", 1, "3 subjects", "Map: the ONS"))
    )
    assert line.text_content() == (
        "Source: Tes, 2017, and 1 more. Sources disagree on 3 subjects. Map: the ONS."
    )
    assert [strong.text for strong in line.iter("strong")] == ["Sources disagree on 3 subjects."]
    assert list(line.iter("a")) == []


def test_a_line_takes_its_words_for_text() -> None:
    words = "<b>bold</b> & *stars*"
    (line,) = fragments_fromstring(markup.render_source_line(SourceLine(words, 0, words, words)))
    assert line.text_content() == f"Source: {words}. Sources disagree on {words}. {words}."
