"""Streamlit's page with words of ours: for a network that blocks its connection, or no script."""

import re
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import citations, exports
from dashboard.data import Data
from dashboard.memory import remembered
from dashboard.rows import records
from dashboard.service.catalogue import LISTINGS

_FILES = Path(__file__).with_name("static")
_NO_SCRIPT = (
    "<noscript>The pages of this dashboard need JavaScript. "
    '<a href="./plain">Its figures as plain files</a> do not.</noscript>'
)
_OK = 200


def add_help(page: str) -> str:
    """Return Streamlit's page with the words for readers whom its connection does not reach.

    Raises:
        ValueError: the page is not as expected, as after an upgrade of Streamlit.
    """
    words = (_FILES / "connection-help.html").read_text(encoding="utf-8")
    (own,) = re.findall(r"<noscript>.*?</noscript>", page, re.DOTALL) or ("<noscript>",)
    changes = {
        own: _NO_SCRIPT,
        '<html lang="en">': '<html lang="en-GB">',
        "<title>Streamlit</title>": "<title>Opportunity areas</title>",
        'href="./_stcore/agent/openapi.json"': 'href="./api/v1/openapi.json"',
        "</body>": f"{words}</body>",
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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and put our page in place of Streamlit's in the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        replacing = False

        async def send_page(message: Message) -> None:
            nonlocal replacing
            if message["type"] == "http.response.start":
                replacing = message["status"] == _OK and _is_page(scope, message)
                if replacing:
                    headers = MutableHeaders(scope=message)
                    headers["Content-Length"] = str(len(self._body))
                    # They are of the file that was replaced.
                    for name in ("Content-Encoding", "ETag", "Last-Modified"):
                        del headers[name]
            elif replacing and message["type"] == "http.response.body":
                if message.get("more_body"):
                    return
                body = b"" if scope["method"] == "HEAD" else self._body
                message = {"type": "http.response.body", "body": body}
            await send(message)

        await self._app(scope, receive, send_page)


def _is_page(scope: Scope, message: Message) -> bool:
    """Tell whether an answer is Streamlit's page: HTML that is not a component's or ours."""
    kind = MutableHeaders(scope=message).get("content-type", "")
    return kind.startswith("text/html") and "/component/" not in scope["path"]


def answer_script(_: Request) -> Response:
    """Answer with the script that looks whether the page has connected."""
    script = (_FILES / "connection-help.js").read_bytes()
    return Response(script, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@remembered
def render_plain(data: Data) -> bytes:
    """Return a page of plain links to every file, which needs no script and no connection."""
    from jinja2 import Environment

    template = (_FILES / "plain.html").read_text(encoding="utf-8")
    page = Environment(autoescape=True).from_string(template)
    return page.render(
        areas=records(data.areas[["area_id", "label"]]),
        forms=exports.FORMATS.values(),
        listings=LISTINGS,
        edition=citations.edition(data),
    ).encode()


def answer_plain(data: Data) -> Response:
    """Answer with the page of plain links."""
    return HTMLResponse(render_plain(data), headers={"Cache-Control": "no-cache"})
