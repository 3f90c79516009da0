"""What a paper says: the frozen data from which a letter or a summary is drawn."""
