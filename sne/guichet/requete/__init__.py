"""Changes that households asked for online, on the screens of counters."""
