import html
import re
from datetime import date

import pandas as pd
import pytest
from markdown_it import MarkdownIt

from dashboard import formatting
from dashboard.filters import Filters

NASTY = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](https://example.com/a.png)",
    "[x]: https://example.com",
    ":red[hi]",
    ":material/home:",
    "$x$ and $$y$$",
    "1. item",
    "12. item",
    "1) item",
    "- item",
    "+ item",
    "* item",
    "-- x",
    "---",
    "===",
    "# h",
    "> quoted",
    "`code`",
    "```code",
    "~~gone~~",
    "a | b",
    "*a* and _b_ and **c**",
    "a\\*b",
    "a\\",
    "&lt;b&gt; &amp; &#35;",
    "https://example.com/?a=b&c=d",
    "<https://example.com>",
    "www.example.com",
    "someone@example.com",
    "“quoted” – £5 & 50%",
    "    four spaces",
    "end  \nof line",
    "tab\tand\r\nlines",
    "\u2028line\u00a0apart",
]


# Keeps an address from being made a link; no reader sees it.
UNSEEN = "\u2060"


def rendered(markdown: str) -> str:
    return str(MarkdownIt("commonmark").enable("table").render(markdown))


@pytest.mark.parametrize("value", NASTY)
def test_plain_text_renders_as_itself(value: str) -> None:
    inside = re.fullmatch(r"<p>(.*)</p>\n", rendered(formatting.escape_markdown(value)), re.DOTALL)
    assert inside
    assert html.unescape(inside[1]).replace(UNSEEN, "") == " ".join(value.split())


@pytest.mark.parametrize("written", ["https://a.example", "HTTP://a.example", "www.a.example"])
def test_an_address_that_is_written_out_is_no_link(written: str) -> None:
    for words in (formatting.escape_markdown(f"see {written}"), formatting.escape_label(written)):
        assert UNSEEN + written[:4] in words
    assert f"some{UNSEEN}@one" in formatting.escape_markdown("some@one.example")


@pytest.mark.parametrize("value", ["North Yorkshire Coast (Scarborough)", "Stoke-on-Trent", "A, B"])
def test_a_label_stands_in_the_address_as_it_is(value: str) -> None:
    assert formatting.escape_label(value) == value


@pytest.mark.parametrize(
    "value", [one for one in NASTY if one[0] not in "1-+*#>=" and "|" not in one]
)
def test_a_label_acts_on_nothing_inside_a_line(value: str) -> None:
    written = rendered(f"A {formatting.escape_label(value)}")
    assert re.findall(r"<(?!/?p>)", written) == []


@pytest.mark.parametrize("value", NASTY)
def test_plain_text_renders_no_tag(value: str) -> None:
    assert re.findall(r"<(?!/?p>)", rendered(formatting.escape_markdown(value))) == []


@pytest.mark.parametrize("value", NASTY)
def test_text_is_itself_on_one_line(value: str) -> None:
    assert formatting.format_text(value) == " ".join(value.split())


@pytest.mark.parametrize("value", [None, pd.NA, pd.NaT, float("nan"), "", "  "])
def test_plain_of_nothing_is_empty(value: object) -> None:
    assert formatting.escape_markdown(value) == ""
    assert formatting.format_text(value) == ""


@pytest.mark.parametrize(("value", "shown"), [(5, "5"), (True, "True"), ("ok", "ok")])
def test_plain_of_other_values(value: object, shown: str) -> None:
    assert formatting.escape_markdown(value) == shown
    assert formatting.format_text(value) == shown


@pytest.mark.parametrize(
    ("pounds", "qualifier", "shown"),
    [
        (0, "exactly", "£0"),
        (999, "exactly", "£999"),
        (869_700, "exactly", "£869,700"),
        (999_999, "exactly", "£999,999"),
        (1_000_000, "exactly", "£1 million"),
        (1_000_001, "exactly", "£1,000,001"),
        (1_005_000, "exactly", "£1,005,000"),
        (1_970_000, "exactly", "£1.97 million"),
        (2_078_835, "exactly", "£2,078,835"),
        (3_500_000, "exactly", "£3.5 million"),
        (10_000_000, "over", "over £10 million"),
        (72_000_000, "exactly", "£72 million"),
        (100_000_000, "exactly", "£100 million"),
        (17_590_000.0, "exactly", "£17.59 million"),
        (468_000, "about", "about £468,000"),
        (2_100_000, "nearly", "nearly £2.1 million"),
        (5_000_000, "up to", "up to £5 million"),
        (6_000_000, "headline", "about £6 million (the same headline for all areas)"),
        (2_200_000, "computed", "£2.2 million (computed)"),
    ],
)
def test_money(pounds: float, qualifier: str, shown: str) -> None:
    assert formatting.format_money(pounds, qualifier) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (999, "999"), (139_870, "139,870"), (2_424_296.0, "2,424,296")]
)
def test_number(value: float, shown: str) -> None:
    assert formatting.format_number(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0.0%"), (41.489, "41.5%"), (100, "100.0%"), (-0.5, "-0.5%")]
)
def test_per_cent(value: float, shown: str) -> None:
    assert formatting.format_per_cent(value) == shown


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        ("2017-01-18", "18 January 2017"),
        ("2017-12-01", "1 December 2017"),
        ("2017-10", "October 2017"),
        ("2022", "2022"),
        ("2018/2022", "2018 to 2022"),
        ("2017-10/2018-01-19", "October 2017 to 19 January 2018"),
        (pd.Timestamp(2016, 10, 4), "4 October 2016"),
        (date(2023, 4, 1), "1 April 2023"),
        (None, "undated"),
        (pd.NaT, "undated"),
        (pd.NA, "undated"),
        ("2017-13", "2017-13"),
        ("2017-00", "2017-00"),
        ("2017-02-30", "2017-02-30"),
        ("spring", "spring"),
    ],
)
def test_day(when: str | date | None, shown: str) -> None:
    assert formatting.format_day(when) == shown


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://example.com/a?b=c&d=e", "https://example.com/a?b=c&amp;d=e"),
        ("http://example.com", "http://example.com"),
        ("https://example.com/a (b)", "https://example.com/a%20%28b%29"),
        ('https://example.com/"<x>\\', "https://example.com/%22%3Cx%3E%5C"),
        ("https://example.com/a\u2003b", "https://example.com/a%E2%80%83b"),
    ],
)
def test_a_web_address_is_linked(address: str, target: str) -> None:
    shown = rendered(formatting.format_link("the [label]", address))
    assert shown == f'<p><a href="{target}">the [label]</a></p>\n'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " https://example.com",
        "data:text/html,x",
        "//example.com",
        "/etc/passwd",
        "",
        None,
        pd.NA,
    ],
)
def test_another_address_is_not_linked(address: object) -> None:
    assert formatting.format_link("label", address) == "label"


def test_source_has_title_publisher_date_and_tier() -> None:
    row = {
        "source_id": "A_B",
        "title": "T",
        "url": "https://x.uk",
        "publisher": "P",
        "date": "2017",
        "tier": "primary",
    }
    assert formatting.format_source(row) == r"[T](https://x.uk), P, 2017 (primary)"


@pytest.mark.parametrize(
    ("words", "last", "shown"),
    [
        (["a"], "and", "a"),
        (["a", "b"], "and", "a and b"),
        (["a", "b", "c"], "and", "a, b and c"),
        (["a", "b", "c"], "or", "a, b or c"),
    ],
)
def test_joined(words: list[str], last: str, shown: str) -> None:
    assert formatting.join_names(words, last) == shown


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        (Filters(), "All 12 areas"),
        (Filters(cohort="New six"), "3 of 12 areas: New six"),
        (Filters(regions=("A", "B")), "3 of 12 areas: A or B"),
        (Filters(places=("City",)), "3 of 12 areas: City"),
        (Filters("New six", ("A", "B", "C"), ("D",)), "3 of 12 areas: New six; A, B or C; D"),
        (Filters(regions=("A",), places=("D", "E")), "3 of 12 areas: A; D or E"),
    ],
)
def test_showing(filters: Filters, shown: str) -> None:
    assert formatting.describe_filters(filters, 3, 12) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (139_870, "people", "139,870"),
        (41.489, "per cent", "41.5%"),
        (1_970_000, "pounds", "£1.97 million"),
        (869_700, "pounds", "£869,700"),
        (76.6536, "pounds per child", "£76.65"),
        (1234.5, "pounds per child", "£1,234.50"),
    ],
)
def test_amount(value: float, unit: str, shown: str) -> None:
    assert formatting.format_amount(value, unit) == shown


@pytest.mark.parametrize(
    ("bounds", "unit", "shown"),
    [
        (
            (10, 20, 30),
            "per cent",
            ("Under 10%", "10% to under 20%", "20% to under 30%", "30% and over"),
        ),
        (
            (25, 50, 100),
            "pounds per child",
            ("Under £25", "£25 to under £50", "£50 to under £100", "£100 and over"),
        ),
        (
            (100_000, 200_000, 300_000),
            "people",
            (
                "Under 100,000",
                "100,000 to under 200,000",
                "200,000 to under 300,000",
                "300,000 and over",
            ),
        ),
        (
            (1_200_000, 1_400_000, 1_600_000),
            "pounds",
            (
                "Under £1.2 million",
                "£1.2 million to under £1.4 million",
                "£1.4 million to under £1.6 million",
                "£1.6 million and over",
            ),
        ),
    ],
)
def test_classes(
    bounds: tuple[float, float, float], unit: str, shown: tuple[str, str, str, str]
) -> None:
    assert formatting.name_classes(bounds, unit) == shown


@pytest.mark.parametrize(("count", "words"), [(0, "no"), (1, "one"), (6, "six"), (7, "7")])
def test_a_count_is_in_words_up_to_six(count: int, words: str) -> None:
    assert formatting.format_count(count) == words
