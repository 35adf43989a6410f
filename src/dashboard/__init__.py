"""The opportunity areas dashboard.

Layers, imports going one way only:

    pages -> ui
    -> {cli, web}
    -> addresses
    -> parameters
    -> {brief, exports, maps, search}
    -> topics
    -> charts
    -> citations
    -> exhibits
    -> {changelog, provenance}
    -> formatting
    -> data
    -> {render, filters, cli_output, page_lock, palette}
    -> formulas
    -> file_cache
    -> {archive, build_queue, cache, page_scripts, temporary}

Only ``app.py``, ``pages/`` and ``dashboard.ui`` import Streamlit. Everything else is plain
Python over pandas frames, and can be used from a notebook or put behind another front end.
"""
