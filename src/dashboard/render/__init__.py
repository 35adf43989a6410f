"""Renders documents and charts in a child process."""
