"""The plain values that records are made of: months, dates, rupiah, and their Indonesian written form."""
