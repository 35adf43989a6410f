"""Loads and validates the data, and keeps the last valid ones."""
