"""The browser: which one, and how it is started."""

from playwright.sync_api import Browser, Playwright

from browser.screen import PATIENCE
from browser.serve import program

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nobody listens there: the browser reaches this machine alone.
    "--proxy-server=http://127.0.0.1:9",
)


def launch(playwright: Playwright, *flags: str) -> Browser:
    """Start the browser that ``scripts/find_program.py`` finds: BROWSER_PATH comes first.

    Whatever is opened in it waits as long as the tests do.

    Raises:
        RuntimeError: there is none; the message says what to do.
    """
    browser = playwright.chromium.launch(executable_path=program("browser"), args=[*FLAGS, *flags])
    browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
    return browser
