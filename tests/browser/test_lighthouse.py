"""Lighthouse gives every page full marks for accessibility and nearly for best practices.

What costs the rest: on a deep link Streamlit looks for its server one level too deep first, and
Chromium writes its two 404s to the console (``watch.py`` allows the same two).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from browser import screen
from browser.serve import Server

FOLDER = Path(__file__).with_name("lighthouse")
NODE = Path(sys.executable).with_name("node")
PAGES = (*screen.ADDRESSES, "profile?area=Hastings")


def test_marks(server: Server) -> None:
    assert (FOLDER / "node_modules").is_dir(), "make test installs Lighthouse"
    addresses = [f"{server.url}/{page}" for page in PAGES]
    ran = subprocess.run(
        [NODE, FOLDER / "marks.mjs", *addresses],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    marks = json.loads(ran.stdout)
    assert set(marks) == {*addresses}
    poor = {
        address: said
        for address, said in marks.items()
        if said["error"] or said["accessibility"] < 100 or said["best-practices"] < 95
    }
    assert poor == {}
