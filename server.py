"""The dashboard with its data service: ``streamlit run server.py``.

``app.py`` is the dashboard alone, and needs none of this.
"""

import streamlit as st

from dashboard import service

app = st.App("app.py", routes=service.routes(st.get_option("server.baseUrlPath")))
