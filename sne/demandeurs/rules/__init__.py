"""Rules of the households' accounts: pure."""
