"""Follow-up of what counters do: activity by counter and month, recap, alerts to counters, monthly mailings."""
