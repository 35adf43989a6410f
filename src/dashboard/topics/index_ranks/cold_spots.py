"""Where the cold spots lay: every district by sixth of the index of 2016, chosen or not.

A *cold spot* is a district in the worst sixth of the index of 2016.
"""

from dataclasses import dataclass

import pandas as pd

from dashboard import charts, formatting
from dashboard.cache import memoize
from dashboard.data.district_rows import IndexPlace
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import District
from dashboard.data.validation import RANKED_DISTRICTS
from dashboard.exhibits import Exhibit, Links, Number, Spec, build_table
from dashboard.palette import Palette
from dashboard.provenance import Provenance, list_distinct
from dashboard.topics.comparators import trends
from dashboard.topics.index_ranks.ranks import WORST_SIXTH

_SIXTHS = 6
_SIXTH_SIZE = RANKED_DISTRICTS // _SIXTHS
_OUTLINED = "In the twelve areas"
_METHOD = (
    f"The {RANKED_DISTRICTS} districts in the order of the index, 1 the best, in six groups of "
    f"the same size: the worst sixth are ranks {WORST_SIXTH.first} to {RANKED_DISTRICTS}. Ranks "
    "were read in a third-party copy of the whole table. A district counts as chosen if it lies "
    "in an opportunity area."
)


@dataclass(frozen=True)
class RankedPlace:
    """A district of the index: its sixth, 1 the best, and the label of its area if chosen."""

    rank: int
    district: str
    lad_code: str
    region: str
    sixth: int
    chosen_area: str | None


@memoize
def list_places(data: Data) -> tuple[RankedPlace, ...]:
    """List every district of the index, the worst first."""
    label_of = _map_labels(data)
    places = to_rows(data.index_2016.sort_values("rank", ascending=False), IndexPlace)
    return tuple(
        RankedPlace(
            rank=place.rank,
            district=place.district,
            lad_code=place.lad_code,
            region=place.region,
            sixth=compute_sixth(place.rank),
            chosen_area=label_of.get(place.lad_code),
        )
        for place in places
    )


def compute_sixth(rank: int) -> int:
    """Return the sixth that a rank lies in, 1 the best and 6 the worst."""
    return (rank - 1) // _SIXTH_SIZE + 1


def name_sixth(sixth: int) -> str:
    """Return the ranks of a sixth, and which end it is at: "271 to 324 (worst)"."""
    last = sixth * _SIXTH_SIZE
    end = {1: " (best)", _SIXTHS: " (worst)"}.get(sixth, "")
    return f"{last - _SIXTH_SIZE + 1} to {last}{end}"


def list_sixths() -> list[str]:
    """List the names of the sixths, the best first."""
    return [name_sixth(sixth) for sixth in range(1, _SIXTHS + 1)]


def select_worst(data: Data) -> tuple[RankedPlace, ...]:
    """Select the districts of the worst sixth, the worst first."""
    return tuple(place for place in list_places(data) if place.rank >= WORST_SIXTH.first)


@memoize
def build_cold_spots_map(data: Data) -> Exhibit:
    """Return what the map of every district by sixth says; its table has the worst sixth.

    The map itself is drawn by :mod:`dashboard.maps.districts`.
    """
    finding = describe_finding(data)
    return Exhibit(
        title=finding,
        lead=(
            (
                "A cold spot is a district in the worst sixth of the index (ranks "
                f"{WORST_SIXTH.first} to {RANKED_DISTRICTS}), read in a third-party copy. "
                f"{formatting.escape_markdown(_describe_regions(data))} Marks, and names in "
                "the tables below, lead to profiles."
            ),
        ),
        provenance=_build_provenance(
            data,
            name="cold-spots-map",
            title="Districts by sixth of the index of 2016",
            frame=_list_rows(data),
        ),
        table=_tabulate_worst(data),
        alt=f"Map of England. {finding}. {_describe_regions(data)}",
        credit=str(data.index_boundaries["attribution"]),
    )


@memoize
def build_regions(data: Data) -> Exhibit:
    """Return how many of each region's districts were in the worst sixth, and how many chosen."""
    rows = _count_regions(data)
    return Exhibit(
        title="The worst sixth by region",
        provenance=_build_provenance(
            data,
            name="cold-spots-regions",
            title="Districts of the worst sixth by region",
            frame=rows.assign(areas=rows["areas"].map("; ".join)),
        ),
        table=build_table(
            {
                "Region": row["region"],
                "Worst sixth": Number(f"{row['worst_sixth']} of {row['districts']}"),
                "Chosen": Number(row["chosen"]),
                "Opportunity areas": Links(row["areas"]),
            }
            for row in rows.to_dict("records")
        ),
        alt=f"Districts of the worst sixth by region. {_describe_regions(data)}",
        folded="The worst sixth by region",
    )


def describe_finding(data: Data) -> str:
    """Return how many districts were in the worst sixth, and how many of them were chosen."""
    worst = select_worst(data)
    others = trends.select_cold_spots(data)
    return (
        f"{len(worst)} districts were the worst sixth of the index of 2016: "
        f"{len(worst) - len(others)} are in the twelve areas, {len(others)} are not"
    )


def _describe_regions(data: Data) -> str:
    """Return which region has the most of the worst sixth, in a sentence."""
    most = _count_regions(data).iloc[0]
    chosen = formatting.format_count(most["chosen"]) if most["chosen"] else "none"
    return (
        f"{most['region']} has the most of any region: {most['worst_sixth']}, of which the twelve "
        f"areas have {chosen}."
    )


@memoize
def _count_regions(data: Data) -> pd.DataFrame:
    """Count each region's districts, those in the worst sixth, and those of them chosen.

    Columns: ``region``, ``districts``, ``worst_sixth``, ``chosen``, ``areas`` (the labels of the
    chosen's areas), ``source_id`` and ``region_source_id``.
    """
    rows = []
    for region in list_distinct(data.index_2016["region"]):
        here = [place for place in list_places(data) if place.region == region]
        worst = [place for place in here if place.rank >= WORST_SIXTH.first]
        areas = list_distinct(place.chosen_area for place in worst)
        chosen = sum(place.chosen_area is not None for place in worst)
        rows.append((region, len(here), len(worst), chosen, areas))
    counted = pd.DataFrame(
        rows, columns=["region", "districts", "worst_sixth", "chosen", "areas"]
    ).assign(**data.index_2016[["source_id", "region_source_id"]].iloc[0])
    return counted.sort_values(
        ["worst_sixth", "chosen", "region"], ascending=[False, False, True], ignore_index=True
    )


def _list_rows(data: Data) -> pd.DataFrame:
    """Return the rows of ``index_2016``, the worst first, with ``sixth`` and ``chosen_area``."""
    places = list_places(data)
    return data.index_2016.sort_values("rank", ascending=False, ignore_index=True).assign(
        sixth=[place.sixth for place in places],
        chosen_area=pd.array([place.chosen_area for place in places], dtype="string"),
    )


def _tabulate_worst(data: Data) -> pd.DataFrame:
    return build_table(
        {
            "District": place.district,
            "Rank": Number(place.rank),
            "Region": place.region,
            "Chosen": _format_chosen(place),
        }
        for place in select_worst(data)
    )


def _format_chosen(place: RankedPlace) -> str:
    if place.chosen_area is None:
        return "No"
    return "Yes" if place.chosen_area == place.district else f"Yes, in {place.chosen_area}"


@memoize
def build_picture(data: Data, colours: Palette) -> Spec:
    """Build the map as a picture to take away, with all names and a legend of its own."""
    districts = pd.DataFrame(
        {
            "lad_code": place.lad_code,
            "group": name_sixth(place.sixth),
            "outlined": _OUTLINED if place.chosen_area else "",
        }
        for place in list_places(data)
    )
    return charts.build_district_map(
        data.index_boundaries, districts, data.areas, list_sixths(), colours
    )


def _build_provenance(data: Data, *, name: str, title: str, frame: pd.DataFrame) -> Provenance:
    index = data.index_2016
    return Provenance(
        name=name,
        title=title,
        method=_METHOD,
        source_ids=list_distinct(index["source_id"], index["region_source_id"]),
        frame=frame,
        rows={"index_2016": index},
        status="Ranks as published; sixths and counts are computed.",
    )


def _map_labels(data: Data) -> dict[str, str]:
    """Map the codes of the areas' districts to the areas' labels."""
    labels = data.label_by_id
    return {row.lad_code: labels[row.area_id] for row in to_rows(data.districts, District)}
