"""Papers: plain functions that take frozen data and give PDF bytes or write a PDF to a stream."""
