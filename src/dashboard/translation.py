"""What keeps a page right that a browser translates: a script, run in the page itself."""

from functools import cache
from pathlib import Path


@cache
def script() -> str:
    """Return the script; the server's policy names it by the digest of just this text."""
    return Path(__file__).with_suffix(".js").read_text(encoding="utf-8").strip()
