"""Streamlit's page with help for readers without its connection or JavaScript; plain pages."""

import re
from html import escape
from pathlib import Path
from string import Template

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.status import HTTP_200_OK, HTTP_206_PARTIAL_CONTENT, HTTP_304_NOT_MODIFIED
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import citations, exports, page_scripts
from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.web import etags
from dashboard.web.api.endpoints import ENDPOINTS

_STATIC = Path(__file__).with_name("static")
_NO_SCRIPT = (
    "<noscript><main><h1>This page needs JavaScript</h1>"
    "<p>JavaScript is switched off in this browser, or blocked. Without it there are "
    '<a href="./plain">all tables, and a brief of each area, as plain files</a>, and '
    '<a href="./api/v1/opportunity-areas.xlsx">everything as an Excel workbook</a>.</p>'
    "</main></noscript>"
)
# Headers that describe the file that is replaced.
_FILE_HEADERS = ("Accept-Ranges", "Content-Encoding", "Content-Range", "Last-Modified")


def add_help(page: str) -> str:
    """Return Streamlit's page with help for readers whose network blocks its connection.

    Scripts are inline, because a network may block their files; the Content-Security-Policy allows
    them by digest.

    Raises:
        ValueError: the page is not as expected, as after an upgrade of Streamlit.
    """
    help_text = (_STATIC / "connection-help.html").read_text(encoding="utf-8")
    script = (_STATIC / "connection-help.js").read_text(encoding="utf-8")
    scripts = "".join(f"<script>{code}</script>" for code in (script, page_scripts.load_script()))
    noscript = re.search(r"<noscript>.*?</noscript>", page, re.DOTALL)
    changes = {
        noscript[0] if noscript else "<noscript>": _NO_SCRIPT,
        '<html lang="en">': '<html lang="en-GB">',
        "<title>Streamlit</title>": "<title>Opportunity areas</title>",
        'href="./_stcore/agent/openapi.json"': 'href="./api/v1/openapi.json"',
        "</body>": f"{help_text}{scripts}</body>",
    }
    for old, new in changes.items():
        if page.count(old) != 1:
            raise ValueError(f"Streamlit's page does not say {old!r} once")
        page = page.replace(old, new)
    return page


class PageMiddleware:
    """Replaces Streamlit's page in answers."""

    def __init__(self, app: ASGIApp, page: str) -> None:
        self._app = app
        self._body = page.encode()
        self._tag = etags.compute_etag(self._body)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and replace the page in its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_answered = False

        async def send_page(message: Message) -> None:
            nonlocal is_answered
            if message["type"] == "http.response.start" and _is_page(scope, message):
                is_answered = True
                await self._answer(scope, message, send)
            elif not is_answered:
                await send(message)

        await self._app(scope, receive, send_page)

    async def _answer(self, scope: Scope, start: Message, send: Send) -> None:
        """Send the page, or 304, with the other headers of Streamlit's answer."""
        headers = MutableHeaders(raw=list(start["headers"]))
        for name in _FILE_HEADERS:
            del headers[name]
        headers["ETag"] = self._tag
        headers["Cache-Control"] = "no-cache"
        is_known = etags.has_etag(Headers(scope=scope).get("if-none-match", ""), self._tag)
        if is_known:
            del headers["Content-Length"]
            del headers["Content-Type"]
        else:
            headers["Content-Length"] = str(len(self._body))
            headers["Content-Type"] = "text/html; charset=utf-8"
        status = HTTP_304_NOT_MODIFIED if is_known else HTTP_200_OK
        await send({"type": "http.response.start", "status": status, "headers": headers.raw})
        body = b"" if is_known or scope["method"] == "HEAD" else self._body
        await send({"type": "http.response.body", "body": body})


def _is_page(scope: Scope, start: Message) -> bool:
    """Tell whether an answer is Streamlit's page, a part of it, or 304 for it.

    A browser may have cached Streamlit's own page and ask whether it has changed.
    """
    if not isinstance(scope.get("endpoint"), StaticFiles):
        return False
    if start["status"] == HTTP_304_NOT_MODIFIED:
        return str(scope["path"]).endswith(("/", ".html"))
    media_type = Headers(raw=start["headers"]).get("content-type", "")
    is_sent = start["status"] in (HTTP_200_OK, HTTP_206_PARTIAL_CONTENT)
    return is_sent and media_type.startswith("text/html")


@memoize
def render_plain(data: Data) -> bytes:
    """Return a page of links to every file, for readers without JavaScript or connection."""
    forms = [
        _format_item(f"opportunity-areas.{form.suffix}", form.label, form.suffix)
        for form in exports.FORMATS.values()
    ]
    tables = [
        _format_item(f"{endpoint.path[1:]}?format=csv", endpoint.summary, "csv")
        for endpoint in ENDPOINTS
    ]
    briefs = [
        _format_item(f"areas/{area_id}/brief.pdf", label, "pdf")
        for area_id, label in zip(data.areas["area_id"], data.areas["label"], strict=True)
    ]
    template = Template((_STATIC / "plain.html").read_text(encoding="utf-8"))
    return template.substitute(
        edition=escape(citations.format_edition(data)),
        forms="\n".join(forms),
        tables="\n".join(tables),
        briefs="\n".join(briefs),
    ).encode()


def _format_item(path: str, text: str, form: str) -> str:
    link = f'<a href="./api/v1/{escape(path)}">{escape(text)}</a>'
    return f"<li>{link} ({form.upper()})</li>"


def answer_plain(request: Request, data: Data) -> Response:
    """Answer with the page of plain links."""
    headers = {"Cache-Control": "no-cache"}
    return etags.build_response(request, render_plain(data), "text/html", headers)


def answer_robots(base: str, _: Request) -> Response:
    """Answer which paths crawlers may read: all but files made for a reader."""
    rules = "".join(f"Disallow: {base}{path}\n" for path in ("/_stcore/", "/media/"))
    return PlainTextResponse(f"User-agent: *\n{rules}", headers={"Cache-Control": "no-cache"})
