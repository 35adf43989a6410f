"""What a request asks for: which areas, which measure, in which form."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.filters import COHORTS, PLACE_TYPES, Filters
from dashboard.parameters import find_choice, find_near, list_parameters
from dashboard.web.api.problems import Problem

JSON, CSV, GEOJSON = "application/json", "text/csv", "application/geo+json"
PDF = "application/pdf"
FORMATS = {"json": JSON, "csv": CSV}
FILTERS = ("cohort", "region", "place")
_ONCE = ("cohort", "measure", "format")


@dataclass(frozen=True)
class Query:
    """A request, understood: filters, an outcome measure where one is named, a media type."""

    filters: Filters
    measure: str | None
    media_type: str


@memoize
def list_media_types(data: Data) -> dict[str, list[str]]:
    """Return the values that each parameter can have."""
    return {
        "cohort": list(COHORTS),
        "region": sorted(data.areas["region"].unique()),
        "place": list(PLACE_TYPES),
        "measure": list(data.measures["measure_id"]),
        "format": list(FORMATS),
    }


def parse_query(
    request: Request, data: Data, parameters: Sequence[str], media_types: Sequence[str]
) -> Query:
    """Return what a request asks for.

    Raises:
        Problem: 400 for a parameter or value that is not on offer, 406 for a form that is not.
    """
    given: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        _check(data, name, value, parameters)
        given.setdefault(name, []).append(value)
    for name in _ONCE:
        if len(given.get(name, [])) > 1:
            raise Problem(400, f"{name} can be given once.", {"parameter": name})
    filters = Filters(
        cohort=given["cohort"][0] if "cohort" in given else None,
        regions=tuple(sorted(set(given.get("region", [])))),
        places=tuple(one for one in PLACE_TYPES if one in given.get("place", [])),
    )
    measure = given["measure"][0] if "measure" in given else None
    return Query(filters, measure, _choose_form(request, given, media_types))


def _check(data: Data, name: str, value: str, parameters: Sequence[str]) -> None:
    if name not in parameters:
        raise Problem(
            400, "There is no such parameter here.", {"parameter": name, "on_offer": [*parameters]}
        )
    values = list_media_types(data)[name]
    if value not in values:
        detail = f"{name} cannot be this value."
        raise Problem(
            400, detail, {"parameter": name, "on_offer": values, **_suggest(data, name, value)}
        )


def _suggest(data: Data, name: str, value: str) -> dict[str, list[str]]:
    """Return what a value was meant for, perhaps, as more for a problem to tell."""
    parameter = list_parameters(data, "outcomes").get(name)
    if parameter is None:
        return {}
    exact = find_choice(value, parameter)
    likely = [exact] if exact else find_near(value, parameter)
    ids = dict(zip(data.measures["title"], data.measures["measure_id"], strict=True))
    meant = [str(ids.get(choice, choice)) for choice in likely]
    offered = [choice for choice in meant if choice in list_media_types(data)[name]]
    return {"did_you_mean": offered} if offered else {}


def _choose_form(request: Request, given: dict[str, list[str]], media_types: Sequence[str]) -> str:
    """Return the media type to answer in: ``format`` wins over the header Accept."""
    if "format" in given:
        return FORMATS[given["format"][0]]
    # An empty header says no more than none at all; several are one list.
    accepted = ",".join(request.headers.getlist("accept"))
    if not accepted.strip(" \t,"):
        accepted = "*/*"
    ranked = sorted(media_types, key=lambda one: -_rank_media_types(one, accepted))
    if _rank_media_types(ranked[0], accepted) <= 0:
        raise Problem(406, "Not to be had in this form.", {"on_offer": [*media_types]})
    return ranked[0]


def _rank_media_types(media_type: str, accepted: str) -> float:
    """Return how much a media type is liked, 0 to 1, by the most exact range that takes it."""
    kind = media_type.split("/", maxsplit=1)[0]
    ranges = {media_type: 3, f"{kind}/*": 2, "*/*": 1}
    best = (0, 0.0)
    for part in accepted.split(","):
        taken, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if taken in ranges:
            best = max(best, (ranges[taken], _parse_quality(parameters)))
    return best[1]


def _parse_quality(parameters: Sequence[str]) -> float:
    """Return the q of a media range; one that is no number from 0 to 1 likes nothing."""
    for one in parameters:
        name, _, value = one.partition("=")
        if name.strip() == "q":
            try:
                liked = float(value)
            except ValueError:
                return 0.0
            return liked if 0 <= liked <= 1 else 0.0
    return 1.0
