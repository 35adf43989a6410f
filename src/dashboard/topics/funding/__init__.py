"""Funding: what was announced for the whole programme, and what was found for areas."""
