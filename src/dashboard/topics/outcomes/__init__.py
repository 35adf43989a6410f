"""Outcomes: what happened next to the children there, against England."""
