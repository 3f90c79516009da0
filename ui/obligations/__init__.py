"""The obligation board: who is obliged to whom, how far each has come, who is behind a number."""
