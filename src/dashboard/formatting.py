"""Format numbers, dates, lists and sources as text; escape text from data for Markdown."""

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import quote

import pandas as pd

from dashboard.filters import Filters

_MILLION = 1_000_000
_WORDS_UP_TO_SIX = ("no", "one", "two", "three", "four", "five", "six")
_QUALIFIERS = {
    "exactly": "{}",
    "computed": "{} (computed)",
    "headline": "about {} (the same headline for all areas)",
    "indicative": "{} (indicative)",
}
_LEADING_NUMBER = re.compile(r"^(\d+)\.")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+!|~$:&-])")
# Only what Markdown acts on inside a line: round brackets, hyphens and # do nothing there.
_INLINE_MARKDOWN = re.compile(r"([\\`*_\[\]<>~$:&])")
# Markdown links addresses that are written out. A word joiner in front prevents that, is not
# visible, and leaves the address whole when it is copied.
_ADDRESS = re.compile(r"(?=https?://|www\.)", re.IGNORECASE)
_MAIL = re.compile(r"(?<=\w)(?=@\w)")
_WORD_JOINER = "\u2060"


def format_money(pounds: int | float, qualifier: str = "exactly") -> str:
    """Format an amount in pounds with its source's qualifier: "about £1.2 million"."""
    amount = _format_pounds(pounds)
    words = _QUALIFIERS.get(qualifier)
    return f"{qualifier} {amount}" if words is None else words.format(amount)


def _format_pounds(pounds: int | float) -> str:
    """Format as millions where two decimals are exact, otherwise to the pound."""
    if pounds >= _MILLION and pounds % (_MILLION // 100) == 0:
        return f"£{pounds / _MILLION:.2f}".rstrip("0").rstrip(".") + " million"
    return f"£{pounds:,.0f}"


def format_number(value: int | float) -> str:
    """Format a whole number with thousands separated: 139,870."""
    return f"{value:,.0f}"


def format_count(count: int) -> str:
    """Format a count as a word up to six, and as a number above that."""
    return _WORDS_UP_TO_SIX[count] if count < len(_WORDS_UP_TO_SIX) else str(count)


def format_value(value: float, unit: str) -> str:
    """Format a value as published, with its unit: "67%", "−0.58"."""
    shown = f"{value:.4g}".replace("-", "−")
    return f"{shown}%" if unit == "%" else shown


def format_per_cent(value: float) -> str:
    """Format a percentage to one decimal: 41.5%."""
    return f"{value:.1f}%"


def format_day(when: str | date | pd.Timestamp | None) -> str:
    """Format an ISO date, month or year, or an interval of these, in words.

    "2017-01-18" gives "18 January 2017", "2018/2022" gives "2018 to 2022", a missing value gives
    "undated". Text that is not a date is returned unchanged.
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
    words = [str(when.day), calendar.month_name[when.month], str(when.year)]
    return " ".join(words[-1 - written.count("-") :])


def format_text(value: object) -> str:
    """Return text from data on one line; a missing value gives an empty string."""
    if value is None or value is pd.NA or pd.isna(value):  # type: ignore[call-overload]
        return ""
    return " ".join(str(value).split())


def escape_markdown(value: object) -> str:
    """Escape all Markdown in text from data; a missing value gives an empty string."""
    escaped = _MARKDOWN.sub(r"\\\1", _escape_addresses(value))
    return _LEADING_NUMBER.sub(r"\1\\.", escaped)


def escape_label(value: object) -> str:
    """Escape text from data for a button, an option or a link between pages.

    Only inline Markdown is escaped, because an option's text appears in the page's address.
    """
    return _INLINE_MARKDOWN.sub(r"\\\1", _escape_addresses(value))


def _escape_addresses(value: object) -> str:
    return _MAIL.sub(_WORD_JOINER, _ADDRESS.sub(_WORD_JOINER, format_text(value)))


def format_day_markdown(when: str | date | pd.Timestamp | None) -> str:
    """Format a date as :func:`format_day` does, and escape it: it may be any text."""
    return escape_markdown(format_day(when))


def format_link(label: object, address: object) -> str:
    """Build a Markdown link, or only its label if the address is not a web address."""
    shown = escape_markdown(label)
    if not isinstance(address, str) or not address.startswith(("https://", "http://")):
        return shown
    safe = re.sub(r"[\s<>()\[\]\\\"']", lambda match: quote(match[0]), address)
    return f"[{shown}]({safe})"


def format_source(row: Mapping[str, str | None]) -> str:
    """Format a row of ``sources`` as Markdown: linked title, publisher, date and tier."""
    parts = [
        format_link(row["title"], row["url"]),
        escape_markdown(row["publisher"]),
        format_day_markdown(row["date"]),
    ]
    return f"{', '.join(parts)} ({escape_markdown(row['tier'])})"


def join_names(words: Iterable[str], last: str = "and") -> str:
    """Join words as "a, b and c"; there must be at least one."""
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail


def describe_filters(filters: Filters, shown: int, of: int) -> str:
    """Describe what is filtered: "6 of 12 areas: New six"."""
    if not filters:
        return f"All {of} areas"
    choices = [join_names(group, "or") for group in (filters.regions, filters.places) if group]
    return f"{shown} of {of} areas: {'; '.join([filters.cohort or '', *choices]).strip('; ')}"


def format_amount(value: float, unit: str) -> str:
    """Format a map measure's value: in per cent, pounds, pounds per child, or a whole number.

    "%" is a value as published, "points" a change, with its sign.
    """
    if unit == "%":
        return format_value(value, unit)
    if unit == "points":
        return f"{value:+.4g}".replace("-", "−") if value else "0"
    if unit == "per cent":
        return format_per_cent(value)
    if unit == "pounds per child":
        return f"£{value:,.2f}"
    return format_money(value) if unit == "pounds" else format_number(value)


def name_classes(bounds: tuple[float, float, float], unit: str) -> tuple[str, str, str, str]:
    """Name the four classes between three ascending bounds, lowest first."""
    low, middle, high = (
        format_amount(bound, unit).replace(".00", "").replace(".0%", "%") for bound in bounds
    )
    return (
        f"Under {low}",
        f"{low} to under {middle}",
        f"{middle} to under {high}",
        f"{high} and over",
    )


def format_short_name(label: str) -> str:
    """Return an area's label without what stands in brackets, for a chart or a list."""
    return label.partition(" (")[0]
