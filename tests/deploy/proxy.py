"""nginx in front of replicas, as ``deploy/`` sets it up, on ports of the tests' own."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from browser.serve import HOST, PATIENCE, ROOT, Server, free_port, program, serving

DEPLOY = ROOT / "deploy"
SETTINGS = dict(
    line.split("=", 1)
    for line in (DEPLOY / "production.env").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
)
_PORTS = ("127.0.0.1:8501", "127.0.0.1:8502")


@dataclass(frozen=True)
class Site:
    """Replicas and the address at which nginx stands for them."""

    url: str
    replicas: tuple[Server, ...]
    folder: Path

    def read_log(self) -> list[dict[str, str]]:
        """Return what the lines of the proxy's log say."""
        lines = (self.folder / "access.log").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def wait_for_line(self, path: str, after: int) -> dict[str, str]:
        """Wait for a line of the proxy's log on a path, after so many lines, and return it.

        Other lines may come first: a connection of an earlier visitor is logged when it ends.
        """
        end = time.monotonic() + PATIENCE
        while True:
            for line in self.read_log()[after:]:
                if line["path"] == path:
                    return line
            assert time.monotonic() < end, f"no line on {path}"
            time.sleep(0.005)


@contextmanager
def standing(folder: Path, *, base_path: str = "") -> Iterator[Site]:
    """Start two replicas and nginx in front of them; stop them afterwards."""
    with ExitStack() as stack:
        replicas = tuple(
            stack.enter_context(
                serving(
                    folder / f"replica-{number}.log",
                    base_path=base_path,
                    script="server.py",
                    settings=SETTINGS,
                )
            )
            for number in range(len(_PORTS))
        )
        hosts = [urlsplit(one.url).netloc for one in replicas]
        home = stack.enter_context(start_proxy(folder / "proxy", hosts))
        yield Site(f"{home}/{base_path}".rstrip("/"), replicas, folder / "proxy")


@contextmanager
def start_proxy(
    folder: Path, hosts: Sequence[str], changes: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Start nginx in front of two hosts, with words of its configuration changed."""
    folder.mkdir()
    port = free_port()
    _copy(
        "nginx.conf",
        folder,
        {
            "listen 8080 default_server;": f"listen {HOST}:{port} default_server;",
            "listen 8080;": f"listen {HOST}:{port};",
            **(changes or {}),
        },
    )
    _copy("names.conf", folder, {})
    _copy("replicas.conf", folder, dict(zip(_PORTS, hosts, strict=True)))
    # Where root runs the tests, nginx must not become somebody who may not read their folder.
    orders = "daemon off;" if os.geteuid() else "daemon off; user root;"
    with (folder / "said.log").open("wb") as said:
        process = subprocess.Popen(
            [program("nginx"), "-p", folder, "-c", folder / "nginx.conf", "-g", orders], stderr=said
        )
    try:
        _wait(port, process, folder / "said.log")
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait()


def _copy(name: str, folder: Path, changes: dict[str, str]) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1, f"{name} must say {old} once"
        text = text.replace(old, new)
    (folder / name).write_text(text, "utf-8")


def _wait(port: int, process: "subprocess.Popen[bytes]", said: Path) -> None:
    """Wait until nginx listens, without asking for anything: its log stays empty."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            with socket.create_connection((HOST, port), timeout=2):
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"nginx does not answer:\n{said.read_text('utf-8')}")
