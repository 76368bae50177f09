"""What is proposed for what is typed: found, chosen, kept with its source; never filled in by itself."""
