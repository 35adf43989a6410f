"""Leads an address of two parts, or one written otherwise, to the page that is meant.

Streamlit answers every path with its page, whose files are asked for beside it: under a path of
two parts there are none, and the reader sees nothing at all. Ways are relative, so that they
hold behind a proxy that strips a prefix or speaks https, and lead nowhere but here.
"""

import re
from urllib.parse import parse_qs, quote, unquote, urlencode

from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.addresses import NO_PAGE
from dashboard.data import store
from dashboard.data.validation.issues import DataError
from dashboard.parameters import PAGES, find_choice, list_page_names
from dashboard.search import finder
from dashboard.search.place_names import load_places
from dashboard.web.api.endpoints import normalise_base

# Paths that Streamlit or the data service answers, and what web servers and browsers ask for.
_NOT_PAGES = frozenset(
    (
        "api",
        "app",
        "auth",
        "component",
        "healthz",
        "media",
        "oauth2callback",
        "plain",
        "static",
        "vendor",
    )
)
# What a second part names, page by page: /profile/Hastings.
_NAMED_BY_PATH = {
    "map": "focus",
    "outcomes": "measure",
    "profile": "area",
    "compare": "areas",
    "sources": "part",
}
_FILE = re.compile(r"(?i)(.*)\.(html?|php|aspx?|jsp|py)")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_INDEX = re.compile(r"(?i)(index|default|home)?\.?(html?|php|aspx?)?")
_SAFE_IN_QUERY = "=&%+,;:@/?!~*'()-._$[]"
_LONGEST_NAME = 200


def build_middleware(base: str) -> Middleware:
    """Return what leads to the pages of a server that is mounted under a base path."""
    return Middleware(_LeadToPage, base=base)


class _LeadToPage:
    """Answers an address that is nearly a page's with the way to that page."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app = app
        self._base = normalise_base(base)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            path = scope.get("raw_path") or quote(scope["path"]).encode()
            location = find_way(path.decode("latin-1"), scope["query_string"], self._base)
            if location is not None:
                headers = {"Cache-Control": "no-cache"}
                answer = RedirectResponse(location, 307, headers)
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)


def find_way(path: str, query: bytes = b"", base: str = "") -> str | None:
    """Return the relative address of the page that a path means; None where it is served as is.

    ``path`` is as it was sent, still encoded.
    """
    below = path.split("?", maxsplit=1)[0].removeprefix(base)
    if not path.startswith(base) or not below.startswith("/") or below.startswith("//"):
        return None
    parts = [unquote(part, errors="replace")[:_LONGEST_NAME] for part in below.split("/") if part]
    if not parts or any(_is_no_page(part) for part in parts):
        return None
    lead = _lead(parts)
    if lead is None or (lead == (parts[0], []) and below == f"/{parts[0]}"):
        return None
    page, added = lead
    given = query.decode("latin-1")
    taken = parse_qs(given, keep_blank_values=True, max_num_fields=None)
    more = urlencode([(name, value) for name, value in added if name not in taken])
    written = "&".join(filter(None, [quote(given, safe=_SAFE_IN_QUERY), more]))
    # Clients differ on how many levels a doubled slash makes.
    start = f"{base}/" if "//" in below else "./" + "../" * (below.count("/") - 1)
    return f"{start}{page}" + (f"?{written}" if written else "")


def _is_no_page(part: str) -> bool:
    if part.startswith(("_", ".", "~")) or part.lower() in _NOT_PAGES:
        return True
    return bool(_ENDING.search(part)) and not _FILE.fullmatch(part)


def _lead(parts: list[str]) -> tuple[str, list[tuple[str, str]]] | None:
    """Return the page that parts of a path name, and what the later ones name on it."""
    first, *rest = [_FILE.sub(r"\1", part) for part in parts]
    rest = [part for part in rest if not _INDEX.fullmatch(part)]
    page = _find_page(first)
    if page is None:
        if first != parts[0]:  # a file of a program that is not here: /wp-login.php
            return None
        return ("profile", [("area", first)]) if _is_area(first) else ("", [(NO_PAGE, first)])
    name = _NAMED_BY_PATH.get(page)
    if name is None or not rest:
        return page, []
    return page, [(name, part) for part in (rest if name == "areas" else rest[:1])]


def _find_page(name: str) -> str | None:
    return name if name in PAGES else find_choice(name, list_page_names())


def _is_area(name: str) -> bool:
    """Tell whether a name is just that of an area, a district or a town in one."""
    try:
        answer = finder.find(name, load_places(store.current()))
    except DataError:
        return False
    return answer.kind == "area" and answer.how == "exact"
