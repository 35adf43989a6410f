"""The browser: which one, and how it is started."""

import subprocess
import sys

from playwright.sync_api import Browser, Playwright

from browser.serve import ROOT

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch(playwright: Playwright) -> Browser:
    """Start the browser that ``scripts/find_program.py`` finds: BROWSER_PATH comes first.

    Raises:
        RuntimeError: there is none; the message says what to do.
    """
    found = subprocess.run(
        [sys.executable, ROOT / "scripts/find_program.py", "browser"],
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode:
        raise RuntimeError("\n".join(found.stderr.strip().splitlines()[-2:]))
    return playwright.chromium.launch(executable_path=found.stdout.strip(), args=list(FLAGS))
