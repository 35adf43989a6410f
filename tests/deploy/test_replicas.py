"""What visitors notice of two replicas behind nginx: nothing, not even when one dies."""

import os
import secrets
import signal
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from browser import screen
from browser.serve import PATIENCE
from deploy.proxy import Site, standing
from deploy.visitors import connected, read_page, script, sessions, slow_clients, visiting


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urlopen(Request(url, headers=headers), timeout=PATIENCE) as answer:  # noqa: S310
            return answer.status, _lower(answer.headers), answer.read()
    except HTTPError as error:
        return error.code, _lower(error.headers), error.read()


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def test_a_replica_is_killed_under_load(chromium: Browser, tmp_path: Path) -> None:
    with (
        standing(tmp_path) as site,
        chromium.new_context(reduced_motion="reduce") as context,
    ):
        page = context.new_page()
        screen.visit(page, f"{site.url}/funding?cohort=New+six")
        (home,) = [one for one in site.replicas if sessions(one.url)]
        with visiting(site.url, pages=3, answers=2) as crowd:
            assert crowd.more(pages=3, answers=10)
            with page.expect_websocket():
                os.kill(home.pid, signal.SIGKILL)
            expect(page.locator(screen.CONNECTED)).to_be_visible()
            screen.pill(page, "Region", "South East").click()
            expect(screen.main(page).get_by_text("1 of 12 areas").first).to_be_visible()
            assert crowd.more(pages=6, answers=20)
        expect(screen.radio(page, "New six")).to_be_checked()
        screen.address_is(page, f"{site.url}/funding", cohort="New six", region="South East")
        opened = screen.open_provenance(page)
        with page.expect_download() as coming:
            opened.get_by_role("button", name="CSV: ").click()
        assert Path(coming.value.path()).stat().st_size
        assert crowd.failures == []


def test_a_visitor_stays_with_a_replica(site: Site) -> None:
    homes = {since: {_replica(site, since) for _ in range(3)} for since in range(40)}
    assert {since: home for since, home in homes.items() if len(home) > 1} == {}
    assert len(set.union(*homes.values())) == 2


def _replica(site: Site, since: int) -> str:
    """Return which replica answered a visitor, whose cookie's mask is another each time."""
    said = len(site.read_log())
    cookie = f"2|{secrets.token_hex(4)}|{secrets.token_hex(16)}|{1790000000 + since}"
    assert get(f"{site.url}/healthz", Cookie=f"_streamlit_xsrf={cookie}")[0] == 200
    return site.wait_for_line("/healthz", said)["replica"]


def test_a_download_is_found_on_whichever_replica_made_it(site: Site) -> None:
    with connected(site.url) as own:
        icons = {
            message.page_config_changed.favicon
            for message in read_page(own)
            if message.WhichOneof("type") == "page_config_changed"
        }
        (path,) = icons
        direct = [get(f"{one.url}{path}")[0] for one in site.replicas]
        assert sorted(direct) == [200, 404]
        assert {get(f"{site.url}{path}")[0] for _ in range(8)} == {200}


def test_what_the_proxy_adds_and_hides(site: Site) -> None:
    _, headers, body = get(f"{site.url}{script(site.url)}", **{"Accept-Encoding": "gzip"})
    assert body.startswith(b"\x1f\x8b")
    assert "immutable" in headers["cache-control"]
    assert headers["server"] == "nginx"
    assert get(f"{site.url}/_stcore/metrics")[0] == 404
    stranger = Origin("https://elsewhere.example")
    address = f"{site.url.replace('http', 'ws', 1)}/_stcore/stream"
    with pytest.raises(InvalidStatus, match="403"), connect(address, origin=stranger):
        pass


def test_no_line_of_the_log_says_who_or_what(site: Site) -> None:
    said = len(site.read_log())
    get(f"{site.url}/api/v1/areas?cohort=New+six")
    line = site.wait_for_line("/api/v1/areas", said)
    assert "New" not in str(line)
    assert "client" not in line


def test_slow_clients_hold_nobody_up(site: Site) -> None:
    """Others are answered while the slow still wait for what they asked for."""
    with slow_clients(site.url, script(site.url), count=40) as sockets:
        for _ in range(10):
            assert get(f"{site.url}/api/v1/outcomes")[0] == 200
        with connected(site.url) as own:
            assert read_page(own, "funding")
        for one in sockets:
            assert len(one.recv(16)) == 16, "the slow are served as well"


@pytest.mark.parametrize("site", ["areas"], indirect=True)
def test_under_a_base_path(page: Page, site: Site) -> None:
    assert site.url.endswith("/areas")
    screen.visit(page, f"{site.url}/map?cohort=New+six")
    screen.drawn(page, districts_shown=7, areas_shown=6)
    screen.menu(page).get_by_text("Funding", exact=True).click()
    screen.address_is(page, f"{site.url}/funding", cohort="New six")
    assert get(f"{site.url}/healthz")[0] == 200
    assert get(f"{site.url}/api/v1/areas")[0] == 200
    assert get(f"{site.url}/_stcore/metrics")[0] == 404
