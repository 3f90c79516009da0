"""Lists in and lists out: what stands in a spreadsheet, and what it says of workers."""
