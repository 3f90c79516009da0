"""Enrolling many workers at once."""
