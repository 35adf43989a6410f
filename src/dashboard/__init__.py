"""The opportunity areas dashboard.

Layers, imports going one way only:

    pages -> ui
    -> {commands, log, service}
    -> {brief, charts, exports, tables}
    -> headlines
    -> basis
    -> {finder, maps, outcome_words, selection}
    -> {changes, citations, figures, findings, outcomes, places}
    -> {measures, text}
    -> {apart, data, filters, glossary, outputs, palette}
    -> checks
    -> {faults, formulas}
    -> rows
    -> memory

Only ``app.py``, ``pages/`` and ``dashboard.ui`` import Streamlit. Everything else is plain
Python over pandas frames, and can be used from a notebook or put behind another front end.
"""
