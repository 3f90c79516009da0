"""Lists in: from a file to people, looked at before anything is written."""
