"""What the district acts upon: agreements, circulars, decrees, regulations, each with its date, validity and file."""
