"""The search in the journal: who did what, where, on which demande and which field."""
