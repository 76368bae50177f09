"""One digest a day at most, of what is new to each."""
