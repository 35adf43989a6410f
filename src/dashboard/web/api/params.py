"""Parses requests: filters, an outcome measure and the media type of the answer."""

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
_SINGLE = ("cohort", "measure", "format")


@dataclass(frozen=True)
class Query:
    """What a request asks for: filters, perhaps an outcome measure, and a media type."""

    filters: Filters
    measure: str | None
    media_type: str


@memoize
def list_values(data: Data) -> dict[str, list[str]]:
    """Return the allowed values of each parameter."""
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
    """Parse a request that may have some parameters and be answered in some media types.

    Raises:
        Problem: 400 for a parameter or value that is not allowed, 406 for such a media type.
    """
    given: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        _check_parameter(data, name, value, parameters)
        given.setdefault(name, []).append(value)
    for name in _SINGLE:
        if len(given.get(name, [])) > 1:
            raise Problem(400, f"{name} can be given once.", {"parameter": name})
    filters = Filters(
        cohort=given["cohort"][0] if "cohort" in given else None,
        regions=tuple(sorted(set(given.get("region", [])))),
        places=tuple(place for place in PLACE_TYPES if place in given.get("place", [])),
    )
    measure = given["measure"][0] if "measure" in given else None
    return Query(filters, measure, _negotiate_media_type(request, given, media_types))


def _check_parameter(data: Data, name: str, value: str, parameters: Sequence[str]) -> None:
    if name not in parameters:
        raise Problem(
            400, "There is no such parameter here.", {"parameter": name, "on_offer": [*parameters]}
        )
    values = list_values(data)[name]
    if value not in values:
        detail = f"{name} cannot be this value."
        raise Problem(
            400,
            detail,
            {"parameter": name, "on_offer": values, **_suggest_values(data, name, value)},
        )


def _suggest_values(data: Data, name: str, value: str) -> dict[str, list[str]]:
    """Return the values that may have been meant, as a member of a problem."""
    parameter = list_parameters(data, "outcomes").get(name)
    if parameter is None:
        return {}
    exact = find_choice(value, parameter)
    choices = [exact] if exact else find_near(value, parameter)
    ids = dict(zip(data.measures["title"], data.measures["measure_id"], strict=True))
    matches = [str(ids.get(choice, choice)) for choice in choices]
    matches = [match for match in matches if match in list_values(data)[name]]
    return {"did_you_mean": matches} if matches else {}


def _negotiate_media_type(
    request: Request, given: dict[str, list[str]], media_types: Sequence[str]
) -> str:
    """Return the media type to answer in: ``format`` takes precedence over the header Accept."""
    if "format" in given:
        return FORMATS[given["format"][0]]
    accepted = ",".join(request.headers.getlist("accept"))
    if not accepted.strip(" \t,"):  # an empty header is as none
        accepted = "*/*"
    weights = {media_type: _compute_weight(media_type, accepted) for media_type in media_types}
    best = max(weights, key=weights.__getitem__)
    if weights[best] <= 0:
        raise Problem(406, "Not to be had in this form.", {"on_offer": [*media_types]})
    return best


def _compute_weight(media_type: str, accepted: str) -> float:
    """Return a media type's weight in an Accept header, 0 to 1: that of its narrowest range."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        weights[media_range] = max(weights.get(media_range, 0.0), _parse_weight(parameters))
    ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    return next((weights[name] for name in ranges if name in weights), 0.0)


def _parse_weight(parameters: Sequence[str]) -> float:
    """Return the q of a media range, 1 without one, 0 if it is not a number from 0 to 1."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0 <= weight <= 1 else 0.0
    return 1.0
