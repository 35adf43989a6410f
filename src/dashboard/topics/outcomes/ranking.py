"""Changes against England, ranked for a chart, and what its marks mean."""

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.rows import Measure
from dashboard.topics.outcomes import formats


@memoize
def rank_changes(measure: Measure, lines: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Return each line's change less England's over the longest run, best first, as drawn.

    ``low`` and ``high`` are how far chance alone may move it, missing without counts. A line
    without the run's first or last year has a change over other years, so it is left out.
    """
    longest = changes[(changes["run"] == 0) & changes["whole"].astype(bool)]
    cohorts = lines.drop_duplicates("geography_code").set_index("geography_code")["cohort"]
    rows = longest.assign(cohort=longest["geography_code"].map(cohorts)).sort_values(
        "against_england", ascending=measure.better != "higher", kind="stable"
    )
    words = [
        f"{formats.format_signed(against)} ({formats.format_signed(change)})"
        for against, change in zip(rows["against_england"], rows["change"], strict=True)
    ]
    values = rows["against_england"].astype("float64")
    return pd.DataFrame(
        {
            "name": [formatting.format_short_name(name) for name in rows["line"]],
            "value": values.to_numpy(),
            "low": (values - rows["margin_95"]).to_numpy(),
            "high": (values + rows["margin_95"]).to_numpy(),
            "words": words,
            "cohort": rows["cohort"].to_numpy(),
        }
    )


def describe_ranking(measure: Measure, ranked: pd.DataFrame) -> str:
    """Return what the chart of changes shows, and what its marks mean."""
    side = "right" if measure.better == "higher" else "left"
    counted = ranked["low"].notna().any()
    none = (
        "Thin lines: the margin of error (19 times in 20). Across zero or in the grey band: no "
        "difference."
        if counted
        else "Within the grey band: no difference."
    )
    return (
        f"In {formats.format_points(measure.unit)}: each place's change less England's, and its "
        f"own in brackets. Better is at the {side}. {none} No change crosses a break: the table "
        "has every run."
    )
