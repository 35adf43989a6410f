"""What is answered when a request cannot be: problem details, after RFC 9457."""

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dashboard.build_queue import RETRY_AFTER_S, BusyError

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "The request cannot be understood",
    404: "There is no such thing",
    405: "Only reading is possible",
    406: "Not to be had in this form",
    503: "Not to be had at the moment",
}


class Problem(Exception):  # noqa: N818 - the word of the standard
    """Why a request cannot be answered; ``more`` tells programs what would be."""

    def __init__(self, status: int, detail: str, more: dict[str, Any] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.more = more or {}


def answer(request: Request, problem: Exception, index: str = "") -> Response:
    """Return a problem, or an error of the framework, as problem details.

    ``index`` is where the paths that there are can be read.
    """
    if isinstance(problem, Problem):
        return _build_response(problem, {})
    if isinstance(problem, BusyError):
        return _build_response(Problem(503, str(problem)), {"Retry-After": str(RETRY_AFTER_S)})
    if isinstance(problem, HTTPException):
        known = problem.status_code if problem.status_code in TITLES else 400
        detail = _DETAILS[known].format(index=index or request.scope.get("root_path", ""))
        return _build_response(Problem(known, detail), dict(problem.headers or {}))
    raise problem


_DETAILS = {
    400: "The request cannot be understood.",
    404: "No such path. {index} lists those there are.",
    405: "This service is read-only: use GET or HEAD.",
    406: "Not to be had in this form.",
    503: "The figures cannot be read.",
}


def _build_response(problem: Problem, headers: dict[str, str]) -> Response:
    body = {
        "type": "about:blank",
        "title": TITLES[problem.status],
        "status": problem.status,
        "detail": problem.detail,
        **problem.more,
    }
    return Response(
        json.dumps(body, ensure_ascii=False),
        problem.status,
        {**headers, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
        MEDIA_TYPE,
    )
