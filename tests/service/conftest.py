"""The server as it runs, for all who ask it: at its root, and under a path."""

from collections.abc import Iterator

import pytest

from browser.serve import Server, serving


@pytest.fixture(scope="session", params=["", "oa"], ids=["root", "under a path"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("service") / "server.log"
    with serving(log, script="server.py", base_path=request.param) as started:
        yield started
