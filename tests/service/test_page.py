"""The page that everything begins in: Streamlit's, with words of ours, sent as its own was."""

import re
from base64 import b64encode
from contextlib import closing
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.testclient import TestClient

from browser.serve import HOST, Server
from dashboard import exports, web
from dashboard.web import page
from dashboard.web.api.endpoints import ENDPOINTS
from expected import read_table
from injection import Planted

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
PAGES = ["", "funding", "funding?cohort=New+six", "profile?area=Hastings", "?page=no-such-page"]


def ask(
    server: Server, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    where = urlsplit(server.url)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(HTTPConnection(where.hostname or HOST, where.port, timeout=60)) as connection:
        connection.request(method, f"{where.path}/{path}", headers=named)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_words_and_a_tag(server: Server, path: str) -> None:
    status, headers, body = ask(server, path)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert body.decode() == page.add_help(INDEX)
    assert headers["cache-control"] == "no-cache"
    assert headers["content-length"] == str(len(body))
    assert not {"last-modified", "content-encoding", "content-range"} & set(headers)
    tag = headers["etag"]
    for named in (tag, f'"x", {tag}', tag.removeprefix("W/")):
        status, again, nothing = ask(server, path, If_None_Match=named)
        assert (status, again["etag"], nothing) == (304, tag, b"")
        assert again["cache-control"] == "no-cache"
    assert ask(server, path, If_None_Match='"another"')[0] == 200
    status, head, nothing = ask(server, path, "HEAD")
    assert (status, nothing) == (200, b"")
    assert head["content-length"] == headers["content-length"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=0-20"},
        {"Accept_Encoding": "gzip"},
        # What a browser says that kept Streamlit's own page.
        {"If_Modified_Since": "Fri, 31 Dec 2100 00:00:00 GMT"},
    ],
)
def test_the_page_is_sent_whole(server: Server, path: str, headers: dict[str, str]) -> None:
    status, found, body = ask(server, path, **headers)
    assert (status, found["content-length"]) == (200, str(len(body)))
    assert body.decode() == page.add_help(INDEX)


def test_nothing_else_is_replaced(server: Server) -> None:
    script = re.findall(r"\./(static/js/index\.\S+\.js)", INDEX)[0]
    status, headers, body = ask(server, script)
    assert (status, b"connection-help" in body) == (200, False)
    assert "immutable" in headers["cache-control"]
    assert ask(server, script, If_None_Match=headers["etag"])[0] == 304
    assert ask(server, script, Range="bytes=0-9")[0] == 206
    assert b"connection-help" not in ask(server, "_stcore/health")[2]


def test_the_policy_names_each_inline_script(server: Server) -> None:
    _, headers, body = ask(server, "")
    scripts = re.findall(rb"<script>(.*?)</script>", body, re.DOTALL)
    assert len(scripts) == 3
    for script in scripts:
        digest = b64encode(sha256(script).digest()).decode()
        assert f"'sha256-{digest}'" in headers["content-security-policy"]


def test_without_javascript_the_same_files_are_named() -> None:
    (said,) = re.findall(r"<noscript>(.*?)</noscript>", page.add_help(INDEX), re.DOTALL)
    assert "needs JavaScript" in said
    words = (Path(page.__file__).parent / "static" / "connection-help.html").read_text("utf-8")
    assert re.findall(r'href="(.*?)"', said) == re.findall(r'href="(.*?)"', words)


@pytest.mark.parametrize("spoilt", ["", INDEX.replace("</body>", ""), INDEX * 2])
def test_a_page_that_is_not_as_expected_is_told(spoilt: str) -> None:
    with pytest.raises(ValueError, match="Streamlit's page"):
        page.add_help(spoilt)


@pytest.mark.parametrize("end", ["", "/"])
def test_the_plain_page_leads_to_every_file(server: Server, end: str) -> None:
    status, headers, body = ask(server, f"plain{end}")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert ask(server, f"plain{end}", If_None_Match=headers["etag"])[0] == 304
    links = re.findall(r'<a href="\./(api.*?)"', body.decode())
    area_ids = [row["area_id"] for row in read_table("areas")]
    assert links == [
        *(f"api/v1/opportunity-areas.{one.suffix}" for one in exports.FORMATS.values()),
        *(f"api/v1{one.path}?format=csv" for one in ENDPOINTS),
        *(f"api/v1/areas/{one}/brief.pdf" for one in area_ids),
    ]
    # Every form of file is asked for in test_schema.py.
    for link in ("api/v1/opportunity-areas.json", "api/v1/sources?format=csv", links[-1]):
        assert link in links
        assert ask(server, link, "HEAD")[0] == 200, link


@pytest.mark.slow
def test_text_of_the_data_is_text_on_the_plain_page(
    planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(planted.folder))
    said = TestClient(Starlette(routes=web.build_routes())).get("/plain").text
    assert "<script" not in said
    assert "<img" not in said
