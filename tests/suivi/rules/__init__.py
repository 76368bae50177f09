"""Rules of the follow-up, without a database."""
