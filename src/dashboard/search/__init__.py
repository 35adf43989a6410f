"""Finds the areas that a name, a town or a postcode belongs to."""
