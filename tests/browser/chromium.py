"""The browser: which one, and how it is started."""

from playwright.sync_api import Browser, Playwright

from browser.serve import program

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
    return playwright.chromium.launch(executable_path=program("browser"), args=list(FLAGS))
