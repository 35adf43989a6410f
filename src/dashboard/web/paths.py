"""Redirects paths of two parts, and other spellings of a page's path, to the page that is meant.

Streamlit answers every path with its page, whose files have relative addresses: under a path of two
parts none of them load. Redirects are relative, as a proxy may strip a prefix or add https.
"""

import re
from urllib.parse import parse_qs, quote, unquote, urlencode

from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.addresses import MISSING_PAGE
from dashboard.data import store
from dashboard.data.validation.issues import DataError
from dashboard.parameters import PAGES, build_page_parameter, find_choice
from dashboard.search import finder
from dashboard.search.place_names import build_places
from dashboard.web.api.endpoints import normalise_base

# First parts of paths that Streamlit, the data service or a web server answers.
_NOT_PAGES = {
    *("api", "app", "auth", "component", "healthz"),
    *("media", "oauth2callback", "plain", "static", "vendor"),
}
# The parameter that a second part gives, by page: /profile/Hastings.
_PATH_PARAMETERS = {
    "map": "focus",
    "outcomes": "measure",
    "all_measures": "held",
    "profile": "area",
    "compare": "areas",
    "sources": "part",
}
_FILE = re.compile(r"(?i)(.*)\.(html?|php|aspx?|jsp|py)")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_INDEX = re.compile(r"(?i)(index|default|home)?\.?(html?|php|aspx?)?")
_SAFE_IN_QUERY = "=&%+,;:@/?!~*'()-._$[]"
_MAX_NAME_LENGTH = 200


def build_middleware(base: str) -> Middleware:
    """Return the redirects to pages of a server mounted under a base path."""
    return Middleware(_PageRedirectMiddleware, base=base)


class _PageRedirectMiddleware:
    """Redirects other spellings of a page's path to the page."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app = app
        self._base = normalise_base(base)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            path = scope.get("raw_path") or quote(scope["path"]).encode()
            location = find_redirect(path.decode("latin-1"), scope["query_string"], self._base)
            if location is not None:
                headers = {"Cache-Control": "no-cache"}
                await RedirectResponse(location, 307, headers)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def find_redirect(path: str, query: bytes = b"", base: str = "") -> str | None:
    """Return the relative address of the page that a path means; None if it is not redirected.

    ``path`` is percent-encoded.
    """
    below = path.split("?", maxsplit=1)[0].removeprefix(base)
    if not path.startswith(base) or not below.startswith("/") or below.startswith("//"):
        return None
    parts = [
        unquote(part, errors="replace")[:_MAX_NAME_LENGTH] for part in below.split("/") if part
    ]
    if not parts or any(_is_no_page(part) for part in parts):
        return None
    target = _find_target(parts)
    if target is None or (target == (parts[0], []) and below == f"/{parts[0]}"):
        return None
    page, added = target
    given = query.decode("latin-1")
    present = parse_qs(given, keep_blank_values=True, max_num_fields=None)
    more = urlencode([(name, value) for name, value in added if name not in present])
    full_query = "&".join(filter(None, [quote(given, safe=_SAFE_IN_QUERY), more]))
    # Clients differ on how many levels "//" adds.
    start = f"{base}/" if "//" in below else "./" + "../" * (below.count("/") - 1)
    return f"{start}{page}" + (f"?{full_query}" if full_query else "")


def _is_no_page(part: str) -> bool:
    if part.startswith(("_", ".", "~")) or part.lower() in _NOT_PAGES:
        return True
    return bool(_ENDING.search(part)) and not _FILE.fullmatch(part)


def _find_target(parts: list[str]) -> tuple[str, list[tuple[str, str]]] | None:
    """Return the page that the parts of a path name, and parameters from the later parts."""
    first, *rest = [_FILE.sub(r"\1", part) for part in parts]
    rest = [part for part in rest if not _INDEX.fullmatch(part)]
    page = _find_page(first)
    if page is None:
        if first != parts[0]:  # scanners ask for files of other programs: /wp-login.php
            return None
        return ("profile", [("area", first)]) if _is_area(first) else ("", [(MISSING_PAGE, first)])
    name = _PATH_PARAMETERS.get(page)
    if name is None or not rest:
        return page, []
    return page, [(name, part) for part in (rest if name == "areas" else rest[:1])]


def _find_page(name: str) -> str | None:
    return name if name in PAGES else find_choice(name, build_page_parameter())


def _is_area(name: str) -> bool:
    """Tell whether a name is exactly that of an area, a district or a town in one."""
    try:
        result = finder.find(name, build_places(store.current()))
    except DataError:
        return False
    return result.kind == "area" and result.how == "exact"
