"""Forms of files, states, lines: pure."""
