"""What ``streamlit run server.py`` says: JSON, every line, whatever happens."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from browser.serve import ROOT, Server, serving
from browser.test_faulty_data import spoil
from deploy.proxy import SETTINGS
from deploy.visitors import connected, read_page

ROW = 11


def said(server: Server) -> list[dict[str, Any]]:
    return [json.loads(line) for line in server.said().splitlines()]


def test_faults_of_the_figures(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    spoil(folder / "areas.csv", row=ROW, column="population", value="plenty")
    with serving(tmp_path / "log", script="server.py", data=folder, settings=SETTINGS) as server:
        for _ in range(2):
            with connected(server.url) as visitor:
                read_page(visitor, query="cohort=New+six")
        (started, *faults) = said(server)
    assert started["event"] == "started"
    (fault,) = faults
    assert (fault["level"], fault["file"], fault["row"]) == ("ERROR", "areas.csv", ROW)
    assert (fault["column"], fault["value"]) == ("population", "plenty")


def test_errors_of_a_page_and_of_the_framework(tmp_path: Path) -> None:
    page, server_script = tmp_path / "broken.py", tmp_path / "server.py"
    page.write_text("raise ValueError('what nobody expected')\n", "utf-8")
    text = (ROOT / "server.py").read_text("utf-8")
    server_script.write_text(text.replace('"app.py"', f'"{page}"'), "utf-8")
    with serving(tmp_path / "log", script=str(server_script), settings=SETTINGS) as server:
        with connected(server.url) as visitor:
            read_page(visitor, query="cohort=New+six")
        address = f"{server.url.replace('http', 'ws', 1)}/_stcore/stream?cohort=New+six"
        with (
            pytest.raises(InvalidStatus),
            connect(address, origin=Origin("http://localhost.example")),
        ):
            pass
        lines = said(server)
    assert "cohort" not in str(lines)
    (error,) = [line for line in lines if "error" in line]
    assert error["error"].splitlines()[-1] == "ValueError: what nobody expected"
    assert error["logger"].startswith("streamlit")
    (refused,) = [line for line in lines if line["level"] == "WARNING"]
    assert refused["origin"] == "localhost.example"
    assert refused["host"] in server.url
