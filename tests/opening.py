"""Opening a page as a reader would, without a browser."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from browser.serve import PATIENCE

ROOT = Path(__file__).parents[1]


FOLDED = re.compile(r"-(folded-.*)")


def visited(page: str, **address: str | list[str]) -> AppTest:
    """Open a page as app.py does, with an address, and refuse any exception."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    for name, value in address.items():
        test.query_params[name] = value
    test.run()
    if page != "overview":
        test.switch_page(f"pages/{page}.py").run()
    assert not test.exception
    return test


def opened(page: str, **address: str | list[str]) -> AppTest:
    """Open a page as :func:`visited` does, and then all that is folded on it."""
    test = visited(page, **address)
    folded = [match for one in test.main.expander if (match := FOLDED.search(one.proto.id))]
    for match in folded:
        test.session_state[match[1]] = True
    if folded:
        test.run()
    assert not test.exception
    return test


def shown(test: AppTest) -> str:
    """Return all that the page says: prose, captions, figures and tables."""
    main = test.main
    prose = [
        str(getattr(one, "value", ""))
        for kind in ("title", "header", "subheader", "markdown")
        for one in main.get(kind)
    ]
    figures = [f"{one.label} {one.value}" for one in main.metric]
    tables = [one.value.to_csv() for one in main.table]
    said = "\n".join([*prose, *figures, *tables, *(str(one.value) for one in main.info)])
    return re.sub(r"\\(\W)", r"\1", said)
