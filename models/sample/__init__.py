"""A believable district to try the program on: invented people in the real nagari, marked as a sample throughout."""

from models.values.months import Month

USUAL_WORKERS = 20_000
"""With so many, the schemes have the sizes that the district published."""
MOST_WORKERS = 1_000_000
EARLIEST = Month(2022, 6)
"""No sample is of an earlier month, for the enrolments of the years before it would find no rates."""
