"""The script that keeps a page correct when a browser translates it; it runs in the page."""

from functools import cache
from pathlib import Path


@cache
def load_script() -> str:
    """Load the script. The server's content security policy allows it by this text's digest."""
    return Path(__file__).with_suffix(".js").read_text(encoding="utf-8").strip()
