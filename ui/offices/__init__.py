"""The place "Settings", and the questions of a first start."""
