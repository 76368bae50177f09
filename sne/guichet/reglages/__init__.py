"""Dated parameters for who runs the service: read, proposed by one, put in force by another."""
