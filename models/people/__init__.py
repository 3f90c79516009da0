"""People: the worker and everything by which one is known (NIK, family card, name, phone)."""
