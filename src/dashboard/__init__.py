"""The opportunity areas dashboard.

Layers, imports going one way only:

    pages -> ui
    -> {commands, log, service}
    -> addresses
    -> parameters
    -> {brief, charts, exports, finder, tables}
    -> {headlines, names}
    -> {basis, postcodes}
    -> {maps, outcome_words, selection}
    -> {changes, citations, figures, findings, outcomes, places}
    -> {measures, text}
    -> {apart, data, filters, gazetteer, glossary, log_limit, outputs, page_lock, palette}
    -> {checks, typesetting}
    -> {faults, formulas}
    -> rows
    -> file_cache
    -> {build_queue, memory, temporary, translation}

Only ``app.py``, ``pages/`` and ``dashboard.ui`` import Streamlit. Everything else is plain
Python over pandas frames, and can be used from a notebook or put behind another front end.
"""
