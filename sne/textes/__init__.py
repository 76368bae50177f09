"""Text that people write for others: rendered safe, compared, and the numbers in it recognised. No table."""
