"""The index of the service on the server as it runs, with a slash at the end and without."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from browser.serve import PATIENCE, Server


def ask(url: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    asked = Request(url, method=method, headers=headers)  # noqa: S310 - our own server
    try:
        with urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
            return int(answer.status), _lower(answer.headers), answer.read()
    except HTTPError as error:
        return error.code, _lower(error.headers), error.read()


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@pytest.mark.slow
def test_the_index_is_at_the_bare_path_too(server: Server) -> None:
    status, headers, bare = ask(f"{server.url}/api/v1")
    assert (status, headers["content-type"]) == (200, "application/json")
    assert bare == ask(f"{server.url}/api/v1/")[2]
    root = server.url.split("/", maxsplit=3)[:3]
    for path in json.loads(bare)["paths"]:
        asked = path.replace("{area}", "derby").replace("{form}", "json")
        assert ask("/".join(root) + asked)[0] == 200, path


@pytest.mark.slow
def test_a_lost_reader_is_led_to_it(server: Server) -> None:
    status, _, said = ask(f"{server.url}/api/v1/weather")
    detail = json.loads(said)["detail"]
    assert (status, detail.split()[3].endswith("/api/v1")) == (404, True)
    root = "/".join(server.url.split("/", maxsplit=3)[:3])
    assert ask(root + detail.split()[3])[1]["content-type"] == "application/json"


@pytest.mark.parametrize("path", ["api/v1", "api/v1/areas", "healthz"])
def test_writing_is_refused_as_a_problem(server: Server, path: str) -> None:
    status, headers, said = ask(f"{server.url}/{path}", "POST")
    assert (status, headers["content-type"]) == (405, "application/problem+json")
    assert json.loads(said)["status"] == 405


def test_a_compressed_body_has_no_strong_tag_of_a_plain_one(server: Server) -> None:
    plain = ask(f"{server.url}/api/v1/areas")[1]
    packed = ask(f"{server.url}/api/v1/areas", **{"Accept-Encoding": "gzip"})[1]
    assert packed["content-encoding"] == "gzip"
    assert "content-encoding" not in plain
    assert plain["etag"] != packed["etag"] or plain["etag"].startswith("W/")
    again = {"If-None-Match": packed["etag"], "Accept-Encoding": "gzip"}
    assert ask(f"{server.url}/api/v1/areas", **again)[0] == 304
