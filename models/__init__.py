"""What is true: people, schemes, coverage, papers, offices, and where they are kept.

Nothing here knows a screen or a sheet of paper. Today's date is always an argument.
"""

VERSION = "0.1.0"
"""Of the program; pyproject.toml says the same."""
