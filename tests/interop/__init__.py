"""Partners’ own programs, unmodified, against our doors."""
