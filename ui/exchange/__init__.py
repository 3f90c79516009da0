"""The place "Data": backups, the way back from one, the file itself."""
