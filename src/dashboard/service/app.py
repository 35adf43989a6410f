"""The routes of the service: what is asked, answered in a form that caches understand."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from dashboard import exports, figures
from dashboard.build_queue import BusyError
from dashboard.data import Data
from dashboard.faults import DataError
from dashboard.service import answers, asking, openapi, problems
from dashboard.service.asking import Asked
from dashboard.service.catalogue import LISTINGS, ROOT, Listing
from dashboard.service.problems import Problem

_SECONDS = 300
_LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


def routes(base: str = "") -> list[BaseRoute]:
    """Return the routes of the service for a server mounted under a base path, such as "oa"."""
    before = f"/{base.strip('/')}" if base.strip("/") else ""
    api = _apart(
        [
            Route("/", _index),
            *(Route(listed.path, _listed(listed)) for listed in LISTINGS),
            Route("/areas/{area}", _area),
            Route("/areas.geojson", _shapes),
            Route("/datapackage.json", _descriptor),
            Route("/openapi.json", _document),
        ]
    )
    paths = {f"{before}{ROOT}": _index, f"{before}/healthz": _healthy}
    single = _apart([Route(path, answer) for path, answer in paths.items()])
    return [*(Route(path, single) for path in paths), Mount(f"{before}{ROOT}", app=api)]


def _apart(routes: list[BaseRoute]) -> Starlette:
    """Return an application of its own, so that what it refuses is a problem, not plain text."""
    handlers = dict.fromkeys((Problem, HTTPException, BusyError), problems.answer)
    return Starlette(routes=routes, exception_handlers=handlers)


def _listed(listed: Listing) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        data = _figures()
        parameters = (*listed.parameters, "format")
        asked = asking.understood(request, data, parameters, [asking.JSON, asking.CSV])
        body = answers.listing(data, listed, asked)
        if asked.media_type == asking.CSV:
            return _answer(request, body, asked.media_type, _file(listed, asked))
        return _answer(request, body, asked.media_type)

    return answer


def _file(listed: Listing, asked: Asked) -> dict[str, str]:
    parts = [*listed.path.strip("/").split("/"), *([asked.measure] if asked.measure else [])]
    name = exports.file_name("-".join(parts), asked.filters if listed.parameters else None, "csv")
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _area(request: Request) -> Response:
    data = _figures()
    body = answers.area(data, request.path_params["area"])
    asking.understood(request, data, [], [asking.JSON])
    return _answer(request, body, asking.JSON)


def _shapes(request: Request) -> Response:
    data = _figures()
    types = [asking.GEOJSON, asking.JSON]
    asked = asking.understood(request, data, asking.FILTERS, types)
    return _answer(request, answers.shapes(data, asked.filters), asked.media_type)


def _descriptor(request: Request) -> Response:
    data = _figures()
    asking.understood(request, data, [], [asking.JSON])
    return _answer(request, answers.descriptor(data), asking.JSON)


def _document(request: Request) -> Response:
    data = _figures()
    asking.understood(request, data, [], [asking.JSON])
    return _answer(request, _json(openapi.document(data, _base(request))), asking.JSON)


def _index(request: Request) -> Response:
    data = _figures()
    asking.understood(request, data, [], [asking.JSON])
    paths = openapi.document(data, _base(request))["paths"]
    links = {_address(request, path, one): one["get"]["summary"] for path, one in paths.items()}
    return _answer(request, _json({"paths": links}), asking.JSON)


def _address(request: Request, path: str, item: openapi.Document) -> str:
    """Return where a path of the document is, on a server of its own or on the service's."""
    server = str(item["servers"][0]["url"]) if "servers" in item else _base(request)
    return f"{server.rstrip('/')}{path}"


def _healthy(request: Request) -> Response:
    """Answer 200 while figures can be shown, with the faults of newer files that cannot."""
    try:
        version = _figures().descriptor["version"]
    except Problem as problem:
        return problems.answer(request, problem)
    said = {"status": "ok", "figures": version, "faults": len(figures.faults())}
    return JSONResponse(said, headers={"Cache-Control": "no-store"})


def _figures() -> Data:
    try:
        return figures.current()
    except DataError as error:
        faults = f"{len(error.faults)} {'fault' if len(error.faults) == 1 else 'faults'}"
        raise Problem(503, f"The files that hold the figures have {faults}.") from error


def _base(request: Request) -> str:
    """Return the address of the index: what the service is mounted at, or the bare path itself."""
    mounted = str(request.scope.get("root_path", ""))
    return mounted if mounted.endswith(ROOT) else str(request.scope["path"])


def _answer(
    request: Request, body: bytes, media_type: str, more: dict[str, str] | None = None
) -> Response:
    """Return a body with what caches need, or 304 where the reader has it already."""
    # Weak: a server or proxy may compress the body on its way.
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Cache-Control": f"public, max-age={_SECONDS}, must-revalidate",
        "Vary": "Accept",
        "X-Content-Type-Options": "nosniff",
        # Open figures, read-only and the same for everyone: any page may read them.
        "Access-Control-Allow-Origin": "*",
        "Link": f'<{_LICENCE}>; rel="license", <{_base(request)}/openapi.json>; rel="describedby"',
        **(more or {}),
    }
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        headers["Content-Length"] = str(len(body))
        return Response(headers=headers, media_type=media_type)
    return Response(body, headers=headers, media_type=media_type)


def _has(named: str, tag: str) -> bool:
    """Tell whether a list of tags names one, or all; weak or not is the same for reading."""
    tags = [one.strip().removeprefix("W/") for one in named.split(",")]
    return "*" in tags or tag.removeprefix("W/") in tags


def _json(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()
