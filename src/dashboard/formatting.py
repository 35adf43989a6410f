"""Figures, dates and sources as people say them; text from data made safe for Markdown."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

import pandas as pd

from dashboard.filters import Filters

_MILLION = 1_000_000
_WORDS_UP_TO_SIX = ("no", "one", "two", "three", "four", "five", "six")
_QUALIFIERS = {
    "exactly": "",
    "computed": " (computed)",
    "headline": " (a round figure, the same for every area)",
    "indicative": " (indicative)",
}
_NUMBERED = re.compile(r"^(\d+)\.")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+!|~$:&-])")
# What acts inside a line; brackets and hyphens by themselves do not.
_INLINE_MARKDOWN = re.compile(r"([\\`*_\[\]<>~$:&])")
# Where Markdown would make a link of an address that is written out: an invisible character in
# front keeps it from seeing one, and an address that is copied is whole.
_ADDRESS = re.compile(r"(?=https?://|www\.)", re.IGNORECASE)
_MAIL = re.compile(r"(?<=\w)(?=@\w)")
_NOT_A_LINK = "\u2060"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def format_money(pounds: int | float, qualifier: str = "exactly") -> str:
    """Return an amount with the qualifier its source gave: "about £1.2 million"."""
    if qualifier in _QUALIFIERS:
        return f"{_format_pounds(pounds)}{_QUALIFIERS[qualifier]}"
    return f"{qualifier} {_format_pounds(pounds)}"


def _format_pounds(pounds: int | float) -> str:
    """Say millions where two decimals hold the amount exactly, else every pound."""
    if pounds >= _MILLION and pounds % (_MILLION // 100) == 0:
        return f"£{pounds / _MILLION:.2f}".rstrip("0").rstrip(".") + " million"
    return f"£{pounds:,.0f}"


def format_number(value: int | float) -> str:
    """Return a count with thousands separated: 139,870."""
    return f"{value:,.0f}"


def format_count(count: int) -> str:
    """Return a count in words up to six, and in figures from there on."""
    return _WORDS_UP_TO_SIX[count] if count < len(_WORDS_UP_TO_SIX) else str(count)


def format_value(value: float, unit: str) -> str:
    """Return a value as published, with its unit: "67%", "−0.58"."""
    shown = f"{value:.4g}".replace("-", "−")
    return f"{shown}%" if unit == "%" else shown


def format_per_cent(value: float) -> str:
    """Return a share given in per cent, to one decimal: 41.5%."""
    return f"{value:.1f}%"


def format_day(when: str | date | pd.Timestamp | None) -> str:
    """Return an ISO date, a month, a year or an interval of these, in full words.

    "2017-01-18" is 18 January 2017, "2018/2022" is 2018 to 2022. Missing is "undated"; what is
    no date stays as it is written.
    """
    if when is None or pd.isna(when):
        return "undated"
    written = when if isinstance(when, str) else when.strftime("%Y-%m-%d")
    return " to ".join(_format_date(part) for part in written.split("/"))


def _format_date(written: str) -> str:
    try:
        when = date.fromisoformat(f"{written}-01-01"[:10])
    except ValueError:
        return written
    words = [str(when.day), _MONTHS[when.month - 1], str(when.year)]
    return " ".join(words[-1 - written.count("-") :])


def escape_markdown(value: object) -> str:
    """Return text from data with all that Markdown would act on escaped; missing is empty."""
    if value is None or value is pd.NA or pd.isna(value):  # type: ignore[call-overload]
        return ""
    escaped = _MARKDOWN.sub(r"\\\1", _disarm_addresses(value))
    return _NUMBERED.sub(r"\1\\.", escaped)


def escape_label(value: object) -> str:
    """Return text from data for a button, an option or a link between pages.

    As few characters as can be are escaped, because an option's text stands in the address.
    """
    return _INLINE_MARKDOWN.sub(r"\\\1", _disarm_addresses(value))


def _disarm_addresses(value: object) -> str:
    words = " ".join(str(value).split())
    return _MAIL.sub(_NOT_A_LINK, _ADDRESS.sub(_NOT_A_LINK, words))


def format_day_markdown(when: str | date | pd.Timestamp | None) -> str:
    """Return a date as :func:`day` does, as Markdown: what is no date may hold anything."""
    return escape_markdown(format_day(when))


def format_link(label: object, address: object) -> str:
    """Return a Markdown link, or the label alone where the address is not a web address."""
    shown = escape_markdown(label)
    if not isinstance(address, str) or not address.startswith(("https://", "http://")):
        return shown
    safe = re.sub(r"[\s<>()\[\]\\\"']", lambda found: quote(found[0]), address)
    return f"[{shown}]({safe})"


def format_source(row: Mapping[str, Any]) -> str:
    """Return a source as Markdown: linked title, publisher, date and tier."""
    parts = [
        format_link(row["title"], row["url"]),
        escape_markdown(row["publisher"]),
        format_day_markdown(row["date"]),
    ]
    return f"{', '.join(parts)} ({escape_markdown(row['tier'])})"


def join_names(words: Iterable[str], last: str = "and") -> str:
    """Return "a, b and c"."""
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail


def describe_filters(filters: Filters, shown: int, of: int) -> str:
    """Return the line that says what is filtered: "6 of 12 areas: New six"."""
    if not filters:
        return f"All {of} areas"
    choices = [join_names(group, "or") for group in (filters.regions, filters.places) if group]
    return f"{shown} of {of} areas: {'; '.join([filters.cohort or '', *choices]).strip('; ')}"


def format_amount(value: float, unit: str) -> str:
    """Return a map measure's value in its unit: people, per cent, pounds, pounds per child."""
    if unit == "per cent":
        return format_per_cent(value)
    if unit == "pounds per child":
        return f"£{value:,.2f}"
    return format_money(value) if unit == "pounds" else format_number(value)


def name_classes(bounds: tuple[float, float, float], unit: str) -> tuple[str, str, str, str]:
    """Return the names of the four classes that three bounds make, lowest first."""
    low, middle, high = (
        format_amount(bound, unit).replace(".00", "").replace(".0%", "%") for bound in bounds
    )
    return (
        f"Under {low}",
        f"{low} to under {middle}",
        f"{middle} to under {high}",
        f"{high} and over",
    )
