"""Error answers: problem details, as in RFC 9457."""

import json
from collections.abc import Mapping

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


class Problem(Exception):  # noqa: N818 - the standard's term
    """Why a request cannot be answered; ``more`` holds further members for programs."""

    def __init__(self, status: int, detail: str, more: Mapping[str, object] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.more = more or {}


def build_response(request: Request, problem: Exception, index: str = "") -> Response:
    """Return a problem, or an error of the framework, as problem details.

    ``index`` is the address of the list of paths.

    Raises:
        Exception: the given one, if it is of another kind.
    """
    if isinstance(problem, Problem):
        return _format_problem(problem, {})
    if isinstance(problem, BusyError):
        return _format_problem(Problem(503, str(problem)), {"Retry-After": str(RETRY_AFTER_S)})
    if isinstance(problem, HTTPException):
        status = problem.status_code if problem.status_code in TITLES else 400
        detail = _DETAILS[status].format(index=index or request.scope.get("root_path", ""))
        return _format_problem(Problem(status, detail), dict(problem.headers or {}))
    raise problem


_DETAILS = {
    400: "The request cannot be understood.",
    404: "No such path. {index} lists those there are.",
    405: "This service is read-only: use GET or HEAD.",
    406: "Not to be had in this form.",
    503: "The figures cannot be read.",
}


def _format_problem(problem: Problem, headers: dict[str, str]) -> Response:
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
