"""``streamlit run server.py``: the dashboard and its data service from one process."""

import gc
import json
import os
import shutil
import weakref
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from browser.serve import PATIENCE, ROOT, Server
from dashboard import web
from dashboard.data import store


def get(url: str) -> tuple[int, bytes]:
    try:
        with urlopen(Request(url), timeout=PATIENCE) as answer:  # noqa: S310 - our own server
            return int(answer.status), answer.read()
    except HTTPError as error:
        return error.code, error.read()


def test_both_are_served(server: Server) -> None:
    status, page = get(f"{server.url}/")
    assert status == 200
    assert b"<html" in page
    assert get(f"{server.url}/healthz")[0] == 200
    status, areas = get(f"{server.url}/api/v1/areas?cohort=New+six")
    assert (status, json.loads(areas)["count"]) == (200, 6)


@pytest.mark.parametrize(
    "path", ["api/v1/%00%ff", "api/v1/areas?%ff=%00&&&==", "api/v1/areas/%2e%2e%2fetc", "api/v1//"]
)
def test_nonsense_is_no_error_of_the_server(server: Server, path: str) -> None:
    assert 400 <= get(f"{server.url}/{path}")[0] < 500


def test_the_dashboard_is_the_same(server: Server) -> None:
    assert get(f"{server.url}/funding?cohort=New+six")[0] == 200
    assert "Traceback" not in server.said()


@pytest.mark.slow
def test_no_answer_keeps_figures_that_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    client = TestClient(Starlette(routes=web.build_routes()))
    old = weakref.ref(store.current())
    for path in ("areas", "areas/hastings", "areas.geojson", "datapackage.json", "openapi.json"):
        assert client.get(f"/api/v1/{path}").status_code == 200
    assert old()
    os.utime(folder / "areas.csv", ns=(1, 1))
    assert client.get("/healthz").status_code == 200
    gc.collect()
    assert old() is None
