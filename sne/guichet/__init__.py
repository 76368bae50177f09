"""The counter: every screen of the professionals. It owns no table and decides nothing."""
