"""Screens of awareness: the reminder beside a change of civil status, the situations, the coverage of counters."""
