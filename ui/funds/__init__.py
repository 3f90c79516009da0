"""Funds on the screen: what was promised, what came in, what is committed, what was paid, and what is left."""
