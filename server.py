"""The dashboard with its data service: ``streamlit run server.py``; ``app.py`` is without it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
import streamlit.logger
from starlette.middleware import Middleware

from dashboard import temporary, web
from dashboard.web import capacity, logging_config, page, paths, security
from dashboard.web.cross_origin import CrossOriginMiddleware
from dashboard.web.framework_routes import AllowedRoutesMiddleware
from dashboard.web.redirects import RelativeRedirectMiddleware

logging_config.configure()
capacity.raise_descriptor_limit()
# Streamlit calls this for each of its loggers, also for later ones.
streamlit.logger.setup_formatter = logging_config.adopt

_BASE_PATH = st.get_option("server.baseUrlPath")
_PAGE = page.add_help(
    (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
)


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[None]:
    """Remove temporary files at the end: uvicorn stops by a signal, so atexit does not run."""
    yield
    temporary.remove_folders()


app = st.App(
    "app.py",
    routes=web.build_routes(_BASE_PATH),
    lifespan=_lifespan,
    middleware=[
        Middleware(CrossOriginMiddleware, base_path=_BASE_PATH),
        *security.build_middleware(_PAGE),
        Middleware(AllowedRoutesMiddleware, base_path=_BASE_PATH),
        paths.build_middleware(_BASE_PATH),
        Middleware(capacity.VisitorLimitMiddleware),
        Middleware(RelativeRedirectMiddleware),
        Middleware(page.PageMiddleware, page=_PAGE),
    ],
)
