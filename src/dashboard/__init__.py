"""The opportunity areas dashboard.

Layers, imports going one way only:

    pages -> ui
    -> {cli, web}
    -> addresses
    -> parameters
    -> {brief, charts, exports, search, tables}
    -> headlines
    -> basis
    -> {maps, outcome_words, selection}
    -> {changelog, citations, findings, outcomes}
    -> {measures, formatting}
    -> data
    -> {render, filters, glossary, cli_output, page_lock, palette}
    -> formulas
    -> file_cache
    -> {build_queue, cache, temporary, translation}

Only ``app.py``, ``pages/`` and ``dashboard.ui`` import Streamlit. Everything else is plain
Python over pandas frames, and can be used from a notebook or put behind another front end.
"""
