"""What a page must not do while a test drives it: ask other servers, or raise errors."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError

from browser.serve import HOST

_HOME = rf"(http|ws)://{re.escape(HOST)}[:/]|data:|blob:"
_OUTSIDE = re.compile(rf"^(?!{_HOME})")
_PROBES = ("health", "host-config")


class Watch:
    """Records what a browser asked of other servers, and what went wrong.

    The browser's own settings cut the way there (``chromium.py``): where Playwright is to stop a
    request it has the browser keep no file, and each page takes Streamlit's anew.

    One thing is let pass: on a deep link, ``/map`` say, Streamlit's own script first looks for
    its server at ``/map/_stcore/health`` and ``/map/_stcore/host-config``, gets a 404 for each,
    which Chromium writes to the console as an error, and finds it one level up.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.outside: list[str] = []
        self._errors: list[tuple[str, str]] = []
        self._deep_links: set[str] = set()
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("page", self._page)

    @property
    def errors(self) -> list[str]:
        """The errors, those that Streamlit makes on a deep link left out."""
        allowed = {f"{link}/_stcore/{probe}" for link in self._deep_links for probe in _PROBES}
        return [f"{said} {where}" for said, where in self._errors if where not in allowed]

    def take_complaints(self) -> list[str]:
        """Return everything that must not have happened, and begin anew."""
        complaints = self.complaints()
        for record in (self.outside, self._errors, self._deep_links):
            record.clear()
        return complaints

    def complaints(self) -> list[str]:
        """Return everything that must not have happened."""
        return [f"asked another server: {url}" for url in self.outside] + self.errors

    def _page(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._address(socket.url))

    def _request(self, request: Request) -> None:
        self._address(request.url)
        if request.is_navigation_request() and request.frame.parent_frame is None:
            parts = urlsplit(request.url)
            if not parts.path.endswith("/"):
                self._deep_links.add(f"{parts.scheme}://{parts.netloc}{parts.path}")

    def _address(self, url: str) -> None:
        if _OUTSIDE.match(url):
            self.outside.append(url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._errors.append((message.text, message.location["url"]))

    def _error(self, error: WebError) -> None:
        self._errors.append((str(error.error), "(uncaught)"))
