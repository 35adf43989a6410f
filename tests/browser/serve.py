"""A server of the dashboard in a process of its own: for the browser tests and the pictures."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
# Seconds before a wait is given up: a busy machine is slow, not broken, and only what hangs takes
# longer. No test asserts how long anything takes (tests/unit/test_no_clock.py).
PATIENCE = 120.0


@dataclass(frozen=True)
class Server:
    """A server that answers: its address (no slash at the end), process and what it says."""

    url: str
    log: Path
    pid: int

    def said(self) -> str:
        """Return the server's output so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End the server, as a machine that is switched off does."""
        os.kill(self.pid, signal.SIGKILL)

    def memory(self) -> float:
        """Return the megabytes of memory that the process holds now."""
        return _read_memory(self.pid)

    def memory_of_children(self) -> float:
        """Return the megabytes of memory that the processes it started hold now."""
        children = Path(f"/proc/{self.pid}/task").glob("*/children")
        pids = [pid for one in children for pid in one.read_text("ascii").split()]
        return sum(map(_read_memory, map(int, pids)))


def _read_memory(pid: int) -> float:
    """Return the megabytes of memory that a process holds now, 0 if it has ended."""
    with suppress(OSError, ValueError):
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        (kilobytes,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
        return int(kilobytes) / 1024
    return 0.0


def program(name: str) -> str:
    """Return the path of a program that ``scripts/find_program.py`` finds or installs.

    Raises:
        RuntimeError: there is none; the message says what to do.
    """
    command = [sys.executable, str(ROOT / "scripts/find_program.py"), name]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    if found.returncode:
        raise RuntimeError("\n".join(found.stderr.strip().splitlines()[-2:]))
    return found.stdout.strip()


@contextmanager
def serving(
    log: Path,
    *,
    base_path: str = "",
    data: Path | None = None,
    script: str = "app.py",
    settings: Mapping[str, str] | None = None,
    port: int | None = None,
) -> Iterator[Server]:
    """Start a server, on a free port where none is named, yield it once it answers, stop it
    afterwards.

    Raises:
        RuntimeError: it died or never answered; the message carries its output.
    """
    port = port or free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            _command(script, port, base_path),
            cwd=ROOT,
            env=_environment(data) | dict(settings or {}),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://{HOST}:{port}/{base_path}".rstrip("/"), log, process.pid)
    try:
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        process.wait()


def _command(script: str, port: int, base_path: str) -> list[str]:
    options = {
        "server.address": HOST,
        "server.port": port,
        "server.baseUrlPath": base_path,
        # An editor that saves a file must not rerun a page under a test.
        "server.fileWatcherType": "none",
    }
    flags = [f"--{name}={value}" for name, value in options.items() if value != ""]
    return [sys.executable, "-m", "streamlit", "run", script, *flags]


def _environment(data: Path | None) -> dict[str, str]:
    """Return the caller's environment without what would set up the server otherwise."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("STREAMLIT_") and name != "DASHBOARD_DATA"
    }
    return kept if data is None else {**kept, "DASHBOARD_DATA": str(data)}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait(server: Server, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while not _answers(server):
        if process.poll() is not None:
            raise RuntimeError(f"The server died ({process.returncode}):\n{server.said()}")
        if time.monotonic() > end:
            raise RuntimeError(f"The server did not answer in {PATIENCE} s:\n{server.said()}")
        time.sleep(0.05)


def _answers(server: Server) -> bool:
    try:
        with urlopen(f"{server.url}/_stcore/health", timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
