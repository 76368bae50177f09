"""The demande itself: its tables, its writer, its lock, its states, its number, its dates."""
