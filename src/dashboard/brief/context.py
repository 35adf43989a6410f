"""What a brief says, as plain text and numbers; the template beside it says how it looks."""

from typing import Any

from dashboard import citations
from dashboard.brief import caveats, facts, locator, outcomes
from dashboard.brief.references import References
from dashboard.data.frames import filter_by_area
from dashboard.data.loader import Data
from dashboard.palette import LIGHT
from dashboard.topics.areas.facts import compute_area_facts, get_area_facts
from dashboard.topics.funding.answer import describe_money

_STATUS = (
    "Primary sources made or announced what they say, secondary are press and studies, inferred is "
    "worked out by us. An independent compilation, not official statistics. Contains public sector "
    "information licensed under the {licence}, and is published under it. Map: {boundaries}. "
    "How to cite: Opportunity areas dashboard, “{title}”, {edition}."
)


def build_context(data: Data, area_id: str) -> dict[str, Any]:
    """Return all that an area's brief says, in the order in which it says it.

    Raises:
        KeyError: there is no such area.
    """
    area = get_area_facts(data, area_id)
    area_frame, row = (
        filter_by_area(frame, area_id) for frame in (compute_area_facts(data), data.areas)
    )
    references = References(data)
    title = f"{area.label}: opportunity area brief"
    return {
        "title": title,
        "name": area.label,
        "cohort": area.cohort,
        "edition": citations.format_edition(data),
        "colours": get_colours(area.cohort),
        "locator": locator.build_locator(data, area_id),
        "place": facts.list_place_facts(data, area, references),
        "programme": facts.list_programme_facts(area, references),
        "money_answer": describe_money(data, area),
        "money": facts.list_amounts(data, area_id, references),
        "school": facts.list_school_facts(data, area_id, references),
        "priorities": facts.list_priorities(data, area_id, references),
        "ranks": facts.list_ranks(data, area_frame, references),
        "outcomes": list(outcomes.list_charts(data, row, references)),
        "later": outcomes.list_later_figures(data, row, references),
        "beside": outcomes.list_comparisons(data, area, references),
        "notes": outcomes.list_notes(data, row),
        "left_out": outcomes.describe_left_out(data, row),
        "missing": caveats.list_gaps(data, area_id),
        "disagreements": caveats.list_disagreements(data, area_frame, references),
        "sources": references.listed(),
        "status": _describe_status(data, title),
    }


def _describe_status(data: Data, title: str) -> str:
    """Say what the brief is, under which licence, and how to cite it."""
    return _STATUS.format(
        licence=data.descriptor["licenses"][0]["title"],
        title=title,
        edition=citations.format_edition(data),
        boundaries=data.districts_boundaries.get("attribution", ""),
    )


def get_colours(cohort: str) -> dict[str, str]:
    """Return the brief's colours as hex: words, quieter words and England, the area's line."""
    return {"ink": LIGHT.text, "quiet": LIGHT.muted, "area": LIGHT.cohort(cohort)}
