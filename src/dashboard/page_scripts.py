"""The scripts that run in the page itself: translation, anchors, filters, the order of rows."""

from functools import cache
from pathlib import Path

_NAMES = ("translation.js", "anchor.js", "filter_status.js", "table_sort.js")


@cache
def load_script() -> str:
    """Load the scripts as one. The server's content security policy allows it by its digest."""
    here = Path(__file__).parent
    return "\n".join((here / name).read_text(encoding="utf-8").strip() for name in _NAMES)
