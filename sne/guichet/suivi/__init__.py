"""Follow-up of the changes of identity: what waits, files to look at, the funnel of the counters, down to the acts."""
