"""The window and the command line: the same subjects as in models/, seen by a person."""
