"""Print the path of a Chromium for the browser tests, fetching one where none is installed.

Looked for in this order: BROWSER_PATH, a browser on PATH, Debian's package through apt,
Playwright's own download. Exits 1 with a plain word when none can be had.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def on_path() -> str | None:
    """Return the path of an installed browser, or None."""
    named = os.environ.get("BROWSER_PATH")
    if named and Path(named).is_file():
        return named
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def from_apt() -> str | None:
    """Install Debian's chromium where apt is there and we may use it."""
    if not shutil.which("apt-get"):
        return None
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if sudo and not shutil.which("sudo"):
        return None
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
        if not _succeeds([*sudo, "apt-get", *arguments]):
            return None
    return on_path()


def from_playwright() -> str | None:
    """Let Playwright download the Chromium it was built for."""
    if not _succeeds([sys.executable, "-m", "playwright", "install", "chromium"]):
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _succeeds(command: list[str]) -> bool:
    """Run a command with its output on stderr: stdout carries the path alone."""
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0  # noqa: S603


def main() -> int:
    """Print a path and return 0, or explain and return 1."""
    ways: tuple[Callable[[], str | None], ...] = (on_path, from_apt, from_playwright)
    for way in ways:
        if found := way():
            print(found)
            return 0
    print(
        "No browser could be found or installed, so the browser tests cannot run.\n"
        "Install Chromium or Chrome, or set BROWSER_PATH to one.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
