"""Messages to households: e-mail, SMS, letter; prepared with an act, sent after it, every attempt kept."""
