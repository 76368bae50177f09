"""Writes of the support desk: a ticket asked, answered, handed over, shared, ended; incidents; e-mails received."""
