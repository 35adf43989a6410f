"""The server asks nobody outside, and needs nobody: its network is cut."""

import subprocess
import sys
from pathlib import Path

import pytest

from browser.serve import ROOT

RECORDER = Path(__file__).parent / "recorder"
CUT = ("unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
NOBODY = ("127.0.0.1", "localhost", "::1", "0.0.0.0")  # noqa: S104 - compared with, not bound to


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Record whom this test's processes ask."""
    record = tmp_path / "asked"
    record.touch()
    monkeypatch.setenv("ASKED", str(record))
    monkeypatch.setenv("PYTHONPATH", f"{RECORDER}:{ROOT / 'tests'}:{ROOT}")
    return record


def test_every_page_file_and_answer_without_a_network(asked: Path, tmp_path: Path) -> None:
    done = _run([*CUT, sys.executable, "-m", "deploy.everything", str(tmp_path / "server.log")])
    assert done.returncode == 0, done.stderr
    lines = asked.read_text("utf-8").splitlines()
    assert lines, "the recorder noted nothing, not even the test's own questions"
    outside = [one for one in lines if not any(home in one for home in NOBODY)]
    assert outside == []


def test_the_recorder_sees_a_question_and_the_network_is_cut(asked: Path) -> None:
    asking = "import urllib.request; urllib.request.urlopen('http://192.0.2.1', timeout=5)"
    done = _run([*CUT, sys.executable, "-c", asking])
    assert "Network is unreachable" in done.stderr
    assert "192.0.2.1" in asked.read_text("utf-8")


def _run(command: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
