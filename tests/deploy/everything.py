"""Asks a server for all it has, in a process of its own: ``python -m deploy.everything LOG``."""

import sys
from pathlib import Path
from urllib.request import urlopen

from browser.screen import ADDRESSES
from browser.serve import PATIENCE, serving
from dashboard import brief, exports
from dashboard.charts import image_export
from dashboard.data import loader
from dashboard.palette import LIGHT
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.topics.funding.areas import build_fourth_year
from dashboard.web.api import endpoints
from deploy.proxy import SETTINGS
from deploy.visitors import connected, read_page


def main(log: Path) -> None:
    """Read every page and every answer of the service; build every file."""
    with serving(log, script="server.py", settings=SETTINGS) as server:
        for page in ADDRESSES:
            with connected(server.url) as socket:
                read_page(socket, page, "area=Hastings&cohort=New+six")
        paths = ["/", "/healthz", "/_stcore/metrics", "/api/v1/openapi.json"]
        for path in [*paths, *(f"/api/v1{one.path}" for one in endpoints.ENDPOINTS)]:
            with urlopen(f"{server.url}{path}", timeout=PATIENCE) as answer:  # noqa: S310
                answer.read()
    content = loader.load()
    for name in exports.FORMATS:
        exports.build(content, name, None)
    brief.render_brief(content, "hastings")
    amounts = build_fourth_year(content, compute_area_facts(content))
    assert amounts.chart
    totals = amounts.chart(LIGHT)
    image_export.render_png({"Title": totals}, "Title", "Said")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
