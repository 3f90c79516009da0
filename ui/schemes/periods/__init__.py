"""Periods that run out, and going on after them."""
