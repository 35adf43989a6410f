"""What a brief says of what is not known, and of where sources disagree."""

from typing import Any

import pandas as pd

from dashboard import provenance
from dashboard.brief.references import References
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Disagreement, Gap
from dashboard.provenance import Provenance
from dashboard.topics import research_schools
from dashboard.topics.areas import exhibits as areas
from dashboard.topics.areas.facts import AreaFacts
from dashboard.topics.funding import areas as funding
from dashboard.topics.index_ranks import exhibits as index_ranks
from dashboard.topics.index_ranks import ranks
from dashboard.topics.outcomes import exhibits as outcomes


def list_gaps(data: Data, area_id: str) -> list[str]:
    """Return what was looked for about the area and not found, in sentences."""
    return [gap.detail for gap in to_rows(data.gaps[data.gaps["area_id"] == area_id], Gap)]


def list_disagreements(
    data: Data, area_frame: pd.DataFrame, references: References
) -> list[dict[str, Any]]:
    """Return each disagreement that touches the area: its subject, and what each source says.

    It touches the area when it names it, or when it is about one of its figures. ``area_frame``
    has the area's facts, in one row.
    """
    (area_id,) = area_frame["area_id"]
    disagreements = to_rows(data.disagreements, Disagreement)
    touching = {row.disagreement_id for row in disagreements if row.area_id == area_id}
    for behind in _list_provenances(data, area_frame):
        touching |= {row.disagreement_id for row in provenance.find_disagreements(data, behind)}
    groups = provenance.group_disagreements(disagreements)
    return [
        {
            "subject": rows[0].subject,
            "each": [
                {
                    "value": f"{row.says}{' We prefer this.' if row.shown else ''}",
                    "refs": references.of(row.source_id),
                }
                for row in rows
            ],
        }
        for rows in groups
        if rows[0].disagreement_id in touching
    ]


def _list_provenances(data: Data, area_frame: pd.DataFrame) -> list[Provenance]:
    (area,) = to_rows(area_frame, AreaFacts)
    amounts = data.funding_areas[data.funding_areas["area_id"] == area.area_id]
    return [
        areas.build_profile(data, area).provenance,
        research_schools.build_provenance(data, area.area_id),
        funding.build_provenance(amounts),
        index_ranks.build_provenance(ranks.select_ranks(data, area_frame)),
        outcomes.build_provenance_of_area(data, area),
    ]
