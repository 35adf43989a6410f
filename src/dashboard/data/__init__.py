"""Loads the figures, checks them, and keeps the last that were good."""
