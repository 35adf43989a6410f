"""What ``data/`` says, read and added up by hand, and what a page says, as it reads.

No code of the dashboard has a part in it.
"""

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path

Row = dict[str, str]

_DATA = Path(__file__).parents[1] / "data"


@cache
def read_table(name: str) -> list[Row]:
    """Return a table as its file holds it: shared, so never changed."""
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


AREAS = read_table("areas")
DISTRICTS = read_table("districts")
SCHOOLS = {row["area_id"]: row for row in read_table("research_schools")}
SOURCES = {row["source_id"]: row for row in read_table("sources")}
FOURTH = {
    row["area_id"]: row
    for row in read_table("funding_areas")
    if (row["scope"], row["role"]) == ("fourth year", "main")
}
NEXT = [row for row in read_table("funding_areas") if row["scope"] == "local needs fund"]


def list_districts(area_id: str) -> list[Row]:
    """Return the districts of an area."""
    return [row for row in DISTRICTS if row["area_id"] == area_id]


def sum_column(area_id: str, column: str) -> int:
    """Return a count of an area's districts, added up."""
    return sum(int(row[column]) for row in list_districts(area_id))


def compute_facts(area_id: str) -> Row:
    """Return what files hold of an area beside its own row, as text, with the sources."""
    (*_, district) = list_districts(area_id)
    fourth, school = FOURTH[area_id], SCHOOLS[area_id]
    children = sum_column(area_id, "children_0_15_mid2017")
    return {
        "children": str(children),
        "children_source_id": district["population_source_id"],
        "deprived_share": str(compute_deprived_share(area_id)),
        "deprivation_source_id": district["deprivation_source_id"],
        "fourth_year_gbp": fourth["amount_gbp"],
        "fourth_year_per_child_gbp": str(int(fourth["amount_gbp"]) / children),
        "fourth_year_source_id": fourth["source_id"],
        "research_school": school["name"],
        "research_school_host": school["host"],
        "research_school_source_id": school["source_id"],
    }


def compute_deprived_share(area_id: str) -> float:
    """Return the share of an area's neighbourhoods in the most deprived tenth, in per cent."""
    deprived = sum_column(area_id, "imd2019_most_deprived_tenth")
    return 100 * deprived / sum_column(area_id, "neighbourhoods")


def describe_deprived_2025(area_id: str) -> str:
    """Return the share on the index of 2025 as it stands on the screen, by district."""
    column = "imd2025_most_deprived_tenth_percent"
    known = [row for row in list_districts(area_id) if row[column]]
    if not known:
        return "Not given: the district was abolished"
    told = [
        f"{row['name'] + ' ' if len(known) > 1 else ''}{float(row[column]):.1f}%" for row in known
    ]
    why = "not comparable with 2019, as the neighbourhoods changed"
    return f"{' and '.join(told)} (England: 10% by definition; {why})"


def strip_escapes(words: object) -> str:
    """Return Markdown as it reads, its signs no longer escaped."""
    return re.sub(r"\\(\W)", r"\1", str(words))


def format_day(written: str) -> str:
    """Return 2017-01-18 as 18 January 2017."""
    when = date.fromisoformat(written)
    return f"{when.day} {when:%B %Y}"


def format_pounds(written: str) -> str:
    """Return whole pounds as they stand on the screen: £1.97 million, £869,700."""
    amount = int(written)
    if amount < 1_000_000 or amount % 10_000:
        return f"£{amount:,}"
    return f"£{amount / 1e6:.2f}".rstrip("0").rstrip(".") + " million"
