"""The entry point: ``streamlit run app.py``."""

from dashboard.ui import shell

shell.run_page()
