"""The routes of the data service and their handlers."""

from collections.abc import Callable, Sequence
from functools import partial

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
    API_ROOT,
    ENDPOINTS,
    HEALTH,
    NOT_PAGES,
    ROBOTS,
    Endpoint,
    normalise_base,
)
from dashboard.web.api.file_limit import Handler
from dashboard.web.api.params import Query
from dashboard.web.api.problems import Problem
from dashboard.web.api.responses import encode_json
from dashboard.web.cross_origin import CrossOriginMiddleware, PreflightMiddleware

_MAX_AGE_S = 300
_LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


def build_routes(base: str = "") -> list[BaseRoute]:
    """Return the routes of the service for a server mounted under a base path, such as "oa".

    They include paths that only programs ask for, so that Streamlit does not answer these with its
    page.
    """
    base_path = normalise_base(base)
    handlers: dict[str, Handler] = {
        "/": _answer_index,
        **{endpoint.path: _build_table_handler(endpoint) for endpoint in ENDPOINTS},
        "/areas/{area}": _answer_area,
        "/areas/{area}/brief.pdf": file_limit.limit_builds(_answer_brief),
        "/areas.geojson": _answer_shapes,
        "/opportunity-areas.{form}": file_limit.limit_builds(_answer_file),
        "/datapackage.json": _answer_descriptor,
        "/openapi.json": _answer_document,
        "/healthz": _answer_health,
    }
    root_handlers: dict[str, Handler] = {
        API_ROOT: _answer_index,
        HEALTH: _answer_health,
        ROBOTS: partial(page.answer_robots, base_path),
        "/plain": _answer_plain,
    }
    api_routes = [Route(path, handler) for path, handler in handlers.items()]
    root_routes = [Route(base_path + path, handler) for path, handler in root_handlers.items()]
    api, root, empty = (_build_app(group, base_path) for group in (api_routes, root_routes, []))
    root = _TrailingSlashMiddleware(root)
    return [
        *(Route(f"{base_path}{path}{end}", root) for path in root_handlers for end in ("", "/")),
        Mount(f"{base_path}{API_ROOT}", app=_TrailingSlashMiddleware(api)),
        *(Route(f"{base_path}{path}", empty) for path in NOT_PAGES),
    ]


class _TrailingSlashMiddleware:
    """Answers a path with a slash at its end as one without.

    A redirect would need the host and scheme, which a server behind a proxy does not know.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        root = str(scope.get("root_path", ""))
        path = str(scope["path"])
        if path.endswith("/") and path.rstrip("/") != root.rstrip("/"):
            scope = {**scope, "path": path.rstrip("/")}
        await self._app(scope, receive, send)


def _build_app(routes: Sequence[BaseRoute], base_path: str) -> ASGIApp:
    """Return an application whose errors are problem details, open to pages of any site."""
    handle_error = partial(problems.build_response, index=f"{base_path}{API_ROOT}")
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(CrossOriginMiddleware, base_path=base_path),
            Middleware(PreflightMiddleware),
        ],
        exception_handlers=dict.fromkeys((Problem, HTTPException, BusyError), handle_error),
    )
    app.router.redirect_slashes = False
    return app


def _build_table_handler(endpoint: Endpoint) -> Callable[[Request], Response]:
    def handle(request: Request) -> Response:
        data = _load_data()
        parameters = (*endpoint.parameters, "format")
        query = params.parse_query(request, data, parameters, [params.JSON, params.CSV])
        body = responses.build_table(data, endpoint, query)
        file_name = _build_file_name(endpoint, query) if query.media_type == params.CSV else ""
        return _build_response(request, body, query.media_type, file_name)

    return handle


def _build_file_name(endpoint: Endpoint, query: Query) -> str:
    parts = [*endpoint.path.strip("/").split("/"), *([query.measure] if query.measure else [])]
    is_narrowed = bool({*params.FILTERS} & {*endpoint.parameters})
    filters = query.filters if is_narrowed else None
    return exports.build_file_name("-".join(parts), filters, "csv")


def _answer_area(request: Request) -> Response:
    data = _load_data()
    body = responses.build_area(data, request.path_params["area"])
    params.parse_query(request, data, [], [params.JSON])
    return _build_response(request, body, params.JSON)


def _answer_shapes(request: Request) -> Response:
    data = _load_data()
    types = [params.GEOJSON, params.JSON]
    query = params.parse_query(request, data, params.FILTERS, types)
    return _build_response(request, responses.build_shapes(data, query.filters), query.media_type)


def _answer_brief(request: Request) -> Response:
    data = _load_data()
    area_id = request.path_params["area"]
    responses.check_area(data, area_id)
    params.parse_query(request, data, [], [params.PDF])
    return _build_response(
        request, brief.render_brief(data, area_id), params.PDF, brief.build_file_name(area_id)
    )


def _answer_file(request: Request) -> Response:
    """Answer with all tables, or the rows that filters leave, as one file."""
    data = _load_data()
    name = request.path_params["form"]
    form = exports.FORMATS.get(name)
    if form is None:
        raise Problem(404, "There is no such form.", {"on_offer": [*exports.FORMATS]})
    query = params.parse_query(request, data, params.FILTERS, [form.mime])
    body = exports.build(data, name, query.filters or None)
    file_name = exports.build_file_name("opportunity-areas", query.filters, form.suffix)
    return _build_response(request, body, form.mime, file_name)


def _answer_plain(request: Request) -> Response:
    return page.answer_plain(request, _load_data())


def _answer_descriptor(request: Request) -> Response:
    data = _load_data()
    params.parse_query(request, data, [], [params.JSON])
    return _build_response(request, responses.build_descriptor(data), params.JSON)


def _answer_document(request: Request) -> Response:
    data = _load_data()
    params.parse_query(request, data, [], [params.JSON])
    return _build_response(request, _build_document(data, _find_base(request)), params.JSON)


@memoize
def _build_document(data: Data, base: str) -> bytes:
    """Return the OpenAPI document of a service mounted at a base address."""
    return encode_json(openapi.build_document(data, base))


def _answer_index(request: Request) -> Response:
    data = _load_data()
    params.parse_query(request, data, [], [params.JSON])
    return _build_response(request, _build_index(data, _find_base(request)), params.JSON)


@memoize
def _build_index(data: Data, base: str) -> bytes:
    """Return the paths of the service, each with its summary."""
    paths = openapi.build_document(data, base)["paths"]
    links = {f"{base.rstrip('/')}{path}": item["get"]["summary"] for path, item in paths.items()}
    return encode_json({"paths": links})


def _answer_health(request: Request) -> Response:
    """Answer 200 while pages can be drawn, with the number of faults in newer files."""
    try:
        version = _load_data().descriptor["version"]
        if (drawing_s := PAGE_LOCK.measure_longest_s()) > HANGING_AFTER_S:
            raise Problem(503, f"A page has been drawn for {drawing_s:.0f} seconds and hangs.")
    except Problem as problem:
        return problems.build_response(request, problem)
    health = {"status": "ok", "figures": version, "faults": len(store.list_issues())}
    return JSONResponse(health, headers={"Cache-Control": "no-store"})


def _load_data() -> Data:
    try:
        return store.current()
    except DataError as error:
        faults = f"{len(error.issues)} {'fault' if len(error.issues) == 1 else 'faults'}"
        raise Problem(503, f"The files that hold the figures have {faults}.") from error


def _find_base(request: Request) -> str:
    """Return the address of the index: the path the service is mounted at, or the request's."""
    mounted = str(request.scope.get("root_path", ""))
    return mounted if mounted.endswith(API_ROOT) else str(request.scope["path"]).rstrip("/")


def _build_response(
    request: Request, body: bytes, media_type: str, file_name: str = ""
) -> Response:
    """Return a body, or 304, with headers for caches; a named one is a file to download."""
    headers = {
        "Cache-Control": f"public, max-age={_MAX_AGE_S}, must-revalidate",
        "Vary": "Accept",
        "X-Content-Type-Options": "nosniff",
        "Link": f'<{_LICENCE_URL}>; rel="license", '
        f'<{_find_base(request)}/openapi.json>; rel="describedby"',
    }
    if file_name:
        headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return etags.build_response(request, body, media_type, headers)
