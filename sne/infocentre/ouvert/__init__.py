"""Open data: one national file a year, in which nothing that concerns a few households can be deduced."""
