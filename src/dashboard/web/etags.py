"""Entity tags: an answer that the client has already is not sent again."""

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response


def compute_etag(body: bytes) -> str:
    """Return the tag of a body: weak, as a proxy may compress the body."""
    return f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'


def has_etag(header: str, tag: str) -> bool:
    """Tell whether an If-None-Match header lists a tag or "*", comparing weakly."""
    listed = [entry.strip().removeprefix("W/") for entry in header.split(",")]
    return "*" in listed or tag.removeprefix("W/") in listed


def build_response(
    request: Request, body: bytes, media_type: str, headers: Mapping[str, str]
) -> Response:
    """Return a body with its tag and headers, or 304 where the client has it already."""
    headers = {**headers, "ETag": compute_etag(body)}
    if has_etag(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        headers["Content-Length"] = str(len(body))
        return Response(headers=headers, media_type=media_type)
    return Response(body, headers=headers, media_type=media_type)
