"""The routes of the service: what is asked, answered in a form that caches understand."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import brief, exports
from dashboard.build_queue import BusyError
from dashboard.cache import memoize
from dashboard.data import store
from dashboard.data.loader import Data
from dashboard.data.validation.issues import DataError
from dashboard.page_lock import HANGING_AFTER_S, PAGE_LOCK
from dashboard.web import etags, page
from dashboard.web.api import file_limit, openapi, params, problems, responses
from dashboard.web.api.endpoints import (
    HEALTH,
    LISTINGS,
    NOT_PAGES,
    ROBOTS,
    ROOT,
    Listing,
    normalise_base,
)
from dashboard.web.api.file_limit import Endpoint
from dashboard.web.api.params import Query
from dashboard.web.api.problems import Problem
from dashboard.web.cross_origin import CrossOriginMiddleware, PreflightMiddleware

_SECONDS = 300
_LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


def list_routes(base: str = "") -> list[BaseRoute]:
    """Return the routes of the service for a server mounted under a base path, such as "oa".

    What programs ask for is answered here, so that what is not there is not taken for one of the
    dashboard's pages.
    """
    before = normalise_base(base)
    paths: dict[str, Endpoint] = {
        "/": _index,
        **{listed.path: _listed(listed) for listed in LISTINGS},
        "/areas/{area}": _area,
        "/areas/{area}/brief.pdf": file_limit.limit(_brief),
        "/areas.geojson": _shapes,
        "/opportunity-areas.{form}": file_limit.limit(_whole),
        "/datapackage.json": _descriptor,
        "/openapi.json": _document,
        "/healthz": _healthy,
    }
    api = _run_apart([Route(path, answer) for path, answer in paths.items()], before)
    none = _run_apart([], before)
    beside: dict[str, Endpoint] = {
        ROOT: _index,
        HEALTH: _healthy,
        ROBOTS: partial(page.answer_robots, before),
        "/plain": _plain,
    }
    alone = _WithoutSlash(
        _run_apart([Route(before + path, answer) for path, answer in beside.items()], before)
    )
    return [
        *(Route(f"{before}{path}{end}", alone) for path in beside for end in ("", "/")),
        Mount(f"{before}{ROOT}", app=_WithoutSlash(api)),
        *(Route(f"{before}{path}", none) for path in NOT_PAGES),
    ]


class _WithoutSlash:
    """Answers a path with a slash at its end as one without.

    A redirect would name the host and the scheme, and behind a proxy the server knows neither.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        root = str(scope.get("root_path", ""))
        path = str(scope["path"])
        if path.endswith("/") and path.rstrip("/") != root.rstrip("/"):
            scope = {**scope, "path": path.rstrip("/")}
        await self._app(scope, receive, send)


def _run_apart(routes: list[BaseRoute], before: str) -> ASGIApp:
    """Return an application of its own, so that what it refuses is a problem, not plain text."""
    answer = partial(problems.answer, index=f"{before}{ROOT}")
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(CrossOriginMiddleware, base_path=before),
            Middleware(PreflightMiddleware),
        ],
        exception_handlers=dict.fromkeys((Problem, HTTPException, BusyError), answer),
    )
    app.router.redirect_slashes = False
    return app


def _listed(listed: Listing) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        data = _figures()
        parameters = (*listed.parameters, "format")
        asked = params.parse_query(request, data, parameters, [params.JSON, params.CSV])
        body = responses.build_listing(data, listed, asked)
        if asked.media_type == params.CSV:
            return _answer(request, body, asked.media_type, _file(listed, asked))
        return _answer(request, body, asked.media_type)

    return answer


def _file(listed: Listing, asked: Query) -> dict[str, str]:
    parts = [*listed.path.strip("/").split("/"), *([asked.measure] if asked.measure else [])]
    name = exports.build_file_name(
        "-".join(parts), asked.filters if listed.parameters else None, "csv"
    )
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _area(request: Request) -> Response:
    data = _figures()
    body = responses.build_area(data, request.path_params["area"])
    params.parse_query(request, data, [], [params.JSON])
    return _answer(request, body, params.JSON)


def _shapes(request: Request) -> Response:
    data = _figures()
    types = [params.GEOJSON, params.JSON]
    asked = params.parse_query(request, data, params.FILTERS, types)
    return _answer(request, responses.build_shapes(data, asked.filters), asked.media_type)


def _brief(request: Request) -> Response:
    data = _figures()
    area_id = request.path_params["area"]
    responses.check_area(data, area_id)
    params.parse_query(request, data, [], [params.PDF])
    name = {"Content-Disposition": f'attachment; filename="{brief.build_file_name(area_id)}"'}
    return _answer(request, brief.render_brief(data, area_id), params.PDF, name)


def _whole(request: Request) -> Response:
    """Answer with everything, or what filters leave, as a file of one of the forms."""
    data = _figures()
    name = request.path_params["form"]
    form = exports.FORMATS.get(name)
    if form is None:
        raise Problem(404, "There is no such form.", {"on_offer": [*exports.FORMATS]})
    asked = params.parse_query(request, data, params.FILTERS, [form.mime])
    body = exports.build(data, name, asked.filters or None)
    file_name = exports.build_file_name("opportunity-areas", asked.filters, form.suffix)
    head = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return _answer(request, body, form.mime, head)


def _plain(request: Request) -> Response:
    return page.answer_plain(request, _figures())


def _descriptor(request: Request) -> Response:
    data = _figures()
    params.parse_query(request, data, [], [params.JSON])
    return _answer(request, responses.build_descriptor(data), params.JSON)


def _document(request: Request) -> Response:
    data = _figures()
    params.parse_query(request, data, [], [params.JSON])
    return _answer(request, _document_at(data, _base(request)), params.JSON)


@memoize
def _document_at(data: Data, base: str) -> bytes:
    """Return the service's document for the address that it is mounted at, worked out once."""
    return _json(openapi.build_document(data, base))


def _index(request: Request) -> Response:
    data = _figures()
    params.parse_query(request, data, [], [params.JSON])
    return _answer(request, _index_at(data, _base(request)), params.JSON)


@memoize
def _index_at(data: Data, base: str) -> bytes:
    """Return the paths of the service, each with what it answers, worked out once."""
    paths = openapi.build_document(data, base)["paths"]
    links = {f"{base.rstrip('/')}{path}": one["get"]["summary"] for path, one in paths.items()}
    return _json({"paths": links})


def _healthy(request: Request) -> Response:
    """Answer 200 while pages can be drawn, with the faults of newer files that cannot be."""
    try:
        version = _figures().descriptor["version"]
        if (drawing_s := PAGE_LOCK.measure_longest_s()) > HANGING_AFTER_S:
            raise Problem(503, f"A page has been drawn for {drawing_s:.0f} seconds and hangs.")
    except Problem as problem:
        return problems.answer(request, problem)
    said = {"status": "ok", "figures": version, "faults": len(store.list_issues())}
    return JSONResponse(said, headers={"Cache-Control": "no-store"})


def _figures() -> Data:
    try:
        return store.current()
    except DataError as error:
        faults = f"{len(error.issues)} {'fault' if len(error.issues) == 1 else 'faults'}"
        raise Problem(503, f"The files that hold the figures have {faults}.") from error


def _base(request: Request) -> str:
    """Return the address of the index: what the service is mounted at, or the bare path itself."""
    mounted = str(request.scope.get("root_path", ""))
    return mounted if mounted.endswith(ROOT) else str(request.scope["path"]).rstrip("/")


def _answer(
    request: Request, body: bytes, media_type: str, more: dict[str, str] | None = None
) -> Response:
    """Return a body with what caches need, or 304 where the reader has it already."""
    tag = etags.build_etag(body)
    headers = {
        "ETag": tag,
        "Cache-Control": f"public, max-age={_SECONDS}, must-revalidate",
        "Vary": "Accept",
        "X-Content-Type-Options": "nosniff",
        "Link": f'<{_LICENCE}>; rel="license", <{_base(request)}/openapi.json>; rel="describedby"',
        **(more or {}),
    }
    if etags.is_named(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        headers["Content-Length"] = str(len(body))
        return Response(headers=headers, media_type=media_type)
    return Response(body, headers=headers, media_type=media_type)


def _json(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()
