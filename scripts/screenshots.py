"""Take every page's picture, light and dark, wide and narrow, into screenshots/.

``--readme`` takes one picture instead: the front page down to its map, for README.md.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # the browser tests' server, browser and waiting

from browser import chromium, screen, serve  # noqa: E402

Theme = Literal["light", "dark"]

THEMES: tuple[Theme, ...] = ("light", "dark")
WIDTHS = (1280, 390, 320)
HEIGHT = 900
FOLDER = ROOT / "screenshots"
README = ROOT / "docs" / "overview.png"
README_BYTES = 150_000
README_HEIGHT = 1720
# What the menu's links do not open: the pages that show one area once the address names it.
AREA = "Fenland+and+East+Cambridgeshire"
WITH_AREA = {"map": f"?focus={AREA}", "profile": f"?area={AREA}"}


def main() -> int:
    """Start a server and a browser, take the pictures, return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true", help=f"write {README.name} alone")
    take: Callable[[Browser, str], None] = readme if parser.parse_args().readme else every_page
    with (
        tempfile.TemporaryDirectory() as folder,
        serve.serving(Path(folder) / "server.log") as server,
        sync_playwright() as playwright,
        chromium.launch(playwright) as browser,
    ):
        take(browser, server.url)
    return 0


def every_page(browser: Browser, url: str) -> None:
    """Take each page of the menu in each theme and width."""
    FOLDER.mkdir(exist_ok=True)
    with opened(browser, "light", WIDTHS[0]) as page:
        screen.visit(page, f"{url}/")
        links = [link.get_attribute("href") or "" for link in screen.menu(page).all()]
    links += [link + WITH_AREA[name(link)] for link in links if name(link) in WITH_AREA]
    for theme in THEMES:
        for width in WIDTHS:
            with opened(browser, theme, width) as page:
                for link in links:
                    screen.visit(page, link)
                    whole(page, width)
                    page.screenshot(path=FOLDER / f"{name(link)}-{width}-{theme}.png")
    print(f"{len(links) * len(THEMES) * len(WIDTHS)} pictures in {FOLDER}")


def readme(browser: Browser, url: str) -> None:
    """Take the front page down to its map, in few enough bytes for a README."""
    with opened(browser, "light", WIDTHS[0]) as page:
        page.set_viewport_size({"width": WIDTHS[0], "height": README_HEIGHT})
        screen.visit(page, f"{url}/")
        taken = Image.open(BytesIO(page.screenshot()))
    README.parent.mkdir(exist_ok=True)
    taken.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(README, optimize=True)
    size = README.stat().st_size
    if size > README_BYTES:
        raise SystemExit(f"{README} has {size} bytes, more than {README_BYTES}")
    print(f"{README}: {size} bytes")


@contextmanager
def opened(browser: Browser, theme: Theme, width: int) -> Iterator[Page]:
    """Yield a page of a width in a theme."""
    with browser.new_context(
        viewport={"width": width, "height": HEIGHT}, color_scheme=theme, reduced_motion="reduce"
    ) as context:
        yield context.new_page()


def whole(page: Page, width: int) -> None:
    """Make the window as high as the page: it is a part of the window that scrolls, not all."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    screen.settled(page)
    height = screen.main(page).evaluate("part => part.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, HEIGHT)})
    screen.settled(page)


def name(link: str) -> str:
    """Return a file's name for an address: the page, and whether an area is chosen."""
    page = re.sub(r"^https?://[^/]+/|\?.*$", "", link) or "overview"
    return f"{page}-area" if "?" in link else page


if __name__ == "__main__":
    sys.exit(main())
