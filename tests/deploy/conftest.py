"""A site of two replicas behind nginx, and the browser of the browser tests."""

from collections.abc import Iterator

import pytest

from browser.conftest import page, reader, servers, theme, width
from deploy.proxy import Site, standing

__all__ = ["page", "reader", "servers", "theme", "width"]


@pytest.fixture(scope="module")
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Two replicas behind nginx; a test may ask for a base path."""
    folder = tmp_path_factory.mktemp("site")
    with standing(folder, base_path=getattr(request, "param", "")) as site:
        yield site
