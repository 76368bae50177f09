"""What somebody waits for: the rows of work lists."""
