"""What a brief says, as plain text and numbers; the template beside it says how it looks."""

from typing import Any

from dashboard import citations, measures
from dashboard.brief import doubts, followed, known
from dashboard.brief.references import References
from dashboard.data import Data
from dashboard.palette import LIGHT
from dashboard.rows import record

_STATUS = (
    "Of the sources, primary is the body that made or announced it, secondary the press and "
    "studies, inferred is worked out by us. An independent compilation and not official "
    "statistics. Contains public sector information licensed under the {licence}, and is published "
    "under the same licence. How to cite: Opportunity areas dashboard, “{title}”, {edition}."
)


def of(data: Data, area_id: str) -> dict[str, Any]:
    """Return all that an area's brief says, in the order in which it says it.

    Raises:
        KeyError: there is no such area.
    """
    facts = measures.area_facts(data)
    area = record(facts, "area_id", area_id)
    one = facts[facts["area_id"] == area_id]
    named = References(data)
    title = f"{area['label']}: opportunity area brief"
    edition = citations.edition(data)
    return {
        "title": title,
        "name": area["label"],
        "cohort": area["cohort"],
        "edition": edition,
        "colours": colours(area["cohort"]),
        "place": known.place(data, area, named),
        "programme": known.programme(area, named),
        "money": known.money(data, area_id, named),
        "school": known.school(data, area_id, named),
        "priorities": known.priorities(data, area_id, named),
        "ranks": known.ranks(data, one, named),
        "outcomes": (drawn := list(followed.charts(data, one, named))),
        "notes": followed.list_notes(data, one),
        "left_out": followed.left_out(data, drawn),
        "missing": doubts.missing(data, area_id),
        "disagreements": doubts.disagreements(data, one, named),
        "sources": named.listed(),
        "status": _STATUS.format(
            licence=data.descriptor["licenses"][0]["title"], title=title, edition=edition
        ),
    }


def colours(cohort: str) -> dict[str, str]:
    """Return the brief's colours as hex: words, quieter words and England, the area's line."""
    return {"ink": LIGHT.text, "quiet": LIGHT.muted, "area": LIGHT.cohort(cohort)}
