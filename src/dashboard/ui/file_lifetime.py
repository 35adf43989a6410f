"""Lets browsers keep the files of the map, which they would fetch again for each map.

Streamlit 1.67 sends the files of components as ``Cache-Control: public``, with no lifetime and
nothing to ask by whether they have changed. So a browser takes 130 kB for each map, and the server
compresses them each time. Remove this module once Streamlit names a lifetime.
"""

from email.utils import formatdate
from functools import cache, wraps
from time import time
from typing import Any

from streamlit.web.server.starlette import starlette_routes

# Addresses name what they hold, or its version, so that a new file has a new address.
_LIFETIME_S = 24 * 60 * 60


@cache
def set_lifetime() -> None:
    """Have every file of a component but its page expire a day later, once a process."""
    original = starlette_routes._set_cors_headers

    @wraps(original)
    async def set_headers(request: Any, response: Any) -> None:
        await original(request, response)
        path = request.url.path
        if "/component/" in path and not path.endswith((".html", "/")):
            response.headers["Expires"] = formatdate(time() + _LIFETIME_S, usegmt=True)

    starlette_routes._set_cors_headers = set_headers
