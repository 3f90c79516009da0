"""Schemes and their money: who is enrolled in what, for which months, at what contribution."""
