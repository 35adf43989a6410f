"""Print the path of a program that tests need, fetching it where it is not installed.

``browser``: a Chromium, for the browser tests. ``office``: LibreOffice, which opens the exports.
``nginx``: the proxy, for the tests of a deployment. Looked for in this order: BROWSER_PATH,
OFFICE_PATH or NGINX_PATH, a program on PATH, Debian's package through apt, and for the browser
Playwright's own download. Exits 1 with a plain word when none can be had.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Program:
    """A program: the variable that names it, what it is called, Debian's package, what without."""

    variable: str
    names: tuple[str, ...]
    package: str
    without: str


PROGRAMS = {
    "browser": Program(
        "BROWSER_PATH",
        # The shell draws the same pages with a quarter less work: it has no window of its own.
        (
            *("chromium-headless-shell", "chrome-headless-shell"),
            *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        ),
        "chromium-headless-shell",
        "No browser could be found or installed, so the browser tests cannot run.\n"
        "Install Chromium or Chrome, or set BROWSER_PATH to one.",
    ),
    "office": Program(
        "OFFICE_PATH",
        ("soffice", "libreoffice"),
        "libreoffice-calc-nogui",
        "LibreOffice could not be found or installed, so exports cannot be opened.\n"
        "Install LibreOffice Calc, or set OFFICE_PATH to soffice.",
    ),
    "nginx": Program(
        "NGINX_PATH",
        # Debian keeps it where the PATH of an ordinary user does not lead.
        ("nginx", "/usr/sbin/nginx"),
        "nginx-light",
        "nginx could not be found or installed, so a deployment cannot be tested.\n"
        "Install nginx, or set NGINX_PATH to it.",
    ),
}


def on_path(program: Program) -> str | None:
    """Return the path of an installed program, or None."""
    named = os.environ.get(program.variable)
    if named and Path(named).is_file():
        return named
    return next((found for name in program.names if (found := shutil.which(name))), None)


def from_apt(program: Program) -> str | None:
    """Install Debian's package where apt is there and we may use it."""
    if not shutil.which("apt-get"):
        return None
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if sudo and not shutil.which("sudo"):
        return None
    install = ["install", "-y", "-qq", "--no-install-recommends", program.package]
    for arguments in (["update", "-qq"], install):
        if not _succeeds([*sudo, "apt-get", *arguments]):
            return None
    return on_path(program)


def from_playwright(program: Program) -> str | None:
    """Let Playwright download the Chromium it was built for."""
    if program.variable != "BROWSER_PATH":
        return None
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", choices=PROGRAMS)
    program = PROGRAMS[parser.parse_args().program]
    ways: tuple[Callable[[Program], str | None], ...] = (on_path, from_apt, from_playwright)
    for way in ways:
        if found := way(program):
            print(found)
            return 0
    print(program.without, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
