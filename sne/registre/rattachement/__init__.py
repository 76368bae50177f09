"""A person who is known for certain and the demande that is theirs: compared, linked, told, undone."""
