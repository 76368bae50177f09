"""Alerts to counters about their figures: the list, one of them, a new one."""
