"""Streamlit's page with words of ours: for a network that blocks its connection, or no script."""

import re
from html import escape
from pathlib import Path
from string import Template

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import citations, exports, translation
from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.web import etags
from dashboard.web.api.endpoints import LISTINGS

_FILES = Path(__file__).with_name("static")
_NO_SCRIPT = (
    "<noscript><main><h1>This page needs JavaScript</h1>"
    "<p>JavaScript is switched off in this browser, or blocked. Without it there are "
    '<a href="./plain">all tables, and a brief of each area, as plain files</a>, and '
    '<a href="./api/v1/opportunity-areas.xlsx">everything as an Excel workbook</a>.</p>'
    "</main></noscript>"
)
_OK, _PART, _UNCHANGED = 200, 206, 304
# What Streamlit's server says of the file that is replaced, and of parts of it.
_OF_THE_FILE = ("Accept-Ranges", "Content-Encoding", "Content-Range", "Last-Modified")


def add_help(page: str) -> str:
    """Return Streamlit's page with the words for readers whom its connection does not reach.

    The script is in the page itself: one thing less for a network to block. The policy names it
    by its digest, as it does Streamlit's own.

    Raises:
        ValueError: the page is not as expected, as after an upgrade of Streamlit.
    """
    words = (_FILES / "connection-help.html").read_text(encoding="utf-8")
    script = (_FILES / "connection-help.js").read_text(encoding="utf-8")
    scripts = "".join(f"<script>{one}</script>" for one in (script, translation.load_script()))
    own = re.search(r"<noscript>.*?</noscript>", page, re.DOTALL)
    changes = {
        own[0] if own else "<noscript>": _NO_SCRIPT,
        '<html lang="en">': '<html lang="en-GB">',
        "<title>Streamlit</title>": "<title>Opportunity areas</title>",
        'href="./_stcore/agent/openapi.json"': 'href="./api/v1/openapi.json"',
        "</body>": f"{words}{scripts}</body>",
    }
    for old, new in changes.items():
        if page.count(old) != 1:
            raise ValueError(f"Streamlit's page does not say {old!r} once")
        page = page.replace(old, new)
    return page


class PageMiddleware:
    """Sends a page of ours wherever Streamlit sends its own."""

    def __init__(self, app: ASGIApp, page: str) -> None:
        self._app = app
        self._body = page.encode()
        self._tag = etags.build_etag(self._body)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and put our page in place of Streamlit's in the answer."""
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
        """Send the page, or that the reader has it, with what else Streamlit says of its own."""
        headers = MutableHeaders(raw=list(start["headers"]))
        for name in _OF_THE_FILE:
            del headers[name]
        headers["ETag"] = self._tag
        headers["Cache-Control"] = "no-cache"
        is_known = etags.is_named(Headers(scope=scope).get("if-none-match", ""), self._tag)
        if is_known:
            del headers["Content-Length"]
            del headers["Content-Type"]
        else:
            headers["Content-Length"] = str(len(self._body))
            headers["Content-Type"] = "text/html; charset=utf-8"
        status = _UNCHANGED if is_known else _OK
        await send({"type": "http.response.start", "status": status, "headers": headers.raw})
        body = b"" if is_known or scope["method"] == "HEAD" else self._body
        await send({"type": "http.response.body", "body": body})


def _is_page(scope: Scope, start: Message) -> bool:
    """Tell whether an answer is Streamlit's page, or a part of it, or that it has not changed.

    A browser can have kept Streamlit's own from before, and ask whether it is still good.
    """
    if not isinstance(scope.get("endpoint"), StaticFiles):
        return False
    if start["status"] == _UNCHANGED:
        return str(scope["path"]).endswith(("/", ".html"))
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] in (_OK, _PART) and kind.startswith("text/html")


@memoize
def render_plain(data: Data) -> bytes:
    """Return a page of plain links to every file, which needs no script and no connection."""
    forms = [
        _build_item(f"opportunity-areas.{form.suffix}", form.label, form.suffix)
        for form in exports.FORMATS.values()
    ]
    tables = [_build_item(f"{one.path[1:]}?format=csv", one.summary, "csv") for one in LISTINGS]
    briefs = [
        _build_item(f"areas/{area_id}/brief.pdf", label, "pdf")
        for area_id, label in zip(data.areas["area_id"], data.areas["label"], strict=True)
    ]
    template = Template((_FILES / "plain.html").read_text(encoding="utf-8"))
    return template.substitute(
        edition=escape(citations.format_edition(data)),
        forms="\n".join(forms),
        tables="\n".join(tables),
        briefs="\n".join(briefs),
    ).encode()


def _build_item(path: str, words: str, form: str) -> str:
    link = f'<a href="./api/v1/{escape(path)}">{escape(words)}</a>'
    return f"<li>{link} ({form.upper()})</li>"


def answer_plain(request: Request, data: Data) -> Response:
    """Answer with the page of plain links."""
    body = render_plain(data)
    tag = etags.build_etag(body)
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if etags.is_named(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=_UNCHANGED, headers=headers)
    return HTMLResponse(body, headers=headers)


def answer_robots(base: str, _: Request) -> Response:
    """Answer what programs that look for pages may look at: all, but files made for a reader."""
    closed = "".join(f"Disallow: {base}{one}\n" for one in ("/_stcore/", "/media/"))
    return PlainTextResponse(f"User-agent: *\n{closed}", headers={"Cache-Control": "no-cache"})
