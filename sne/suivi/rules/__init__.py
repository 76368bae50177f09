"""Rules of the follow-up of counters: pure, without database, clock, request or network."""
