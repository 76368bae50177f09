"""Work lists at the counter: what waits, narrowed, page by page, or taken away in a file."""
