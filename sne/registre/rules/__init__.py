"""Rules of the register: pure, typed, without database, clock, request or network."""
