"""Draws documents and pictures in a process of its own."""
