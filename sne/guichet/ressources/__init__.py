"""Monthly resources on the file: shown, asked for, explained, put in a file."""
