"""Schemes on the screen: who is protected by what, at which rate, and what it costs."""
