"""The dashboard with its data service: ``streamlit run server.py``.

``app.py`` is the dashboard alone, and needs none of this.
"""

import streamlit as st
import streamlit.logger

from dashboard import log, service

log.configure()
# The one place where each of Streamlit's loggers gets its handler, those to come as well.
streamlit.logger.setup_formatter = log.adopt

app = st.App("app.py", routes=service.routes(st.get_option("server.baseUrlPath")))
