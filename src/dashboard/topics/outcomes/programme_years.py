"""When the programme ran, against which outcomes are read."""

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.provenance import Provenance, list_distinct
from dashboard.topics.funding import programme
from dashboard.topics.outcomes.wording import CAUTION

# The month in which an academic year begins.
_FIRST_MONTH = 9


@memoize
def find_programme_years(data: Data) -> tuple[int, int]:
    """Return the academic years of the first plan and of the end of funded activity.

    Where no plan's day is known, the first is that of the first announcement.
    """
    end = programme.get_announcement(data, "funded-activity-ends")
    plans = data.areas["plan_published_on"].dropna()
    begun = plans if len(plans) else data.areas["announced_on"]
    days = (begun.min().isoformat(), end.date)
    first, last = (int(day[:4]) - (int(day[5:7]) < _FIRST_MONTH) for day in days)
    return first, last


@memoize
def build_programme_years(data: Data) -> tuple[str, Provenance]:
    """Return when the programme ran and that outcomes are no proof of effect, and its sources."""
    end = programme.get_announcement(data, "funded-activity-ends")
    plans = data.areas[["area_id", "plan_published_on", "plan_source_id"]]
    days = plans["plan_published_on"]
    words = (
        f"{CAUTION} The areas' plans were published between "
        f"{formatting.format_day(days.min())} and {formatting.format_day(days.max())}. "
        f"Funded activity ended on {formatting.format_day(end.date)}."
    )
    return words, Provenance(
        name="programme-years",
        title="Programme years",
        method="The first and the last day on which a delivery plan was published, and the day on "
        "which funded activity ended.",
        source_ids=list_distinct(plans["plan_source_id"], [end.source_id]),
        frame=plans,
        rows={
            "areas": plans,
            "funding_programme": programme.select_announcements(data, [end.event_id]),
        },
    )
