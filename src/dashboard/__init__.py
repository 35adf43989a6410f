"""The opportunity areas dashboard.

Layers, imports going one way only:

    pages -> ui -> {charts, maps, text, measures} -> {palette, filters, data} -> faults

Only ``app.py``, ``pages/`` and ``dashboard.ui`` import Streamlit. Everything else is plain
Python over pandas frames, and can be used from a notebook or put behind another front end.
"""
