"""Outcomes in words and tables: figures, changes, breaks, and what each study says."""

from dashboard.outcome_words.figures import change, dated, figure, points, signed
from dashboard.outcome_words.sentences import (
    LEFT_OUT,
    broken,
    finding,
    left_out,
    line_sentence,
    list_notes,
    named_ends,
    other_findings,
    place_finding,
)
from dashboard.outcome_words.studies import Study, studies
from dashboard.outcome_words.tables import (
    break_table,
    changes_table,
    cut_sentences,
    every_figure,
    list_remarks,
)

__all__ = [
    "LEFT_OUT",
    "Study",
    "break_table",
    "broken",
    "change",
    "changes_table",
    "cut_sentences",
    "dated",
    "every_figure",
    "figure",
    "finding",
    "left_out",
    "line_sentence",
    "list_notes",
    "list_remarks",
    "named_ends",
    "other_findings",
    "place_finding",
    "points",
    "signed",
    "studies",
]
