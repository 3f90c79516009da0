"""Lists out: whom they name, in which columns, for whom; and what was sent."""
