"""Companies and establishments: is a number right, whose is it, is it closed? A help, never a block."""
