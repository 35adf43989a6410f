"""Which part of a comparison lies before the programme, and which in its years."""

from collections.abc import Sequence

from dashboard.topics.comparators.trends import Comparison, Trend
from dashboard.topics.outcomes.formats import format_change
from dashboard.topics.outcomes.series import Run


def find_last_before(run: Run, first_year: int) -> str | None:
    """Return the last year of a run before the programme's first, None where there is none."""
    before = [period for period in run if int(period[:4]) < first_year]
    return before[-1] if before else None


def compute_change_since(trend: Trend, period: str) -> float:
    """Return a trend's last value less that of a year of its run, in points."""
    return trend.values[-1] - trend.values[trend.run.index(period)]


def describe_timing(main: Comparison, first_year: int) -> str:
    """Return the changes in the programme's years alone, or why there are none; "" if all are."""
    run = main.areas.run
    before = find_last_before(run, first_year)
    if before is None:
        return (
            f"The first year shown, {run[0]}, is already in the programme's years: no earlier "
            "figure can be compared."
        )
    if before in (run[0], run[-1]):
        return ""
    own, others = (compute_change_since(trend, before) for trend in (main.areas, main.others))
    return (
        f"In the programme's years alone, {before} to {run[-1]}: {format_change(own)} against "
        f"{format_change(others)} in the other cold spots."
    )


def is_from_before(comparisons: Sequence[Comparison], limit: float, first_year: int) -> bool:
    """Tell whether every way of working it out has no difference in the programme's years."""
    before = find_last_before(comparisons[0].areas.run, first_year)
    return before is not None and all(
        abs(compute_change_since(one.areas, before) - compute_change_since(one.others, before))
        <= limit
        for one in comparisons
    )
