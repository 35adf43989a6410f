"""The dashboard with its data service: ``streamlit run server.py``.

``app.py`` is the dashboard alone, and needs none of this.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
import streamlit.logger

from dashboard import log, service, temporary
from dashboard.service import guard

log.configure()
# The one place where each of Streamlit's loggers gets its handler, those to come as well.
streamlit.logger.setup_formatter = log.adopt

_PAGE = Path(st.__file__).parent / "static" / "index.html"


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[None]:
    """Leave no file: uvicorn ends by the signal that stopped it, without what runs at exit."""
    yield
    temporary.remove_folders()


app = st.App(
    "app.py",
    routes=service.routes(st.get_option("server.baseUrlPath")),
    lifespan=_lifespan,
    middleware=guard.middleware(_PAGE.read_text(encoding="utf-8")),
)
