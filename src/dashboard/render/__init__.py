"""Builds files and draws charts in child processes."""
