"""Messages to households and to professionals: prepared with an act, sent after it, every attempt kept."""
