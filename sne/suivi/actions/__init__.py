"""Writes of the follow-up of counters: one act each, told to the journal."""
