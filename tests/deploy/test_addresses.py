"""No address, however odd, gives an exception: any page, any query string.

``make addresses`` tries ten thousand of them, others each time.
"""

import os
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from browser.screen import ADDRESSES
from browser.serve import PATIENCE, Server, serving
from dashboard.data import loader
from dashboard.data.loader import Data
from dashboard.filters import COHORTS, PLACE_TYPES
from deploy.proxy import SETTINGS
from deploy.visitors import connected, read_page

TRIES = int(os.environ.get("ADDRESSES", "150"))
NAMES = (
    *("cohort", "region", "place", "colour", "focus", "area", "areas", "measure", "sort"),
    *("source", "tier", "order", "table", "all", "part", "page", "Cohort", "embed"),
    *("embed_options", "find", "extent"),
)
TEXT = st.text(max_size=40)


def values(content: Data) -> tuple[str, ...]:
    """Return what addresses name when they are sound, and what is nearly so."""
    named = (content.areas["label"], content.areas["region"], content.measures["title"])
    sound = [
        *COHORTS,
        *PLACE_TYPES,
        *(one for column in named for one in column),
        "Fourth-year money",
    ]
    return (*sound, *(one.upper() for one in sound[:4]), "", "null", "-1", "1e999", "[]", "true")


def queries(known: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Return query strings: names that are known with odd values, odd names, and mere text."""
    pairs = st.tuples(st.sampled_from(NAMES) | TEXT, st.sampled_from(known) | TEXT)
    written = st.lists(pairs, max_size=6).map(lambda all_: urlencode(all_, errors="replace"))
    return written | TEXT


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("addresses") / "server.log"
    with serving(log, script="server.py", settings=SETTINGS) as started:
        yield started


def test_no_address_gives_an_exception(server: Server) -> None:
    pages = st.sampled_from(ADDRESSES) | TEXT
    drawn = 0

    # The same addresses each time, so that a change that passes once passes again.
    @settings(
        max_examples=TRIES,
        deadline=None,
        database=None,
        derandomize="ADDRESSES" not in os.environ,
        suppress_health_check=list(HealthCheck),
    )
    @given(page=pages, query=queries(values(loader.load())))
    def opens(page: str, query: str) -> None:
        nonlocal drawn
        assert status(f"{server.url}/{quote(page, errors='replace')}?{quote(query, '=&%+')}") < 500
        # A page's own name is no text that cannot be sent.
        said = query.encode(errors="replace").decode()
        with connected(server.url) as socket:
            came = read_page(socket, page.encode(errors="replace").decode(), said)
        elements = [one.delta.new_element for one in came if one.WhichOneof("type") == "delta"]
        assert elements
        assert [one.exception for one in elements if one.WhichOneof("type") == "exception"] == []
        drawn += 1

    opens()
    assert drawn >= TRIES
    assert [one for one in server.said().splitlines() if '"ERROR"' in one] == []


def status(url: str) -> int:
    try:
        with urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
            return int(answer.status)
    except HTTPError as error:
        return error.code
